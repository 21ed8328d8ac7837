"""From sheets to PDF. Slips and key sheets go straight to whoever asked; no copy of them stays anywhere."""

from collections.abc import Sequence
from pathlib import Path

from blueprints.ballots import after_sheets, announcing, ballot_sheets, desk_sheets, hall_sheets, reports, rules, sheets
from blueprints.ballots.models import CallBoard, PaperBox, Poll, Recount
from blueprints.papers import rules as papers
from core.access import Actor, Can
from core.printing.binding import bind
from core.printing.printer import pdf
from core.text import _, _l

SLIPS, BALLOTS = "slips", "ballots"
papers.kind(SLIPS, _l("票码条"), Can.POLLS_READ, unmarked=True)
papers.kind(BALLOTS, _l("纸质选票"), Can.POLLS_READ, unmarked=True)


def slips(actor: Actor, poll: Poll, reserve: int, again: bool = False) -> bytes:
    """Draws the codes and prints them, once; where printing fails, the codes are taken back."""
    codes = rules.draw_slips(actor, poll, reserve, again)
    try:
        printed = bind(pdf("ballots/print/slips.html", sheet) for sheet in sheets.slip_sheets(poll, codes))
        papers.count(actor, poll.place, poll, SLIPS, poll, sum(map(len, codes.values())))
        return printed
    except BaseException:
        rules.forget_slips(actor, poll)
        raise


def ballots(poll: Poll, draft: bool) -> bytes:
    """The paper ballot, one page a class, for the copier."""
    drawn = ballot_sheets.ballot_sheets(poll)
    return bind(pdf(f"ballots/print/{'election' if sheet.columns else 'ballot'}.html", sheet, draft=draft) for sheet in drawn)


def profiles(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    sheet, photos = sheets.profiles(poll)
    return pdf("ballots/print/profiles.html", sheet, draft=draft, code=code, images=photos)


def roll(poll: Poll) -> bytes:
    return bind(pdf("ballots/print/roll.html", sheet) for sheet in sheets.roll_sheets(poll))


def seal(actor: Actor, poll: Poll, holders: Sequence[str] = ()) -> list[bytes]:
    """封箱 and its key sheets, a PDF each; where printing fails the box is not sealed, since nobody would hold its key."""
    shares = rules.seal(actor, poll, holders)
    try:
        return [key_sheet(sheet) for sheet in sheets.key_sheets(poll, shares)]
    except BaseException:
        rules.redraft(actor, poll)
        raise


def key_sheet(sheet: sheets.KeySheet) -> bytes:
    """No archive format: its record of the content would be a second copy of the words."""
    return pdf("ballots/print/key.html", sheet, variant=None)


def key_sheets(poll: Poll, shares: tuple[str, ...], folder: Path) -> list[Path]:
    """One file a sheet, readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sheet in sheets.key_sheets(poll, shares):
        path = folder / _("密钥单-%(number)s.pdf", number=sheet.number)
        path.touch(mode=0o600)
        path.write_bytes(key_sheet(sheet))
        paths.append(path)
    return paths


def four_reports(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    """The report sheets; before the signature they are drafts."""
    return pdf("ballots/print/reports.html", reports.reports(poll), draft=draft or not reports.is_final(poll), code=code)


def record(poll: Poll) -> bytes:
    return pdf("ballots/print/record.html", sheets.record(poll))


def tallies(poll: Poll) -> bytes:
    """正字计票单 for calling the paper ballots aloud."""
    return bind(pdf("ballots/print/tally.html", sheet) for sheet in desk_sheets.blank_tallies(poll))


def called(board: CallBoard) -> bytes:
    """正字计票单 of one box, with the strokes of the board."""
    return pdf("ballots/print/tally.html", desk_sheets.called_tally(board))


def proxies(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    return pdf("ballots/print/proxies.html", hall_sheets.proxy_list(poll), draft=draft, code=code)


def moving(box: PaperBox) -> bytes:
    return pdf("ballots/print/moving.html", hall_sheets.trip(box))


def returns(poll: Poll) -> bytes:
    """废票、交回登记."""
    return pdf("ballots/print/returns.html", hall_sheets.returns(poll))


def announcement(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    """投票公告 in the official form."""
    return pdf("print/official.html", announcing.announcement(poll), draft=draft, code=code)


def rule_board(poll: Poll) -> bytes:
    """会场规则牌, A3, to hang at the door and in the booth."""
    return pdf("ballots/print/rule_board.html", hall_sheets.rule_board(poll))


def report_up(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    """The report to the superior organisation with the four sheets bound behind it."""
    draft = draft or not reports.is_final(poll)
    letter = pdf("print/official.html", announcing.report_up(poll), draft=draft, code=code)
    return bind([letter, four_reports(poll, draft=draft)])


def recount(row: Recount) -> bytes:
    return pdf("ballots/print/recount.html", after_sheets.recount(row))


def destruction(poll: Poll) -> bytes:
    return pdf("ballots/print/destruction.html", after_sheets.destruction(poll))


def notice(poll: Poll, code: str | None = None, draft: bool = False) -> bytes:
    """The notice of the result in the official form."""
    return pdf("print/official.html", reports.notice(poll), draft=draft or not reports.is_final(poll), code=code)
