"""What residents may read is proposed so that nobody's door is pointed at."""

import pytest

from blueprints.meetings import masking
from tests import make


@pytest.fixture
def mask(community):
    make.person(community, "欧阳建国")
    return masking.mask(community, ["沈国庆、周秀英", "陆静怡（书记）"])


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("先行改造3幢、5幢有独居老人的7个楼道。", "先行改造部分楼栋的7个楼道。"),
        ("走访3幢2单元501室独居老人张桂英同志。", "走访部分楼栋某住户需要关照的居民张某某同志。"),
        ("由沈国庆、欧阳建国牵头，书记协助。", "由沈某某、欧阳某某牵头，书记协助。"),
        ("1幢至5幢实施照明改造。", "1幢至5幢实施照明改造。"),
        ("关心独居老人。", "关心独居老人。"),
        ("检查配电房和监控室钥匙，联系15474267142。", "检查有关场所和有关场所钥匙，联系（号码略）。"),
        ("为低保户和残疾人家庭减免，8号楼优先。", "为需要关照的居民和需要关照的居民家庭减免，部分楼栋优先。"),
        ("三幢二单元的特困家庭优先", "部分楼栋的需要关照的居民家庭优先"),
        ("请李建华师傅维修", "请李某某师傅维修"),
    ],
)
def test_persons_households_and_places(mask, text, public):
    assert mask.proposal(text) == public


def test_a_post_is_no_person(mask):
    assert "书记" not in mask.names
