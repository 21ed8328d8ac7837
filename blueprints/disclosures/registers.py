"""The catalogue of three-affairs disclosure (三务公开目录) as a register."""

from blueprints.disclosures.models import DisclosureItem, Frequency
from blueprints.notices.models import Affair, NoticeKind
from core import clock
from core.access import Can
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind
from core.text import _l

CATALOGUE = Register(
    key="disclosure-items", model=DisclosureItem, title=_l("三务公开目录"), entry=_l("公开事项"), nav="disclosures", name="title",
    read=Can.NOTICES_READ, edit=Can.NOTICES_WRITE, filters=("affair", "frequency"), span=("since", "until"),
    order=(DisclosureItem.affair, DisclosureItem.id),
    note=_l("要公开哪些事、依据什么、多久一次、谁负责；到期没公开的会进今日要办。"),
    lines=(
        Line("affair", _l("归类"), ("类别", "三务"), Kind.CHOICE, required=True, choices=Affair, width=16),
        Line("title", _l("事项"), ("公开事项", "公开内容"), required=True, longest=120, width=60),
        Line("basis", _l("依据"), ("公开依据",), longest=200, width=48),
        Line("frequency", _l("频次"), ("公开频次", "公开时间"), Kind.CHOICE, required=True, choices=Frequency, width=20),
        Line("within_days", _l("期后几天内公开"), ("期限", "天数"), Kind.INTEGER, required=True, width=20, preset=lambda: 15),
        Line("responsible", _l("责任人"), ("责任岗位",), longest=80, width=24, hint=_l("写岗位，人换了也不用改")),
        Line("kind", _l("用哪种公示"), ("公示种类",), Kind.CHOICE, required=True, choices=NoticeKind, width=24,
             preset=lambda: NoticeKind.AFFAIRS),
        Line("since", _l("从哪天起"), ("起始日期",), Kind.DAY, required=True, width=26, preset=clock.today),
        Line("until", _l("到哪天止"), ("停止日期",), Kind.DAY, width=26),
    ),
)  # fmt: skip
ALL = (CATALOGUE,)
