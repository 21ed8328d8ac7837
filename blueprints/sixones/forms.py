"""Shape of a note about one of the six ones."""

from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.sixones.models import Standing
from core.forms import REQUIRED, OfficeForm, cell, choices
from core.spreadsheets.cells import Kind
from core.text import _l


class NoteForm(OfficeForm):
    state = RadioField(_l("状态"), [InputRequired(REQUIRED)], choices=choices(Standing))
    target = StringField(_l("目标"), [Optional(), Length(max=200), cell(Kind.TEXT)])
    due_on = DateField(_l("时限"), [Optional()])
    words = TextAreaField(_l("说明"), [Optional(), Length(max=400), cell(Kind.TEXT)])
    version = HiddenField()

    def values(self) -> dict[str, object]:
        """The input under the record's names."""
        return {"state": Standing(self.state.data), "target": self.target.data or "", "due_on": self.due_on.data, "words": self.words.data or ""}
