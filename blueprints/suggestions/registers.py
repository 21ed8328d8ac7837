"""The registers of the suggestion box."""

from blueprints.suggestions.templates import TEMPLATES
from core.registers.declaration import Register

ALL: tuple[Register, ...] = (TEMPLATES,)
