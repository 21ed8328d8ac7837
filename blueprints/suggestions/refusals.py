"""What the suggestion box says when it will not do what was asked."""

from core.refusal import Refused
from core.text import _l


class TextMissing(Refused):
    sentence = _l("请写下具体情况，至少 %(least)s 个字，我们才知道是什么事。")


class TextTooLong(Refused):
    sentence = _l("最多 %(most)s 个字，现在有 %(n)s 个字，请删短一些。")


class ClassifiedText(Refused):
    sentence = _l("标有“%(word)s”的内容不能在这里提交。请按保密规定送交，不要通过网络发送。")


class WhomMissing(Refused):
    sentence = _l("党员监督请写明是哪位党员：姓名，或者支部和楼道。")


class TooManyPhotos(Refused):
    sentence = _l("最多 %(most)s 张照片，请少选几张。")


class NotYetReceived(Refused):
    sentence = _l("收到日期不能晚于今天。")


class TooManyMessages(Refused):
    sentence = _l("这一处网络提交得太密了，请过一分钟再按一次“提交”，您写的内容还在下面。")
    status = 429


class CodeTooShort(Refused):
    sentence = _l("查询码是 16 位数字，您输入了 %(n)s 位，请对照回执再看一遍。")


class CodeMistyped(Refused):
    sentence = _l("有数字输错了（校验不符），请对照回执从左到右再核对一遍。")


class CodeUnknown(Refused):
    sentence = _l("没有查到这个查询码。请核对是不是本社区的回执；仍查不到，请打社区电话问一问。")


class TooManyGuesses(Refused):
    sentence = _l("试的次数太多了，请过一分钟再查。")
    status = 429


class WrongState(Refused):
    sentence = _l("这条意见现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


class NotOpenAnyMore(Refused):
    sentence = _l("这条意见已经是“%(state)s”，不能再这样办了。如有新的情况，请重新提一条。")
    status = 409


class WordsMissing(Refused):
    sentence = _l("请写下要补充的话。")


class AlreadyRated(Refused):
    sentence = _l("您已经评价过了，谢谢。")
    status = 409


class ReasonMissing(Refused):
    sentence = _l("请写明理由，提出人会看到。")


class WhereToMissing(Refused):
    sentence = _l("请写明可以向哪里提出（单位、电话），不能只说不受理。")


class SummaryMissing(Refused):
    sentence = _l("请用一句话写明是什么事（内容摘要）。")


class FindingMissing(Refused):
    sentence = _l("请写明核实到的情况。")


class NothingDone(Refused):
    sentence = _l("请写明办了什么；没有办成的，请写明原因和依据。")


class BlankLeft(Refused):
    sentence = _l("答复里还有没填的空（____），请填好或删掉再发。")


class LeadMissing(Refused):
    sentence = _l("请选择承办人。")


class NothingChosen(Refused):
    sentence = _l("还没有选中意见，请先在左边打勾。")


class NotForThem(Refused):
    sentence = _l("%(name)s不能承办这一条：内容涉及本人或其上级，或者没有办理意见的岗位。")


class DueDayPassed(Refused):
    sentence = _l("已经过了答复期限（%(day)s），不能再延期。请先向提出人说明情况。")


class NotLater(Refused):
    sentence = _l("新的期限要晚于现在的 %(day)s。")


class TooLong(Refused):
    sentence = _l("最多延到 %(day)s。")


class AlreadyAsked(Refused):
    sentence = _l("已经申请过延期，正等审批。")
    status = 409


class NothingAsked(Refused):
    sentence = _l("没有等待审批的延期申请。")
    status = 409


class OwnExtension(Refused):
    sentence = _l("自己申请的延期要由别人审批。请社区书记或街道办理。")
    status = 403


class StillDissatisfied(Refused):
    sentence = _l("提出人评价“不满意”，办结前请写明回访情况。")


class NoSuchNumber(Refused):
    sentence = _l("没有编号为“%(number)s”的意见，或者不能并到它上面。")


class NotSupervision(Refused):
    sentence = _l("只有“党员监督”类的举报才密封移送。")


class WhomToKeepFrom(Refused):
    sentence = _l("请选择这条意见说的是哪一位。")


class OnlySealed(Refused):
    sentence = _l("党员监督只能密封移送，不能公开转送，也不能不予受理。核实不是举报的，请先改类别。")


class NotForPublic(Refused):
    sentence = _l("提出人没有同意公开，或者内容涉及个人，这条答复不能公开。")
