import subprocess
import sys

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.ballots.polls import TOP

SPEAKING = ("refusals", "filling", "ballot", "equations")
MAPPING = [(f"blueprints/ballots/{name}.py", "python") for name in SPEAKING]
MAPPING += [("templates/ballots/voting/**.html", "jinja2")]


def test_every_sentence_of_the_voting_pages_has_an_english_one():
    found = set()
    for pattern, method in MAPPING:
        found |= {message for _, _, message, _, _ in extract_from_dir(TOP, [(pattern, method)])}
    with open(TOP / "translations/en/LC_MESSAGES/voting.po", "rb") as file:
        english = {message.id: message.string for message in read_po(file) if message.id}
    own = {message for message in found if isinstance(message, str)}
    assert len(own) > 100
    assert sorted(message for message in own if not english.get(message)) == []


def test_the_voting_application_loads_nothing_of_the_main_one():
    program = "import sys, blueprints.ballots.voting; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"flask", "flask_babel", "peewee", "models", "core", "logging.config"}
