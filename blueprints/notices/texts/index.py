"""Every kind of notice has its model text."""

from blueprints.notices.models import NoticeKind
from blueprints.notices.texts import persons, sums, tidings
from blueprints.notices.texts.asking import Answers, ModelText, Start, Words

TEXTS: dict[NoticeKind, ModelText] = persons.TEXTS | sums.TEXTS | tidings.TEXTS
LONGEST_ANSWER = 12_000


def compose(kind: NoticeKind, start: Start, answers: Answers) -> Words:
    """Title and body out of the answers; what was typed is kept with it for the next time."""
    words = TEXTS[kind].compose(start, answers)
    kept = {name: answers[name] for name in (blank.name for blank in TEXTS[kind].blanks) if answers.get(name)}
    return Words(words.title, words.body, words.fields, {**kept, **words.facts})
