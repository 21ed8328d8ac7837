"""The index of all registers: pages, imports, search and dues come from each declaration (core/registers)."""

from blueprints.cobuilding import registers as cobuilding
from blueprints.disclosures import registers as disclosures
from blueprints.plans import registers as plans
from blueprints.sharing import registers as sharing
from core.registers.declaration import Register

ALL: tuple[Register, ...] = (*sharing.ALL, *cobuilding.ALL, *plans.ALL, *disclosures.ALL)
