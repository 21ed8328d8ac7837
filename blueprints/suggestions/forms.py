"""Shape of what residents and staff type about suggestions."""

import secrets

from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.suggestions.kinds import OFFERED, Kind, Pace, Rating, Source, Way
from blueprints.suggestions.rules import LONGEST, Message
from core.forms import REQUIRED, OfficeForm, PublicForm, choices
from core.spreadsheets.cells import clean
from core.text import _, _l

FEWEST_SECONDS = 3
NOT_CHOSEN = _l("请选一项。")
ELSEWHERE = SelectChoice("", _l("不在楼道里，或不确定"))


def one_line(text):
    """Typed words without line breaks and doubled blanks."""
    return " ".join(clean(text or "").split())


class MessageFields:
    """What a message is, whoever types it."""

    kind = RadioField(_l("您想说的是哪一类？"), [InputRequired(NOT_CHOSEN)], choices=[])
    text = TextAreaField(_l("具体是什么事？"), [InputRequired(_l("请写下具体情况。"))])
    stairwell = SelectField(_l("在哪个楼道？"), [Optional()], choices=[ELSEWHERE])
    spot = StringField(_l("具体位置"), [Optional(), Length(max=120)])
    about = StringField(_l("反映的是某个人吗？"), [Optional(), Length(max=80)])
    photos = MultipleFileField(_l("照片"), [Optional()])
    asker = StringField(_l("姓名"), [Optional(), Length(max=40)])
    phone = StringField(_l("电话"), [Optional(), Length(max=40)])
    consent = BooleanField(_l("同意公开答复"))

    def offer(self, stairwells, preset=None):
        """Fill in the choices; ``preset`` is the stairwell a QR code led here from."""
        self.kind.choices = choices(OFFERED)
        self.stairwell.choices = [ELSEWHERE, *(SelectChoice(place.slug, place.name) for place in stairwells)]
        if preset is not None and not self.is_submitted():
            self.stairwell.data = preset.slug

    def begin_with(self, kind):
        """The kind an address asks for (``?kind=supervision``), chosen but not fixed."""
        if kind in OFFERED and not self.is_submitted():
            self.kind.data = kind

    def message(self, stairwells, photos):
        """What was typed, as the rule takes it."""
        chosen = next((place for place in stairwells if place.slug == self.stairwell.data), None)
        return Message(
            kind=Kind(self.kind.data), text=self.text.data, stairwell=chosen, spot=one_line(self.spot.data),
            about=one_line(self.about.data), asker=one_line(self.asker.data), phone=one_line(self.phone.data),
            consent=self.consent.data, photos=photos,
        )  # fmt: skip


class SuggestionForm(MessageFields, PublicForm):
    website = StringField(_l("这一格请留空"))

    def object_only(self):
        """From the page of a notice nothing but an objection to it is sent."""
        self.kind.choices = choices([Kind.OBJECTION])
        self.kind.data = Kind.OBJECTION

    def validate_website(self, field):
        if field.data:
            field.data = ""
            raise ValidationError(_("“这一格请留空”里有内容，已替您清空，请再按一次提交。"))

    def validate_form_token(self, field):
        if self.nonce and self.age < FEWEST_SECONDS:
            raise ValidationError(_("提交得太快了，请核对内容后再按一次提交。"))


class RecordForm(MessageFields, OfficeForm):
    """What staff type in from a paper slip, a visit or a call."""

    source = RadioField(_l("来源"), [InputRequired(NOT_CHOSEN)])
    received_on = DateField(_l("收到日期"), [InputRequired(REQUIRED)])
    nonce = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def offer(self, stairwells, preset=None):
        super().offer(stairwells, preset)
        self.source.choices = choices(source for source in Source if source not in (Source.ONLINE, Source.VISIT))


class CodeForm(PublicForm):
    """The code alone: to look, or to say that it was written down."""

    code = StringField(_l("查询码"), [InputRequired(_l("请输入 16 位查询码。")), Length(max=60, message=_l("查询码是 16 位数字，别的字请删掉。"))])


class AdditionForm(CodeForm):
    words = TextAreaField(_l("补充一句话"), [InputRequired(_l("请写下要补充的话。")), Length(max=LONGEST)])


class RatingForm(CodeForm):
    rating = RadioField(_l("您对答复满意吗？"), [InputRequired(NOT_CHOSEN)], choices=choices(Rating))
    comment = TextAreaField(_l("想说明的话"), [Optional(), Length(max=LONGEST)])


class VersionForm(OfficeForm):
    """Every act on a record carries the version it was shown in."""

    version = HiddenField()


class FilterForm(OfficeForm):
    title = StringField(_l("存为常用筛选"), [InputRequired(REQUIRED), Length(max=40)])


class KindForm(VersionForm):
    summary = StringField(_l("内容摘要"), [InputRequired(REQUIRED), Length(max=80)])
    kind = SelectField(_l("类别"), choices=choices(Kind))


class RegisterForm(KindForm):
    pace = RadioField(_l("办理期限"), [InputRequired(NOT_CHOSEN)], choices=choices(Pace))


class AssignForm(VersionForm):
    lead = SelectField(_l("承办人"), [InputRequired(_l("请选择承办人。"))], coerce=str, choices=[])
    assisting = SelectMultipleField(
        _l("协办人"), [Optional()], coerce=str, choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    words = StringField(_l("交办意见"), [Optional(), Length(max=300)])


class WordsForm(VersionForm):
    """One text: a note, a reason, what the follow-up found."""

    words = TextAreaField(_l("内容"), [Optional(), Length(max=LONGEST)])


class DecisionForm(WordsForm):
    """同意 or 不同意, by the button that was pressed."""

    verdict = StringField()


class ConcernForm(WordsForm):
    account = SelectField(_l("说的是哪一位"), [InputRequired(NOT_CHOSEN)], coerce=str, choices=[])


class PassOnForm(VersionForm):
    """Rejected, transferred, sealed: where the asker should turn, and why."""

    where = StringField(_l("单位、电话、地址"), [Optional(), Length(max=200)])
    reason = TextAreaField(_l("理由"), [Optional(), Length(max=500)])


class MergeForm(VersionForm):
    number = StringField(_l("并到编号"), [InputRequired(REQUIRED), Length(max=20)])


class ReplyForm(VersionForm):
    found = TextAreaField(_l("核实情况"), [InputRequired(REQUIRED), Length(max=LONGEST)])
    done = TextAreaField(_l("办了什么，谁办的，哪天办的"), [Optional(), Length(max=LONGEST)])
    undone = TextAreaField(_l("没办成的，原因和依据"), [Optional(), Length(max=LONGEST)])
    next_on = DateField(_l("下一次答复"), [Optional()])
    way = RadioField(_l("答复方式"), [InputRequired(NOT_CHOSEN)], choices=choices(Way))
    publish = BooleanField(_l("在居民页面公开这条答复"))


class ExtensionForm(VersionForm):
    until = DateField(_l("延到哪天"), [InputRequired(REQUIRED)])
    reason = StringField(_l("延期原因"), [InputRequired(REQUIRED), Length(max=300)])
