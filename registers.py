"""The index of all registers: pages, imports, search and dues come from each declaration (core/registers)."""

from blueprints.bodies import registers as bodies
from blueprints.cobuilding import registers as cobuilding
from blueprints.disclosures import registers as disclosures
from blueprints.evaluation import registers as evaluation
from blueprints.inservice import registers as inservice
from blueprints.plans import registers as plans
from blueprints.sharing import registers as sharing
from blueprints.suggestions import registers as suggestions
from blueprints.workaccess import registers as workaccess
from core.registers.declaration import Register

ALL: tuple[Register, ...] = (
    *sharing.ALL, *cobuilding.ALL, *plans.ALL, *bodies.ALL, *workaccess.ALL, *inservice.ALL, *disclosures.ALL, *suggestions.ALL,
    *evaluation.ALL,
)  # fmt: skip
