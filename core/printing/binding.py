"""Several PDFs bound into one, with the tags that screen readers need and the bookmarks that readers use."""

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Object, OutlineItem, Pdf

DRAWN = re.compile(rb"/(\S+) Do\b")


@dataclass(frozen=True)
class Take:
    """So many pages of a file from ``start`` on, and the bookmark they stand under."""

    path: Path
    start: int
    count: int
    title: str


def bind(pdfs: Iterable[bytes]) -> bytes:
    """The pages of all, in order; title, archive marks and attachments are the first one's. Equal in, equal out."""
    documents = iter(pdfs)
    bound = pikepdf.open(BytesIO(next(documents)))
    for content in documents:
        with pikepdf.open(BytesIO(content)) as source:
            _append(bound, source)
    kept = BytesIO()
    bound.save(kept, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue()


def collect(takes: Sequence[Take], first: bytes | None = None) -> bytes:
    """Pages out of several files in this order, behind ``first``; what else those files hold is left behind.

    Title and archive marks are those of ``first``, or of the file the first page comes from; tags are dropped.
    """
    with ExitStack() as open_files:
        files = {path: open_files.enter_context(pikepdf.open(path)) for path in {take.path for take in takes}}
        bound = open_files.enter_context(pikepdf.open(BytesIO(first) if first else takes[0].path))
        if first is None:
            del bound.pages[:]
        for name in (Name.Outlines, Name.StructTreeRoot, Name.MarkInfo):
            if name in bound.Root:
                del bound.Root[name]
        with bound.open_outline() as outline:
            for take in takes:
                outline.root.append(OutlineItem(take.title, len(bound.pages)))
                for page in files[take.path].pages[take.start : take.start + take.count]:
                    page.obj.Resources = _own_resources(page)
                    bound.pages.append(page)
        kept = BytesIO()
        bound.save(kept, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return kept.getvalue()


def _own_resources(page: pikepdf.Page) -> Dictionary:
    """All pages of a file share one list of pictures; a page that leaves it takes only those that stand on it."""
    shared = page.obj.Resources
    drawn = {f"/{name.decode('latin-1')}" for name in DRAWN.findall(page.obj.Contents.read_bytes())}
    own = Dictionary(dict(shared.items()))
    own.XObject = Dictionary({name: value for name, value in shared.get(Name.XObject, {}).items() if name in drawn})
    return own


def _append(bound: Pdf, source: Pdf) -> None:
    if Name.StructTreeRoot in source.Root:
        _renumber(source, _next_key(bound))
    bound.pages.extend(source.pages)  # First, so that tags and bookmarks copied below find their pages.
    if Name.StructTreeRoot in bound.Root and Name.StructTreeRoot in source.Root:
        _append_tags(bound.Root.StructTreeRoot, bound.copy_foreign(source.Root.StructTreeRoot))
    if Name.Outlines in bound.Root and Name.Outlines in source.Root:
        _append_bookmarks(bound.Root.Outlines, bound.copy_foreign(source.Root.Outlines))


def _next_key(document: Pdf) -> int:
    """Pages and links point to their tags by number; the next free one."""
    if Name.StructTreeRoot not in document.Root:
        return 0
    return max((int(key) for key in list(document.Root.StructTreeRoot.ParentTree.Nums)[::2]), default=-1) + 1


def _renumber(source: Pdf, start: int) -> None:
    numbers = source.Root.StructTreeRoot.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        numbers[at] = int(numbers[at]) + start
    for page in source.pages:
        if Name.StructParents in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + start
        for note in page.obj.get(Name.Annots, ()):
            if Name.StructParent in note:
                note.StructParent = int(note.StructParent) + start


def _append_tags(tree: Object, added: Object) -> None:
    first = tree.K[0]  # A tree has one top element, so the others go below the first.
    for element in added.K:
        element.P = first
        first.K.append(element)
    tree.ParentTree.Nums.extend(added.ParentTree.Nums)


def _append_bookmarks(outlines: Object, added: Object) -> None:
    if Name.First not in added:
        return
    mark = added.First
    while mark is not None:
        mark.Parent = outlines
        mark = mark.get(Name.Next)
    if Name.First in outlines:
        outlines.Last.Next = added.First
        added.First.Prev = outlines.Last
    else:
        outlines.First = added.First
    outlines.Last = added.Last
    outlines.Count = int(outlines.get(Name.Count, 0)) + int(added.get(Name.Count, 0))
