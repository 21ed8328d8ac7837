"""The papers of a notice: issued once per edition into the register, else a copy marked as a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from blueprints.notices import queries, rules, sheets, strips
from blueprints.notices.models import TAKEN_DOWN, Notice, NoticeState
from blueprints.notices.rules import paper_subject
from blueprints.notices.wording import flat
from blueprints.papers import rules as papers
from core.access import Actor, Can
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.refusal import Refused
from core.text import _, _l, in_chinese

A3_FROM_A4 = 2**0.5
SIZES = {"A4": _l("A4"), "A3": _l("A3 大张"), "strip": _l("楼道条")}


class NotYetToBeIssued(Refused):
    sentence = _l("现在还不能签发这份纸质件：公示要先发布，结果要先登记，撤回公告要先撤回，张贴证明要先有张贴记录。")
    status = 409


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its entry in the register, template, sheet, name, which edition of it is wanted now, and whether
    it may be issued; ``own``: it belongs to one edition, the others follow the notice through its editions."""

    kind: str
    template: str
    sheet: Callable[[Notice], object]
    name: object
    ready: Callable[[Notice], bool]
    own: bool = False

    def subject(self, notice: Notice) -> Notice:
        return notice if self.own else paper_subject(notice)

    def version(self, notice: Notice) -> int | None:
        """A certificate is issued anew when a sheet was hung or taken down, the others once per edition."""
        return None if self.own else notice.edition


def _is_out(notice: Notice) -> bool:
    return notice.state in (NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED)


TEMPLATE = "notices/print/notice.html"
PAPERS = {
    "notice": Paper("notice", TEMPLATE, sheets.notice, _l("公示"), _is_out),
    "result": Paper(
        "notice-result", TEMPLATE, sheets.result, _l("公示结果"), lambda notice: notice.concluded_on is not None
    ),
    "withdrawal": Paper(
        "notice-withdrawal", TEMPLATE, sheets.withdrawal, _l("撤回公告"),
        lambda notice: notice.state is NoticeState.WITHDRAWN,
    ),
    "posting": Paper(
        "notice-posting", "notices/print/posting.html", sheets.certificate, _l("张贴证明"),
        lambda notice: notice.postings.exists(), own=True,
    ),
}  # fmt: skip


def _edition(paper: IssuedPaper) -> int | None:
    """The edition a paper of the register is about; a certificate has versions of its own."""
    if paper.kind == PAPERS["posting"].kind:
        return paper.subject_id
    one_of = (Notice.id == paper.subject_id) | (Notice.first == paper.subject_id)
    return Notice.select(Notice.id).where(one_of & (Notice.edition == paper.version)).scalar()


def _page(paper: IssuedPaper) -> str:
    """Its page for residents, while they may read it."""
    shown = queries.public(paper.place).where(Notice.id == _edition(paper)).first()
    return f"/notices/{shown.id}" if shown else ""


def _told(paper: IssuedPaper) -> str:
    """Its title; of who is helped none is told any more once the notice was taken down."""
    notice = Notice.get_or_none(Notice.id == _edition(paper))
    gone = notice is not None and notice.kind in TAKEN_DOWN and not _page(paper)
    return _("%(kind)s（公示期已过，不再显示标题）", kind=notice.kind.title) if gone else paper.title


def _desk(paper: IssuedPaper) -> str:
    return f"/office/notices/{_edition(paper)}"


for _paper in PAPERS.values():
    papers.kind(_paper.kind, _paper.name, Can.NOTICES_READ, desk=_desk, told=_told, **({} if _paper.own else {"page": _page}))


def issued(notice: Notice, name: str) -> IssuedPaper | None:
    """The register's entry of this paper as it stands now."""
    paper = PAPERS[name]
    return papers.issued(paper.subject(notice), paper.kind, paper.version(notice))


def content(notice: Notice, name: str, size: str = "A4", draw: Callable[..., bytes] = pdf, doors: bool = False) -> bytes:
    """The copy that was issued; before that, or in another size, drawn anew, and marked unless it was issued.

    ``doors``: of strips one for each stairwell, with its name, in walking order.
    """
    paper = PAPERS[name]
    if size == "A4":
        return papers.shown(paper.subject(notice), paper.kind, _drawing(notice, name, draw), paper.version(notice))
    entry = issued(notice, name)
    marks = {"code": entry.code} if entry else {"draft": True}
    if size == "strip" and name == "notice":
        return draw(strips.TEMPLATE, strips.sheet(notice, doors), **marks)
    return _drawing(notice, name, draw)(**marks, scale=A3_FROM_A4)


@in_chinese()
def _drawing(notice: Notice, name: str, draw: Callable[..., bytes] = pdf) -> Callable[..., bytes]:
    images = sheets.photos(notice) if name == "posting" else {}
    return partial(draw, PAPERS[name].template, PAPERS[name].sheet(notice), **({"images": images} if images else {}))


def publish(actor: Actor, notice: Notice, version: int | None = None) -> tuple[Notice, str]:
    """Publish and issue the paper at once; answers why it was not printed, "" where it was.

    A printer that fails does not take the publication back.
    """
    published = rules.publish(actor, notice, version)
    try:
        issue(actor, published, "notice")
    except Refused as refusal:
        return published, str(refusal)
    return published, ""


@in_chinese()
def issue(actor: Actor, notice: Notice, name: str) -> IssuedPaper:
    """签发: printed with its check code and entered in the register; the same edition is issued once."""
    paper = PAPERS[name]
    if not paper.ready(notice):
        raise NotYetToBeIssued()
    return papers.issue(
        actor, notice.place, paper.subject(notice), paper.kind, file_name(notice, name), _drawing(notice, name),
        paper.version(notice), notice.number,
    )  # fmt: skip


def file_name(notice: Notice, name: str, size: str = "A4") -> str:
    """How the file is called when somebody keeps it."""
    title = flat(notice.title)[:60]
    parts = [title, *([str(PAPERS[name].name)] if name != "notice" else []), *([str(SIZES[size])] if size != "A4" else [])]
    return "-".join(parts)
