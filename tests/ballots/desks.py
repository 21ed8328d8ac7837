"""A whole meeting on the count desk: slips and paper, a moving box, audit, spoiled and surrendered ballots."""

from dataclasses import replace

from blueprints.ballots.ballot import Kind
from blueprints.ballots.figures import Desk, Figures, PaperBox
from blueprints.ballots.tally import Count, Row

NAMES = ("王秋实", "方可", "任远")


def full_meeting(**changes) -> Desk:
    """120 on the roll, 2 left out; 100 present, 5 registered for the moving box; an election of 2 out of 3."""
    figures = Figures(
        roll=120,
        excluded=2,
        entitled=118,
        present=100,
        mobile=5,
        proxies=0,
        ticked_slip=80,
        ticked_paper=23,
        slips_printed=130,
        slips_left=29,
        slips_drawn=81,
        audit_drawn=20,
        cast=76,
        audit_cast=19,
        audit_agreed=19,
        surrendered=2,
        spoiled=1,
        replaced=1,
        never_cast=32,
        paper_printed=60,
        paper_left=34,
        paper_issued=26,
        paper_spoiled=1,
        paper_replaced=1,
        issued=103,
        recovered=99,
        valid=96,
        void=3,
        bodies=95,
        stubs=95,
        used_slips=95,
    )
    slips = Count(75, 1, (Row((60, 10, 5)), Row((40, 30, 5)), Row((30, 40, 5))), {"李四": 10})
    hall = PaperBox(
        "现场票箱", Count(17, 2, (Row((10, 5, 1), void=1), Row((9, 8, 0)), Row((8, 7, 2))), {"李四": 2}), 19
    )
    moving = PaperBox("流动票箱", Count(4, 0, (Row((2, 1, 1)), Row((1, 2, 1)), Row((1, 2, 1)))), 4, issued=5)
    desk = Desk(
        kind=Kind.ELECTION,
        figures=figures,
        slips=slips,
        boxes=(hall, moving),
        candidates=NAMES,
        seats=2,
        lines=1,
        quorum=(4, 5),
    )
    return replace(desk, **changes)


def with_figures(desk: Desk, **changes) -> Desk:
    return replace(desk, figures=replace(desk.figures, **changes))


def appraisal() -> Desk:
    """The same meeting grades two people on two items."""
    rows = {75: (70, 3, 1, 0), 17: (15, 1, 0, 0), 4: (4, 0, 0, 0)}

    def count(valid: int, void: int) -> Count:
        counts = rows[valid]
        return Count(valid, void, (Row(counts, unmarked=valid - sum(counts)),) * 4)

    meeting = full_meeting()
    boxes = tuple(replace(box, count=count(box.count.valid, box.count.void)) for box in meeting.boxes)
    return replace(
        meeting, kind=Kind.APPRAISAL, slips=count(75, 1), boxes=boxes, candidates=NAMES[:2], quorum=None, seats=0
    )


def recommendation() -> Desk:
    meeting = full_meeting()
    written = ({"张三": 70, "李四": 75}, {"张三": 10}, {"李四": 4})
    bare = [
        Count(count.valid, count.void, (), names) for (_, count), names in zip(meeting.counts, written, strict=True)
    ]
    boxes = tuple(replace(box, count=count) for box, count in zip(meeting.boxes, bare[1:], strict=True))
    return replace(
        meeting, kind=Kind.RECOMMENDATION, slips=bare[0], boxes=boxes, candidates=(), quorum=None, seats=0, lines=2
    )


def trust() -> Desk:
    meeting = full_meeting()
    plain = [replace(count, written={}) for _, count in meeting.counts]
    boxes = tuple(replace(box, count=count) for box, count in zip(meeting.boxes, plain[1:], strict=True))
    return replace(meeting, kind=Kind.TRUST, slips=plain[0], boxes=boxes, seats=0, lines=0, quorum=None)
