"""Forms that write, against a bare Flask view that only parses the same form."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from bench.measure import Effort, Result, bare_form, by_turns, rate, request
from blueprints.suggestions.forms import FEWEST_SECONDS
from stage import Stage, token_in

PARSED = "bare view, same form"
OFFICE, RESIDENTS = 4, 20  # of so many requests to a page, one to a form: these write, and the second hashes slowly
AT_ONCE = 4  # suggestions on their way at the same moment
counter = itertools.count(1)


def measure(stage: Stage, bare: int, effort: Effort) -> Iterator[Result]:
    """A setting changed in the office, with its entry in the audit trail; a suggestion with its receipt code."""
    # Few hash at once, by design; more senders than that would be asked to come again.
    few = replace(effort, connections=min(effort.connections, AT_ONCE))
    for name, make, share, expected, pace in (
        ("office: setting changed", office_posts(stage), OFFICE, 303, effort),
        ("residents: suggestion sent", suggestions(stage), RESIDENTS, 200, few),
    ):
        count = max(4, effort.requests // share)
        bodies = [body for _request, body in make(count)]
        yield by_turns(
            name, PARSED, "requests/s", effort.rounds,
            lambda make=make, count=count, expected=expected, pace=pace: rate(
                stage.port, [sent for sent, _body in make(count)], pace, expected
            ),
            lambda bodies=bodies, share=share, pace=pace: rate(bare, [bare_form(body) for body in bodies], pace, 303, share),
        )  # fmt: skip


def office_posts(stage: Stage) -> Callable[[int], list[tuple[str, str]]]:
    """Each changes the office hours to something new."""
    page, cookie = stage.ask("GET", "/office/settings/office", Cookie=stage.signed_in("书记"))
    token = token_in(page, "csrf_token")

    def make(count: int) -> list[tuple[str, str]]:
        bodies = [
            urlencode({"csrf_token": token, "office.hours": f"周一至周五，第{next(counter)}版"}) for _post in range(count)
        ]
        return [(request("POST", "/office/settings/office", body, Cookie=cookie), body) for body in bodies]

    return make


def suggestions(stage: Stage) -> Callable[[int], list[tuple[str, str]]]:
    """Each from a page opened for it and an address of its own, read for as long as a person would at least."""

    def make(count: int) -> list[tuple[str, str]]:
        tokens = [token_in(stage.ask("GET", "/suggestions/new")[0]) for _post in range(count)]
        time.sleep(FEWEST_SECONDS + 1)
        return [_suggestion(token) for token in tokens]

    return make


def _suggestion(token: str) -> tuple[str, str]:
    number = next(counter)
    body = urlencode({"form_token": token, "kind": "suggestion", "text": f"小广场第{number}张长椅松动了，请修一修。"})
    visitor = f"198.18.{number // 250 % 250}.{number % 250 + 1}"
    return request("POST", "/suggestions/new", body, **{"X-Forwarded-For": visitor}), body
