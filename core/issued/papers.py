"""The register of issued papers: what left the office, once per version, with a code anybody can check.

An area declares its kinds (core.issued.kinds) and gives one function ``draw(**marks)`` for a paper: ``shown`` calls it with
``draft=True`` where nothing was issued yet, ``issue`` with ``code=…``. A paper without versions of its own passes
``version=None``: it is issued anew whenever it would read otherwise than the copy issued last.
"""

import hashlib
import io
from collections.abc import Callable

import pikepdf
from peewee import Case, fn

from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import Record, writing
from core.files import drop, store
from core.issued.codes import new_code
from core.issued.kinds import KINDS
from core.records.papers import IssuedPaper, PaperState, PrintRun
from core.records.places import Place

Draw = Callable[..., bytes]


def _of(subject: Record, kind: str) -> object:
    return (
        (IssuedPaper.subject_kind == subject._meta.table_name)
        & (IssuedPaper.subject_id == subject.id)
        & (IssuedPaper.kind == kind)
    )


def issued(subject: Record, kind: str, version: int | None = 1) -> IssuedPaper | None:
    """The register's entry for this version of a record, if it was ever printed for issue; None: for the newest."""
    mine = IssuedPaper.select().where(_of(subject, kind))
    if version is None:
        return mine.order_by(IssuedPaper.version.desc()).first()
    return mine.where(IssuedPaper.version == version).first()


def copy(subject: Record, kind: str, version: int = 1) -> bytes | None:
    """The paper as it was issued, byte for byte; None where it never was, or where its words had to be forgotten."""
    paper = issued(subject, kind, version)
    return bytes(paper.content.content) if paper is not None and paper.content_id else None


def shown(subject: Record, kind: str, draw: Draw, version: int | None = 1) -> bytes:
    """What a GET answers: the copy that was issued, else the paper as it reads now, marked as a draft."""
    paper = issued(subject, kind, version)
    if paper is not None and paper.content_id and (version is not None or _reads(draw, paper)):
        return bytes(paper.content.content)
    return draw(draft=True)


def _reads(draw: Draw, paper: IssuedPaper) -> bool:
    """Whether the paper drawn now would be the very one that was issued: equal sheets give equal bytes."""
    return hashlib.sha256(draw(code=paper.code)).hexdigest() == paper.digest


def issue(
    actor: Actor, place: Place, subject: Record, kind: str, title: object, draw: Draw,
    version: int | None = 1, number: str = "",
) -> IssuedPaper:  # fmt: skip
    """签发: drawn with a new check code and entered in the register; a version issued before is not drawn again."""
    before = issued(subject, kind, version)
    if before is not None and (version is not None or _reads(draw, before)):
        return before
    code = new_code()
    return enter(actor, place, subject, kind, title, code, draw(code=code), version, number)


def enter(
    actor: Actor, place: Place, subject: Record, kind: str, title: object, code: str, content: bytes,
    version: int | None = 1, number: str = "", sheet: dict | None = None,
) -> IssuedPaper:  # fmt: skip
    """Enter a paper in the register; a reprint of the same version answers the first entry, so copies are equal.

    ``version=None``: the next one. ``sheet`` given: only the digest and the sheet are kept (posters), not the bytes.
    Raises KeyError for a kind that no area declared.
    """
    _declared(kind)
    with writing():
        before = issued(subject, kind, version) if version is not None else None
        if before is not None:
            return before
        paper = IssuedPaper.create(
            place=place, kind=kind, title=str(title)[:200], subject_kind=subject._meta.table_name, subject_id=subject.id,
            version=version or _next(subject, kind), number=number, code=code, digest=hashlib.sha256(content).hexdigest(),
            pages=1 if sheet is not None else pages(content), sheet=sheet,
            content=None if sheet is not None else store(content, "application/pdf"), issued_at=clock.now(),
            issued_by=actor.account_id,
        )  # fmt: skip
        _replace_older(paper, subject)
        record(actor, Act.PAPER_ISSUED, paper, place, kind=kind, number=number, code=code, digest=paper.digest)
    return paper


def _declared(kind: str, unmarked: bool = False) -> None:
    """A kind nobody declared could be seen by everybody or by nobody, so it stops here."""
    if KINDS[kind].unmarked != unmarked:
        raise ValueError(f"papers of the kind {kind} are {'counted' if KINDS[kind].unmarked else 'entered'}")


def _next(subject: Record, kind: str) -> int:
    return (IssuedPaper.select(fn.MAX(IssuedPaper.version)).where(_of(subject, kind)).scalar() or 0) + 1


def _replace_older(paper: IssuedPaper, subject: Record) -> None:
    """Earlier versions say from now on which paper took their place; one that was corrected goes on saying so."""
    if KINDS[paper.kind].dated and not paper.number:
        return
    older = _of(subject, paper.kind) & (IssuedPaper.id != paper.id) & IssuedPaper.replaced_by.is_null(True)
    older = older & (IssuedPaper.number == paper.number) if KINDS[paper.kind].dated else older
    state = Case(None, [(IssuedPaper.state == PaperState.CURRENT, PaperState.REPLACED)], IssuedPaper.state)
    IssuedPaper.update(state=state, replaced_by=paper).where(older & (IssuedPaper.state != PaperState.WITHDRAWN)).execute()


def pages(content: bytes) -> int:
    """How many pages a PDF has; 1 where the bytes are none."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return 1


def withdraw(
    actor: Actor, subject: Record, kind: str, place: Place, state: PaperState = PaperState.WITHDRAWN
) -> None:
    """All copies of a record's paper no longer hold; the check page says from now on why: withdrawn or corrected."""
    with writing():
        IssuedPaper.update(state=state).where(_of(subject, kind)).execute()
        record(actor, Act.PAPER_REPLACED, subject, place, kind=kind)


def count(actor: Actor, place: Place, subject: Record, kind: str, title: object, sheets: int) -> None:
    """How many ballots or slips were printed: they bear no mark, so nothing else of them is kept.

    Told again, the figure is corrected: the register holds one for each record and kind.
    """
    _declared(kind, unmarked=True)
    mine = {"subject_kind": subject._meta.table_name, "subject_id": subject.id, "kind": kind}
    now = {"title": str(title)[:200], "sheets": sheets, "printed_on": clock.today(), "printed_by": actor.account_id}
    with writing():
        if not sheets:
            PrintRun.delete().where(*[getattr(PrintRun, name) == value for name, value in mine.items()]).execute()
            return
        PrintRun.insert(place=place, **mine, **now).on_conflict(
            conflict_target=list(mine), update={getattr(PrintRun, name): value for name, value in now.items()}
        ).execute()
        record(actor, Act.PAPER_COUNTED, subject, place, kind=kind, sheets=sheets)


def forget(subject: Record, *kinds: str) -> None:
    """Throw away the bytes of a record's papers (of some ``kinds`` or of all), whose words must go; the register keeps
    number, code and digest."""
    mine = (IssuedPaper.subject_kind == subject._meta.table_name) & (IssuedPaper.subject_id == subject.id)
    mine = mine & IssuedPaper.kind.in_(kinds) if kinds else mine
    held = [paper.content_id for paper in IssuedPaper.select().where(mine & IssuedPaper.content.is_null(False))]
    IssuedPaper.update(content=None).where(mine).execute()
    for digest in held:
        drop(digest)
