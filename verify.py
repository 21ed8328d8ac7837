"""Checks a published vote with nothing but Python: 结果.json (A) and, for those who hold it, the ballots' file (B).

It shares no code with the program that counted. It recounts, adds up, applies the rules again and compares;
every difference is named and makes the exit status 1.  python3 verify.py 结果.json --help
"""

import argparse
import json
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ELECTING, SAYING, GRADING = ("election", "preselection"), ("trust", "resolution"), ("appraisal", "review")
HELP = {"result": "结果.json", "--ballots": "选票.json", "--digest": "报告单上的摘要", "--receipt": "投票凭据"}
SHEET = {"entitled": "应到", "present": "实到", "issued": "发出", "recovered": "收回", "valid": "有效", "void": "废票"}
SHEET |= {"audit_cast": "抽查票", "audit_agreed": "其中与事先写下的一致"}
EQUATIONS = (  # the numbers of the report sheets, of one class; 12 to 14 are asked of every box below
    (1, "entitled == roll - excluded and present <= entitled"),
    (2, "ticked_slip + ticked_paper <= present + mobile + proxies"),
    (3, "slips_printed == slips_left + slips_drawn + audit_drawn"),
    (4, "slips_drawn == ticked_slip + replaced and replaced <= spoiled"),
    (5, "slips_printed == cast + audit_cast + surrendered + spoiled + never_cast"),
    (6, "0 <= slips_drawn - cast - surrendered - spoiled == never_cast - slips_left - (audit_drawn - audit_cast)"),
    (6, "audit_cast <= audit_drawn"),
    (7, "paper_printed - paper_left == paper_issued == ticked_paper + surrendered + paper_replaced"),
    (7, "paper_replaced <= paper_spoiled"),
    (8, "issued == slips_drawn - spoiled - surrendered + paper_issued - paper_spoiled"),
    (9, "cast <= recovered and (recovered - cast <= paper_issued - paper_spoiled or recovered > issued)"),
    (10, "audit_agreed <= audit_cast and bodies == stubs == cast + audit_cast >= (used_slips or 0)"),
    (11, "recovered == valid + void"),
)
faults = []


def expect(right, *words):
    if not right:
        faults.append(words)
        print("不一致：", *words, file=sys.stderr)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def load(path):
    data = Path(path).read_bytes()
    expect(canonical(json.loads(data)) == data, path, "不是规范写法，文件被改动过")
    return json.loads(data), data


def typed(text):
    return "".join(filter(str.isalnum, text.upper())).replace("O", "0").replace("I", "1").replace("L", "1")


def short(digest):
    letters = "".join(LETTERS[int(digest[:40], 16) >> at & 31] for at in range(155, -1, -5))
    return " ".join(letters[at : at + 4] for at in range(0, 32, 4))


def rows_of(config, count=None):
    rows = [(person["name"], item) for person in config["candidates"] for item in config["items"] or [""]]
    return zip(rows, count["rows"], strict=True) if count else rows


def is_void(config, ballot):
    names, known = ballot["lines"] * config["lines_are_names"], {person["name"] for person in config["candidates"]}
    chosen = ballot["marks"].count(1) + len(names) * (config["kind"] in ELECTING)
    unfit = len(set(names)) < len(names) or len(names) > config["lines"] or known & set(names)
    against = config["kind"] in ELECTING and len(names) > ballot["marks"].count(2)
    return bool(unfit or against or (config["cap"] and chosen > config["cap"]))


def recount(config, ballots):
    signs = [option["sign"] for option in config["options"]]
    empty = signs.index("dash") if "dash" in signs else len(signs)
    good = [ballot for ballot in ballots if not is_void(config, ballot)]
    rows, written = [[0] * (len(signs) + 2) for _ in rows_of(config)], Counter()
    for ballot in good:
        for row, mark in zip(rows, ballot["marks"], strict=True):
            expect(0 <= mark <= len(signs), "有选票的标记不认识")
            row[mark - 1 if mark else empty] += 1
        written.update(ballot["lines"] * config["lines_are_names"])
    return {"valid": len(good), "void": len(ballots) - len(good), "rows": rows, "written": written}


def flat(count):
    rows = {(row, at): n for row, numbers in enumerate(count["rows"]) for at, n in enumerate(numbers)}
    written = {("written", name): number for name, number in count["written"].items()}
    return Counter({"valid": count["valid"], "void": count["void"]} | rows | written)


def check_box(config, where, box):
    for (name, item), row in rows_of(config, box):
        expect(sum(row) == box["valid"], where, name, item, "各栏合计", sum(row), "应等于有效票", box["valid"])
    others, candidates = sum(box["written"].values()), {person["name"] for person in config["candidates"]}
    if config["kind"] in ELECTING:
        yes, against = (sum(row[option] for row in box["rows"]) for option in (0, 1))
        most = (config["cap"] or config["seats"]) * box["valid"]
        expect(others <= against and yes + others <= most, where, "第 13 条等式不符：所选或另选过多")
    most = config["lines"] * box["valid"] if config["lines_are_names"] else 0
    right = all(0 < number <= box["valid"] and name not in candidates for name, number in box["written"].items())
    expect(right and others <= most, where, "第 13、14 条等式不符：写入的人名")


def by_votes(votes):
    return sorted(votes, key=lambda name: -votes[name])


def winners(votes, seats):
    order = by_votes(votes)
    edge = votes[order[seats]] if len(order) > seats else -1
    above = [name for name in order if votes[name] > edge]
    tied = [name for name in order if votes[name] == edge] if len(above) < min(seats, len(order)) else []
    left = (seats - len(above)) * bool(tied)
    return {"elected": above, "tied": tied, "tied_seats": left, "vacant": max(0, seats - len(order))}


def first(votes, places):
    order = by_votes({name: number for name, number in votes.items() if number})
    edge = votes[order[places - 1]] if len(order) > places else 0
    return order[:places] + [name for name in order[places:] if votes[name] == edge]


def recommended(rankings, rules):
    total = sum((Counter(votes) for votes in rankings), Counter())
    names = first(total, rules["target"])
    if rules["merge"] == "union" and len(rankings) > 1:
        tops = {name for votes in rankings for name in first(votes, rules["top"])}
        rest = {name: number for name, number in total.items() if name not in tops}
        missing = rules["target"] - len(tops)
        names = [name for name in by_votes(total) if name in tops] + (first(rest, missing) if missing > 0 else [])
    return {"names": names, "settled": len(names) <= rules["target"]}


def graded(config, rules, voices):
    voices = [(count, weight) for count, weight in voices if count["valid"]]
    whole, shares, options = sum(weight for _, weight in voices) or 1, [], range(len(config["options"]))
    for at in range(len(rows_of(config))):
        shares.append([sum((w * Fraction(c["rows"][at][o], c["valid"]) for c, w in voices), Fraction(0)) / whole for o in options])
    grades = [[number for number, share in enumerate(row) if share == max(row) > 0] for row in shares]
    people, cap = grades[:: len(config["items"]) or 1], rules["best_grade_cap"]
    too_many = bool(cap and cap[1] * people.count([0]) > cap[0] * len(people))
    plain = [[[share.numerator, share.denominator] for share in row] for row in shares]
    return {"shares": plain, "grades": grades, "too_many_best": too_many}


def outcome_of(config, rules, total, base):
    kind, (part, whole) = config["kind"], rules["threshold"]
    if kind in GRADING:
        return graded(config, rules, [(total, 1)])
    votes = Counter({name: row[0] for (name, _), row in rows_of(config, total)})
    votes.update(total["written"])
    if kind in ELECTING:
        return winners({name: number for name, number in votes.items() if whole * number > part * base}, config["seats"])
    if kind in SAYING:
        return {"passed": [name for (name, _), row in rows_of(config, total) if whole * row[0] > part * base]}
    return {"ranking": [[name, votes[name]] for name in by_votes(votes)]}


def check_group(a, group, ballots):
    config, rules, where, total = a["config"], a["rules"], "+".join(group["classes"]), group["total"]
    for box in group["boxes"]:
        check_box(config, where + "、".join(box["names"]), box)
        if ballots is not None and "票码" in box["names"]:
            slips, shown = flat(recount(config, ballots)), flat(box)
            same = slips == shown if len(box["names"]) == 1 else slips <= shown
            expect(same, where, "票码票重新计票与公布的不一致")
    expect(sum(map(flat, group["boxes"]), Counter()) == flat(total), where, "各箱之和与合计不符")
    sums = {key: sum(a["figures"][code][key] for code in group["classes"]) for key in ("entitled", "present", "valid", "void")}
    expect((total["valid"], total["void"]) == (sums["valid"], sums["void"]), where, "第 11 条等式不符")
    expect(group["base"] == sums.get(rules["basis"], total["valid"] + total["void"]), where, "计票基数不符")
    weights = [Fraction(*one["weight"]) for one in config["classes"] if one["code"] in group["classes"]]
    expect(Fraction(*group["weight"]) == sum(weights), where, "权重不符")
    expect(outcome_of(config, rules, total, group["base"]) == group["outcome"], where, "按规则得出的结果与公布的不一致")


def check_result(a, b):
    config, rules, figures, groups = a["config"], a["rules"], a["figures"], a["groups"]
    expect(a["format"] == "linli-result/1" and set(figures) == {c for g in groups for c in g["classes"]}, "格式不符")
    expect(sha256(canonical({key: a[key] for key in a if key != "digest"})).hexdigest() == a["digest"], "结果的摘要不符")
    expect(sha256(canonical(config)).hexdigest() == a["config_sha256"], "投票设置的摘要不符")
    expect(set(rules) >= set(config["rules"]) and all(rules[k] == v for k, v in config["rules"].items()), "规则不符")
    quorum, few, many = rules["quorum"] or [0, 1], False, False
    for code, f in figures.items():
        for number, equation in EQUATIONS:
            expect(eval(equation, {}, f), code, f"第 {number} 条等式不符：{equation}")
        left, right = quorum[1] * f["present"], quorum[0] * f["entitled"]
        few, many = few or left < right or (rules["quorum_strictly"] and left == right), many or f["recovered"] > f["issued"]
    expect(a["invalid"] == [1] * few + [9] * many, "投票是否有效，与到会和收回的数字不符")
    expect(len(a["receipts"]) == sum(f["cast"] + f["audit_cast"] for f in figures.values()) and a["receipts"] == sorted(set(a["receipts"])), "凭据数与已投票码条数不符")
    for group in groups:
        ballots = b["ballots"]["+".join(group["classes"])] if b else None
        cast = sum(figures[code]["cast"] for code in group["classes"])
        expect(not b or len(ballots) == cast, "选票数与已投票码条数不符")
        check_group(a, group, ballots)
    combined = None
    if config["kind"] == "recommendation" and rules["merge"] != "none":
        combined = recommended([dict(group["outcome"]["ranking"]) for group in groups], rules)
    elif config["kind"] in GRADING:
        combined = graded(config, rules, [(group["total"], Fraction(*group["weight"])) for group in groups])
    expect(a["combined"] == combined, "合并的结果与公布的不一致")


def in_the_box(a, code):
    bits = "".join(f"{LETTERS.find(letter) % 32:05b}" for letter in typed(code))
    receipt = int(bits[:96], 2).to_bytes(12, "big")
    return len(bits) == 100 and sha256(b"\0\0\0\3rid\0\0\0\x0c" + receipt).hexdigest() in a["receipts"]


def show(a):
    heads = [*(option["title"] for option in a["config"]["options"]), "未填", "该项无效"]
    print(a["config"]["community"], a["config"]["title"].replace("|", ""), "无效" if a["invalid"] else "有效")
    for code, f in a["figures"].items():
        print(code, *(f"{word} {f[key]}" for key, word in SHEET.items()))
    for group in a["groups"]:
        print("+".join(group["classes"]), "过半的基数", group["base"])
        for (name, item), row in rows_of(a["config"], group["total"]):
            print(" ", name, item, *(f"{head} {number}" for head, number in zip(heads, row, strict=True)))
        print(" ", json.dumps([group["total"]["written"], group["outcome"], a["combined"]], ensure_ascii=False))
    print("结果摘要", short(a["digest"]), "\n选票摘要", short(a["ballots_sha256"]))


def main():
    parser = argparse.ArgumentParser(description="核对公布的投票结果")
    for name, meaning in HELP.items():
        parser.add_argument(name, help=meaning)
    asked = parser.parse_args()
    try:
        a, _ = load(asked.result)
        b, data = load(asked.ballots) if asked.ballots else (None, b"")
        check_result(a, b)
        if b:
            expect(sha256(data).hexdigest() == a["ballots_sha256"], "选票文件与结果不是一套")
            expect(b["config_sha256"] == a["config_sha256"], "选票文件属于另一次投票")
            expect(all(len(b["audit"][code]) == f["audit_cast"] for code, f in a["figures"].items()), "抽查票数不符")
        show(a)
        expect(not asked.digest or typed(asked.digest) == short(a["digest"]).replace(" ", ""), "与报告单上的摘要不一致")
        expect(not asked.receipt or in_the_box(a, asked.receipt), "票箱里没有这个投票凭据，请逐个核对字母和数字")
    except (OSError, ValueError, LookupError, TypeError, NameError, AttributeError, ArithmeticError) as failure:
        expect(False, "文件不能读取：", type(failure).__name__, failure)
    print(f"共 {len(faults)} 处不一致。" if faults else "核对完毕，全部一致。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
