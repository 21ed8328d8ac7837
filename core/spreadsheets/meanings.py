"""What an office means by the headers of its own files: said once on the page of an import, known ever after."""

from collections.abc import Mapping

from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.records.work import HeaderMeaning
from core.spreadsheets.cells import squeeze
from core.spreadsheets.outlines import Outline

LONGEST = 120


def remembered(place: Place, kind: str) -> dict[str, str]:
    """Squeezed header → key of the column ("" for one that is not read), as somebody once said."""
    rows = HeaderMeaning.select(HeaderMeaning.header, HeaderMeaning.column)
    return dict(rows.where((HeaderMeaning.place == place) & (HeaderMeaning.kind == kind)).tuples())


def remember(actor: Actor, place: Place, kind: str, untold: Outline, said: Mapping[str, str]) -> None:
    """Keep what somebody ``said`` (header → key) wherever the program had taken the header otherwise.

    ``untold`` is the outline of the file as the program reads it without being told.
    """
    known = {one.text: "" if one.guessed else one.key for one in untold.headings}
    with writing():
        before = remembered(place, kind)
        after = dict(before)
        for text, key in said.items():
            if known.get(text) == key:
                after.pop(squeeze(text), None)
            elif len(squeeze(text)) <= LONGEST:
                after[squeeze(text)] = key
        if after != before:
            HeaderMeaning.delete().where((HeaderMeaning.place == place) & (HeaderMeaning.kind == kind)).execute()
            rows = [{"place": place, "kind": kind, "header": text, "column": key} for text, key in after.items()]
            if rows:
                HeaderMeaning.insert_many(rows).execute()
            record(actor, Act.HEADERS_MAPPED, None, place, kind=kind, before=before, after=after)
