"""The register of issued papers: what left the office, once per version, with a code anybody can check."""

import hashlib
import secrets
from collections.abc import Callable

from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import Record, writing
from core.files import drop, store
from core.records.papers import IssuedPaper, PaperState
from core.records.places import Place

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U


def new_code() -> str:
    """A short check code for print, 50 random bits, e.g. 7K3PX-9QT2M."""
    letters = [secrets.choice(ALPHABET) for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


def issued(subject: Record, kind: str, version: int = 1) -> IssuedPaper | None:
    """The register's entry for this version of a record, if it was ever printed for issue."""
    return IssuedPaper.get_or_none(
        (IssuedPaper.subject_kind == subject._meta.table_name)
        & (IssuedPaper.subject_id == subject.id)
        & (IssuedPaper.kind == kind)
        & (IssuedPaper.version == version)
    )


def copy(subject: Record, kind: str, version: int = 1) -> bytes | None:
    """The paper as it was issued, byte for byte; None where it never was, or where its words had to be forgotten."""
    paper = issued(subject, kind, version)
    return bytes(paper.content.content) if paper is not None and paper.content_id else None


def issue(
    actor: Actor, place: Place, subject: Record, kind: str, title: str, draw: Callable[[str], bytes],
    version: int = 1, number: str = "",
) -> IssuedPaper:  # fmt: skip
    """签发: drawn with a new check code and entered in the register; a version issued before is not drawn again."""
    before = issued(subject, kind, version)
    if before is not None:
        return before
    code = new_code()
    return enter(actor, place, subject, kind, title, code, draw(code), version, number)


def enter(
    actor: Actor, place: Place, subject: Record, kind: str, title: object, code: str, content: bytes,
    version: int = 1, number: str = "", sheet: dict | None = None,
) -> IssuedPaper:  # fmt: skip
    """Enter a paper in the register; a reprint of the same version answers the first entry, so copies are equal.

    ``sheet`` given: only the digest and the sheet are kept (posters), not the bytes.
    """
    with writing():
        before = issued(subject, kind, version)
        if before is not None:
            return before
        paper = IssuedPaper.create(
            place=place, kind=kind, title=str(title), subject_kind=subject._meta.table_name, subject_id=subject.id,
            version=version, number=number, code=code, digest=hashlib.sha256(content).hexdigest(), sheet=sheet,
            content=None if sheet is not None else store(content, "application/pdf"), issued_at=clock.now(),
            issued_by=actor.account_id,
        )  # fmt: skip
        _replace_older(paper)
        record(actor, Act.PAPER_ISSUED, paper, place, kind=kind, number=number, code=code, digest=paper.digest)
    return paper


def _replace_older(paper: IssuedPaper) -> None:
    same = (
        (IssuedPaper.subject_kind == paper.subject_kind)
        & (IssuedPaper.subject_id == paper.subject_id)
        & (IssuedPaper.kind == paper.kind)
        & (IssuedPaper.id != paper.id)
        & (IssuedPaper.state != PaperState.WITHDRAWN)
        & IssuedPaper.replaced_by.is_null(True)
    )
    IssuedPaper.update(state=PaperState.CORRECTED, replaced_by=paper).where(same).execute()


def withdraw(
    actor: Actor, subject: Record, kind: str, place: Place, state: PaperState = PaperState.WITHDRAWN
) -> None:
    """All copies of a record's paper no longer hold; the check page says from now on why: withdrawn or corrected."""
    with writing():
        IssuedPaper.update(state=state).where(
            (IssuedPaper.subject_kind == subject._meta.table_name)
            & (IssuedPaper.subject_id == subject.id)
            & (IssuedPaper.kind == kind)
        ).execute()
        record(actor, Act.PAPER_REPLACED, subject, place, kind=kind)


def forget(subject: Record) -> None:
    """Throw away the bytes of a record's papers, whose words must go; the register keeps number, code and digest."""
    mine = (IssuedPaper.subject_kind == subject._meta.table_name) & (IssuedPaper.subject_id == subject.id)
    held = [paper.content_id for paper in IssuedPaper.select().where(mine & IssuedPaper.content.is_null(False))]
    IssuedPaper.update(content=None).where(mine).execute()
    for digest in held:
        drop(digest)
