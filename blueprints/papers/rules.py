"""The area's door: what leaves the office is entered by core.issued, which registers of the core need too."""

from core.files import drop, store
from core.issued.codes import new_code
from core.issued.kinds import kind
from core.issued.papers import copy, count, enter, forget, issue, issued, shown, withdraw

__all__ = ["copy", "count", "drop", "enter", "forget", "issue", "issued", "kind", "new_code", "shown", "store", "withdraw"]
