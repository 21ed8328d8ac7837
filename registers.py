"""The index of all registers: pages, imports, search and dues come from each declaration (core/registers)."""

from blueprints.cobuilding import sharing
from core.registers.declaration import Register

ALL: tuple[Register, ...] = (sharing.RESOURCES,)
