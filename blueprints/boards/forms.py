"""Shape of what is typed about commitments and boards, at the office and at a personal link."""

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.boards.doing import LARGEST
from core.forms import REQUIRED, OfficeForm, PublicForm
from core.text import _l

AMOUNT = [Optional(), NumberRange(0, LARGEST, _l("请填 0 或正整数。"))]


class CommitmentForm(OfficeForm):
    """``category`` gets its choices from the community."""

    text = TextAreaField(_l("承诺事项"), [InputRequired(REQUIRED), Length(max=300)])
    category = SelectField(_l("类别"))
    target = StringField(_l("数量或标准"), [Length(max=80)])
    due_on = DateField(_l("完成时限"), [Optional()])
    support = StringField(_l("需要的支持"), [Length(max=120)])
    version = HiddenField()


class ProgressForm(OfficeForm):
    done_on = DateField(_l("哪天做的"), [InputRequired(REQUIRED)])
    amount = IntegerField(_l("做了多少"), AMOUNT)
    note = TextAreaField(_l("做了什么"), [Length(max=300)])
    evidence = StringField(_l("佐证"), [Length(max=200)])
    hindrance = StringField(_l("没完成的原因"), [Length(max=300)])
    plan = StringField(_l("下步打算"), [Length(max=300)])


class OwnPromiseForm(PublicForm):
    """A promise as a member writes it at the personal link."""

    text = TextAreaField(_l("承诺做什么"), [InputRequired(REQUIRED), Length(max=300)])
    target = StringField(_l("做多少"), [Length(max=80)])
    due_on = DateField(_l("什么时候完成"), [Optional()])
    version = HiddenField()


class OwnProgressForm(PublicForm):
    """What a member did, as reported at the personal link."""

    done_on = DateField(_l("哪天做的"), [InputRequired(REQUIRED)])
    amount = IntegerField(_l("做了多少"), AMOUNT)
    note = TextAreaField(_l("做了什么"), [Length(max=300)])
    hindrance = StringField(_l("没做成的原因"), [Length(max=300)])


class OwnWordForm(PublicForm):
    """自评 at the personal link; the rule says what is missing."""

    outcome = StringField(_l("兑现了吗"), [Length(max=20)])
    words = TextAreaField(_l("说明"), [Length(max=300)])
