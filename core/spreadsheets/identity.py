"""Whether two sets of particulars are one person: rules tried from the strongest, blanks prove nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.spreadsheets.cells import Kind
from core.spreadsheets.roster import Declaration

Identity = Sequence[tuple[str, ...]]
Record = Mapping[str, object]

# Each rule begins with the name; what follows must agree. Phones are not unique, names still less.
PERSON: Identity = (("name", "birth", "sex"), ("name", "phone"), ("name", "stairwell"))
BY_NAME: Identity = (("name",),)


class Likeness:
    """Compares particulars of the same name under the rules of one roster."""

    def __init__(self, declaration: Declaration, rules: Identity) -> None:
        self.rules = rules
        self.name_key = rules[0][0]
        self.kinds = {column.key: column.kind for column in declaration.columns}
        self.fields = tuple(dict.fromkeys(field for rule in rules for field in rule[1:]))

    def agree(self, one: Record, other: Record, field: str) -> bool | None:
        """True, False, or None where either side is blank or too coarse to tell."""
        a, b = one.get(field), other.get(field)
        if a in ("", None) or b in ("", None):
            return None
        a, b = str(a), str(b)
        if self.kinds.get(field) is Kind.PARTIAL_DATE:
            if len(a) < 7 or len(b) < 7:
                return None if a[:4] == b[:4] else False
            return a[:7] == b[:7]
        if self.kinds.get(field) is Kind.PHONE:
            return not set(a.split("/")).isdisjoint(b.split("/"))
        return a == b

    def same(self, one: Record, other: Record) -> int | None:
        """The number of the strongest rule by which both are one; None where a stronger one speaks against it."""
        for number, rule in enumerate(self.rules):
            verdicts = [self.agree(one, other, field) for field in rule[1:]]
            if False in verdicts:
                return None
            if not verdicts or verdicts[0]:
                return number
        return None

    def doubtful(self, one: Record, other: Record) -> bool:
        """One rule speaks against it but the next for it (a corrected birth month), or nothing is known."""
        against = False
        for rule in self.rules:
            verdicts = [self.agree(one, other, field) for field in rule[1:]]
            if False in verdicts:
                if against:
                    return False
                against = True
            elif not verdicts or verdicts[0]:
                return True
            elif against:
                return False
        return not against

    def score(self, one: Record, other: Record) -> int:
        """How many particulars agree less how many do not: tells true namesakes apart."""
        verdicts = [self.agree(one, other, field) for field in self.fields]
        return verdicts.count(True) - verdicts.count(False)

    def plausible(self, one: Record, other: Record) -> bool:
        """A 编号 counts only with something else that agrees; it may come from another office's export."""
        fields = (self.name_key, *self.fields)
        return any(self.agree(one, other, field) for field in fields)

    def repeats(self, one: Record, other: Record) -> bool:
        """Two rows of one sheet that say the same of the same person."""
        if one.get("id") and other.get("id"):
            return one["id"] == other["id"]
        rule = self.same(one, other)
        if rule is None:
            return False
        verdicts = [self.agree(one, other, field) for later in self.rules[rule + 1 :] for field in later[1:]]
        known = [verdict for verdict in verdicts if verdict is not None]
        return not known or known[0]

    def twins(self, one: Record, other: Record) -> bool:
        """Two rows of one sheet that may or may not be the same person."""
        if one.get("id") and other.get("id"):
            return False
        verdicts = [self.agree(one, other, field) for field in self.fields]
        return self.same(one, other) is not None or not any(verdict is False for verdict in verdicts)


class Namesakes:
    """Everybody of one name, kept by what first tells them apart, so that a common name stays quick."""

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        self.shelves: dict[str, list] = defaultdict(list)

    def _shelf(self, values: Record) -> str:
        """The birth month (or whatever the first rule asks), blank where it is unknown or only a year."""
        if not self.likeness.fields:
            return ""
        field = self.likeness.fields[0]
        text = str(values.get(field) or "")
        if self.likeness.kinds.get(field) is Kind.PARTIAL_DATE:
            return text[:7] if len(text) >= 7 else ""
        return text

    def add(self, item: object, values: Record) -> None:
        """Keeps a row or record under its particulars."""
        self.shelves[self._shelf(values)].append(item)

    def near(self, values: Record) -> list:
        """Those whose first particular is the same or unknown: only they can be the same person."""
        shelf = self._shelf(values)
        return self.shelves[shelf] + self.shelves[""] if shelf else self.every()

    def every(self) -> list:
        """All of the name."""
        return [item for items in self.shelves.values() for item in items]
