"""Shape of what units and chairs type behind their links: public forms, a second press of which counts once."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from blueprints.meetings.forms import plain
from blueprints.meetings.models import MeetingSeries
from blueprints.meetings.states import Answer, ResolutionState
from core.forms import REQUIRED, PublicForm, choices
from core.text import _l

REPORTED = (ResolutionState.UNDER_WAY, ResolutionState.DONE, ResolutionState.EXTENDED)


class ReceiptForm(PublicForm):
    answer = RadioField(_l("能来吗"), [InputRequired(_l("请选一项。"))], choices=choices(Answer))
    names = StringField(_l("参会人姓名"), [Optional(), Length(max=400), plain])
    post = StringField(_l("职务"), [Optional(), Length(max=120), plain])
    reason = StringField(_l("请假原因，或代谁参加"), [Optional(), Length(max=300), plain])


class ProposalForm(PublicForm):
    series = SelectField(_l("提给哪个会议"), coerce=int)
    title = StringField(_l("议题"), [InputRequired(REQUIRED), Length(max=200), plain])
    words = TextAreaField(_l("说明"), [Optional(), Length(max=2000), plain])

    def offer(self, series: list[MeetingSeries]) -> None:
        """The meetings this unit may speak to."""
        self.known = {one.id: one for one in series}
        self.series.choices = [SelectChoice(one.id, one.meeting_name) for one in series]

    def chosen(self) -> MeetingSeries:
        """The series picked; validation has seen that it is one of those offered."""
        return self.known[self.series.data]


class ReceivedForm(PublicForm):
    """We have got it, and who says so."""

    name = StringField(_l("签收人"), [Optional(), Length(max=40), plain])


class TaskForm(PublicForm):
    state = RadioField(
        _l("现在到哪一步"), [InputRequired(_l("请选一项。"))],
        choices=[SelectChoice(state.value, state.title) for state in REPORTED],
    )  # fmt: skip
    note = TextAreaField(_l("做了什么、还差什么"), [InputRequired(REQUIRED), Length(max=300), plain])
    evidence = StringField(_l("佐证（文号、材料名称）"), [Optional(), Length(max=200), plain])

    def chosen(self) -> ResolutionState:
        """The state as the record has it."""
        return ResolutionState(self.state.data)


class ChairForm(PublicForm):
    verdict = RadioField(
        _l("您的意见"), [InputRequired(_l("请选一项。"))],
        choices=[SelectChoice("agree", _l("核对无误，同意")), SelectChoice("change", _l("要修改"))],
    )  # fmt: skip
    words = TextAreaField(_l("要改哪里"), [Optional(), Length(max=300), plain])
    version = HiddenField()
