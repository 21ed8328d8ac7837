"""Words on paper that are not the office's own."""

from dataclasses import fields, is_dataclass, replace

LACKING = "〓"  # what Chinese printers set where they have no type for a character


class AsSaid(str):
    """Words of a resident: a character that no font here draws is printed as 〓, since nobody can be asked to change it."""

    __slots__ = ()


def drawable(value: object) -> object:
    """The sheet, text or row of texts with what cannot be drawn replaced in the words of residents."""
    if isinstance(value, AsSaid):
        from core.printing import glyphs

        return str(value).translate({ord(character): LACKING for character in glyphs.unprintable(value)})
    if isinstance(value, list | tuple):
        return type(value)(drawable(item) for item in value)
    if is_dataclass(value):
        return replace(value, **{field.name: drawable(getattr(value, field.name)) for field in fields(value) if field.init})
    return value
