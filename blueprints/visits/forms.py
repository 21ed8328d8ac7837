"""Shape of what is typed about a visit."""

import secrets

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from blueprints.suggestions.models import Kind
from blueprints.suggestions.rules import LONGEST
from blueprints.visits.models import Topic
from blueprints.visits.rules import Visit
from core.forms import REQUIRED, OfficeForm, choices
from core.text import _l

KINDS = (Kind.OPINION, Kind.SUGGESTION, Kind.COMPLAINT, Kind.HELP, Kind.PRAISE)


class VisitForm(OfficeForm):
    visited_on = DateField(_l("走访日期"), [InputRequired(REQUIRED)])
    visitors = StringField(_l("走访人"), [InputRequired(REQUIRED), Length(max=120)])
    stairwell = SelectField(_l("楼道"), [InputRequired(_l("请选择楼道。"))], choices=[])
    door = StringField(_l("门牌"), [Optional(), Length(max=40)])
    topic = RadioField(_l("谈的什么事"), [InputRequired(_l("请选一项。"))], choices=choices(Topic))
    wish = TextAreaField(_l("诉求"), [Optional(), Length(max=2 * LONGEST)])
    name = StringField(_l("称呼"), [Optional(), Length(max=40)])
    phone = StringField(_l("电话"), [Optional(), Length(max=40)])
    again_on = DateField(_l("哪天回访"), [Optional()])
    again = StringField(_l("回访情况"), [Optional(), Length(max=300)])
    version = HiddenField()
    nonce = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def offer(self, stairwells):
        """The stairwells one can have visited."""
        self.places = {place.slug: place for place in stairwells}
        first = SelectChoice("", _l("请选择"))
        self.stairwell.choices = [first, *(SelectChoice(place.slug, place.name) for place in stairwells)]

    def visit(self):
        """What was typed, as the rule takes it."""
        texts = {name: " ".join((self[name].data or "").split()) for name in ("visitors", "door", "name", "phone")}
        return Visit(
            visited_on=self.visited_on.data, stairwell=self.places[self.stairwell.data], topic=Topic(self.topic.data),
            wish=self.wish.data or "", again_on=self.again_on.data, again=self.again.data or "", **texts,
        )  # fmt: skip


class MessageForm(OfficeForm):
    """What is still to be said when a wish becomes a message."""

    kind = RadioField(_l("类别"), [InputRequired(_l("请选一项。"))], choices=choices(KINDS))
    consent = BooleanField(_l("同意公开答复"))
    version = HiddenField()
    nonce = HiddenField(default=lambda: secrets.token_urlsafe(12))
