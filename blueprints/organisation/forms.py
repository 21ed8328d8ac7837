"""Shape of what is typed about Party organisations."""

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.forms import REQUIRED, OfficeForm, choices
from core.records.places import OrgKind
from core.text import _l


class OrgForm(OfficeForm):
    """Founding, changing and splitting ask the same."""

    name = StringField(_l("名称"), [InputRequired(REQUIRED), Length(max=80)], filters=[lambda text: (text or "").strip()])
    full_name = StringField(_l("全称"), [Length(max=120)], filters=[lambda text: (text or "").strip()])
    kind = SelectField(_l("种类"), choices=choices(OrgKind))
    parent = SelectField(_l("上级党组织"), coerce=int)
    day = DateField(_l("从哪一天起"), [InputRequired(REQUIRED)])
    document = StringField(_l("依据（批复文号）"), [Length(max=120)])

    def values(self) -> dict[str, object]:
        """What was typed, under the records' names."""
        return {
            "name": self.name.data, "full_name": self.full_name.data, "kind": OrgKind(self.kind.data),
            "parent": self.parent.data or None, "since": self.day.data, "document": self.document.data or "",
        }  # fmt: skip


class EndForm(OfficeForm):
    """Ending, or merging into another."""

    into = SelectField(_l("并入"), coerce=int)
    day = DateField(_l("从哪一天起"), [InputRequired(REQUIRED)])
    document = StringField(_l("依据（批复文号）"), [Length(max=120)])


class SplitForm(OrgForm):
    """A new organisation and who goes with it."""

    members = SelectMultipleField(
        _l("随同转入的党员"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
