"""The voting pages in the reader's language, without the main application: read from its own catalogue file."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

TOP = Path(__file__).resolve().parents[2]
SOURCE = "zh"
LANGUAGES = {SOURCE: "中文", "en": "English"}


@cache
def sentences(language: str) -> dict[str, str]:
    if language == SOURCE:
        return {}
    with open(TOP / "translations" / language / "LC_MESSAGES" / "voting.po", "rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and message.string}


def speak(language: str, sentence: str) -> str:
    """A sentence without a translation is shown as the office wrote it."""
    return sentences(language).get(sentence, sentence)


def told(language: str, said) -> str:
    """A refusal or a fault with its values in place; values that are office words are translated too."""
    values = {name: speak(language, value) if isinstance(value, str) else value for name, value in said.values.items()}
    return speak(language, said.sentence) % values
