"""The fourteen lines that have to balance before anybody may sign, for each class of ballot.

A line that does not balance is a counting error and blocks the signature. Two findings are no error but an outcome:
too few present, and more ballots recovered than given out. Then the sheets can be signed only as 无效.
"""

from collections.abc import Callable, Sequence

from .ballot import Kind
from .figures import Desk, Mismatch, Reconciliation
from .outcome import quorum_met
from .refusals import N_
from .tally import Count, Row

ELECTING = (Kind.ELECTION, Kind.PRESELECTION)

Lines = list[Mismatch]


def _same(equation: int, stated: int, derived: int, sentence: str, /, **values: object) -> Lines:
    """What was stated has to be what follows from the other figures."""
    return [] if stated == derived else [Mismatch(equation, sentence, values, stated - derived)]


def _at_most(equation: int, number: int, most: int, sentence: str, /, **values: object) -> Lines:
    return [] if number <= most else [Mismatch(equation, sentence, values, number - most)]


def attendance(desk: Desk) -> Lines:
    f = desk.figures
    excluded = N_("应到 %(entitled)s，应为名册 %(roll)s 减去不计入 %(excluded)s。")
    values = {"entitled": f.entitled, "roll": f.roll, "excluded": f.excluded}
    too_many = N_("实到 %(present)s 多于应到 %(entitled)s。")
    return _same(1, f.entitled, f.roll - f.excluded, excluded, **values) + _at_most(
        1, f.present, f.entitled, too_many, present=f.present, entitled=f.entitled
    )


def ticks(desk: Desk) -> Lines:
    f = desk.figures
    taken, there = f.ticked_slip + f.ticked_paper, f.present + f.mobile + f.proxies
    return _at_most(2, taken, there, N_("领票 %(taken)s 人次多于实到、流动和委托共 %(there)s。"), taken=taken, there=there)


def slips_handed_out(desk: Desk) -> Lines:
    f = desk.figures
    sentence = N_("票码条印制 %(printed)s，应为剩余 %(left)s、领取 %(drawn)s 与抽查 %(audit)s 之和。")
    values = {"printed": f.slips_printed, "left": f.slips_left, "drawn": f.slips_drawn, "audit": f.audit_drawn}
    return _same(3, f.slips_printed, f.slips_left + f.slips_drawn + f.audit_drawn, sentence, **values)


def slips_drawn(desk: Desk) -> Lines:
    f = desk.figures
    drawn = N_("领取票码条 %(drawn)s，应为领码票 %(ticked)s 与换发 %(replaced)s 之和。")
    replaced = N_("换发 %(replaced)s 多于作废的票码条 %(spoiled)s。")
    values = {"drawn": f.slips_drawn, "ticked": f.ticked_slip, "replaced": f.replaced}
    return _same(4, f.slips_drawn, f.ticked_slip + f.replaced, drawn, **values) + _at_most(
        4, f.replaced, f.spoiled, replaced, replaced=f.replaced, spoiled=f.spoiled
    )


def slip_states(desk: Desk) -> Lines:
    f = desk.figures
    total = f.cast + f.audit_cast + f.surrendered + f.spoiled + f.never_cast
    sentence = N_("票码条印制 %(printed)s，各状态合计 %(total)s。")
    return _same(5, f.slips_printed, total, sentence, printed=f.slips_printed, total=total)


def slips_outstanding(desk: Desk) -> Lines:
    f = desk.figures
    never = f.slips_left + f.outstanding + f.audit_drawn - f.audit_cast
    more = N_("已投、换领和作废的票码条比领取的多 %(more)s。")
    unused = N_("未投票码条 %(stated)s，按剩余和领取推算应为 %(derived)s。")
    audit = N_("抽查票投了 %(cast)s 张，多于抽取的 %(drawn)s 张。")
    return (
        _at_most(6, -f.outstanding, 0, more, more=-f.outstanding)
        + _same(6, f.never_cast, never, unused, stated=f.never_cast, derived=never)
        + _at_most(6, f.audit_cast, f.audit_drawn, audit, cast=f.audit_cast, drawn=f.audit_drawn)
    )


def paper(desk: Desk) -> Lines:
    f = desk.figures
    printed = N_("纸票印制 %(printed)s，应为剩余 %(left)s 与发出 %(issued)s 之和。")
    issued = N_("纸票发出 %(issued)s，应为领纸票 %(ticked)s、票码条换领 %(surrendered)s 与换发 %(replaced)s 之和。")
    replaced = N_("换发纸票 %(replaced)s 多于作废纸票 %(spoiled)s。")
    values = {"ticked": f.ticked_paper, "surrendered": f.surrendered, "replaced": f.paper_replaced}
    both = f.paper_left + f.paper_issued
    return (
        _same(7, f.paper_printed, both, printed, printed=f.paper_printed, left=f.paper_left, issued=f.paper_issued)
        + _same(7, f.paper_issued, sum(values.values()), issued, issued=f.paper_issued, **values)
        + _at_most(7, f.paper_replaced, f.paper_spoiled, replaced, replaced=f.paper_replaced, spoiled=f.paper_spoiled)
    )


def given_out(desk: Desk) -> Lines:
    f = desk.figures
    derived = f.slips_drawn - f.spoiled - f.surrendered + f.paper_issued - f.paper_spoiled
    sentence = N_("发出 %(stated)s，按票码条和纸票推算应为 %(derived)s。")
    return _same(8, f.issued, derived, sentence, stated=f.issued, derived=derived)


def recovered(desk: Desk) -> Lines:
    """More recovered than given out altogether is an outcome, and then says so instead of this line."""
    f = desk.figures
    out = f.paper_issued - f.paper_spoiled
    found = _same(
        9, f.recovered, f.cast + desk.in_boxes, N_("收回 %(stated)s，应为投码票 %(cast)s 与各箱 %(boxes)s 之和。"),
        stated=f.recovered, cast=f.cast, boxes=desk.in_boxes,
    )  # fmt: skip
    if f.recovered <= f.issued:
        sentence = N_("各箱纸票 %(boxes)s 多于发出的纸票 %(issued)s。")
        found += _at_most(9, desk.in_boxes, out, sentence, boxes=desk.in_boxes, issued=out)
    for box in desk.boxes:
        sentence = N_("%(box)s收回 %(recovered)s 张，多于带出的 %(issued)s 张。")
        values = {"box": box.name, "recovered": box.recovered, "issued": box.issued}
        found += _at_most(9, box.recovered, box.recovered if box.issued is None else box.issued, sentence, **values)
    return found


def opened(desk: Desk) -> Lines:
    f = desk.figures
    cast = f.cast + f.audit_cast
    sentence = N_("开箱票数 %(bodies)s、凭据数 %(stubs)s，都应等于已投票码条 %(cast)s。")
    values = {"bodies": f.bodies, "stubs": f.stubs, "cast": cast}
    found = _same(10, f.stubs if f.bodies == cast else f.bodies, cast, sentence, **values)
    if f.used_slips is not None:
        more = N_("回收箱里用过的票码条 %(slips)s 多于已投 %(cast)s。")
        found += _at_most(10, f.used_slips, cast, more, slips=f.used_slips, cast=cast)
    return found


def valid_and_void(desk: Desk) -> Lines:
    f = desk.figures
    sentence = N_("%(box)s收回 %(recovered)s，应为有效 %(valid)s 与废票 %(void)s 之和。")
    found = []
    for name, stated, count in [("票码", f.cast, desk.slips)] + [(b.name, b.recovered, b.count) for b in desk.boxes]:
        values = {"box": name, "recovered": stated, "valid": count.valid, "void": count.void}
        found += _same(11, stated, count.valid + count.void, sentence, **values)
    valid, void = sum(c.valid for _, c in desk.counts), sum(c.void for _, c in desk.counts)
    whole = N_(
        "收回 %(recovered)s，有效 %(valid)s，废票 %(void)s：与各箱合计有效 %(sum_valid)s、废票 %(sum_void)s 不符。"
    )
    values = {"recovered": f.recovered, "valid": f.valid, "void": f.void, "sum_valid": valid, "sum_void": void}
    wrong = next((pair for pair in ((f.recovered, f.valid + f.void), (f.valid, valid), (f.void, void)) if pair[0] != pair[1]), (0, 0))
    return found + _same(11, *wrong, whole, **values)


def every_row(desk: Desk) -> Lines:
    """Elections: the four figures of every candidate make up the valid ballots of the box."""
    return _rows(desk, 12) if desk.kind in ELECTING else []


def chosen(desk: Desk) -> Lines:
    return [line for name, count in desk.counts for line in _chosen(desk, name, count)] if desk.kind in ELECTING else []


def _chosen(desk: Desk, box: str, count: Count) -> Lines:
    yes, against = (sum(row.counts[option] for row in count.rows) for option in (0, 1))
    others, seats = sum(count.written.values()), desk.seats * count.valid
    too_many = N_("%(box)s另选他人共 %(others)s，多于不赞成 %(against)s。")
    over = N_("%(box)s赞成与另选共 %(chosen)s，多于应选名额与有效票之积 %(most)s。")
    found = _at_most(13, others, against, too_many, box=box, others=others, against=against)
    found += _at_most(13, yes + others, seats, over, box=box, chosen=yes + others, most=seats)
    for name, number in count.written.items():
        more = N_("%(box)s另选“%(name)s”%(number)s 票，多于有效票 %(valid)s。")
        again = N_("%(box)s另选“%(name)s”本是候选人，应计在其名下。")
        found += _at_most(13, number, count.valid, more, box=box, name=name, number=number, valid=count.valid)
        found += _at_most(13, number if name in desk.candidates else 0, 0, again, box=box, name=name)
    return found


def every_item(desk: Desk) -> Lines:
    """Appraisals, resolutions and trust votes row by row; recommendations by their lines."""
    found = [] if desk.kind in ELECTING else _rows(desk, 14)
    if desk.kind is Kind.RECOMMENDATION:
        sentence = N_("%(box)s推荐人次 %(names)s，多于每票 %(lines)s 行与有效票 %(valid)s 之积。")
        for box, count in desk.counts:
            names, most = sum(count.written.values()), desk.lines * count.valid
            values = {"box": box, "names": names, "lines": desk.lines, "valid": count.valid}
            found += _at_most(14, names, most, sentence, **values)
    return found


def _rows(desk: Desk, equation: int) -> Lines:
    sentence = N_("%(box)s“%(name)s”各栏合计 %(total)s，应等于有效票 %(valid)s。")
    found = []
    for box, count in desk.counts:
        for number, row in enumerate(count.rows):
            values = {"box": box, "name": _name(desk, number, count.rows), "total": row.total, "valid": count.valid}
            found += _same(equation, row.total, count.valid, sentence, **values)
    return found


def _name(desk: Desk, number: int, rows: Sequence[Row]) -> str:
    """Items of one candidate follow one another."""
    items = len(rows) // len(desk.candidates) if desk.candidates else 1
    name = desk.candidates[number // items] if desk.candidates else str(number + 1)
    return f"{name}（{number % items + 1}）" if items > 1 else name


EQUATIONS: tuple[Callable[[Desk], Lines], ...] = (
    attendance,
    ticks,
    slips_handed_out,
    slips_drawn,
    slip_states,
    slips_outstanding,
    paper,
    given_out,
    recovered,
    opened,
    valid_and_void,
    every_row,
    chosen,
    every_item,
)


def invalid(desk: Desk) -> Lines:
    f = desk.figures
    few = N_("实到 %(present)s，不到应到 %(entitled)s 的规定比例，会议无效。")
    more = N_("收回 %(recovered)s 多于发出 %(issued)s，选举无效，应重新投票。")
    there = quorum_met(f.present, f.entitled, desk.quorum, desk.quorum_strictly)
    absent = [] if there else [Mismatch(1, few, {"present": f.present, "entitled": f.entitled})]
    return absent + _at_most(9, f.recovered, f.issued, more, recovered=f.recovered, issued=f.issued)


def notes(desk: Desk) -> Lines:
    f = desk.figures
    cast = f.cast + f.audit_cast
    sentence = N_("回收箱里用过的票码条 %(slips)s 少于已投 %(cast)s，请在报告单上注明。")
    return _at_most(10, cast, cast if f.used_slips is None else f.used_slips, sentence, slips=f.used_slips, cast=cast)


def alarms(desk: Desk) -> Lines:
    f = desk.figures
    sentence = N_("抽查票 %(cast)s 张，开箱后与事先写下的一致的只有 %(agreed)s 张：系统或设备可能改动过选票，请停止，由监票人查明并在报告单上注明。")
    return _at_most(10, f.audit_cast, f.audit_agreed, sentence, cast=f.audit_cast, agreed=f.audit_agreed)


def reconcile(desk: Desk) -> Reconciliation:
    mismatches = tuple(line for equation in EQUATIONS for line in equation(desk))
    return Reconciliation(mismatches, tuple(invalid(desk)), tuple(notes(desk)), tuple(alarms(desk)))
