"""openpyxl warns of styles, extensions and dates it skips; none of that is the office's concern."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[None]:
    """Without the readers' own warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
