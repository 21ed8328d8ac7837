"""What the ballot box refuses, each with the one sentence a voter or a scrutineer reads."""


def N_(sentence):
    """Marks a sentence for the catalogue without translating it: the page that shows it knows the language."""
    return sentence


class Refused(Exception):
    """Like core's refusals, but without the main application, which the voting pages never load."""

    sentence = N_("这一步不能进行。")
    status = 409

    def __init__(self, **values):
        self.values = values
        super().__init__(self.sentence % values if values else self.sentence)


class CodeMalformed(Refused):
    sentence = N_("票码是 16 个字母和数字，请照票码条逐个核对后重新输入。")
    status = 422


class CodeUnknown(Refused):
    sentence = N_("没有这个票码。请照票码条逐个核对后重新输入；仍然不行，请找监票人。")
    status = 422


class TooManyWrongCodes(Refused):
    sentence = N_("这里输错的票码太多，请过一分钟再试。")
    status = 429


class SlipUsed(Refused):
    sentence = N_("此票已在票箱。若刚才断网，无须重投；若不是您投的，请找监票人。")


class SlipSurrendered(Refused):
    sentence = N_("此票码条已换领纸质选票，不能再在这里投票。")


class SlipSpoiled(Refused):
    sentence = N_("此票码条已登记作废。如需换领，请找监票人。")


class SlipNotCast(Refused):
    sentence = N_("这张票码条没有投过票，不能登记为抽查票。")


class VotingNotOpen(Refused):
    sentence = N_("投票还没有开始，请稍后再来。票码仍然有效。")


class VotingClosed(Refused):
    sentence = N_("投票已经截止，不再收票。")


class VotingInterrupted(Refused):
    sentence = N_("投票已中断，请等候监票人处理。票码条请保留。")


class BoxNotSealed(Refused):
    sentence = N_("票箱还没有封箱，不能开始投票。请先封箱并保管好密钥单。")


class BoxStillOpen(Refused):
    sentence = N_("投票还没有截止，不能开箱。")


class BoxAlreadyOpened(Refused):
    sentence = N_("票箱已经开箱，不能再次开放投票。如需重投，请另建投票。")


class BoxAlreadyUsed(Refused):
    sentence = N_("投票已经开始，不能再加印票码条。")


class BoxAlreadySealed(Refused):
    sentence = N_("票箱已经封箱，不能再次封箱。")


class BoxBehindItsCounter(VotingInterrupted):
    sentence = N_("票箱里的票少于记录，可能恢复了旧文件。投票已中断，请监票人核对已用票码条。")


class BallotChanged(VotingInterrupted):
    sentence = N_("选票内容与封箱时不一致，投票已中断，请找监票人。")


class BodySizeWrong(Refused):
    sentence = N_("选票大小不符，没有投入票箱。请返回重填。")


class BodyMalformed(Refused):
    sentence = N_("有一张选票的内容无法辨认。")
    status = 422


class LineTooLong(Refused):
    sentence = N_("“%(text)s”太长，写不下。每行最多 31 个汉字，请缩短。")
    status = 422


class SheetMissing(Refused):
    sentence = N_("只录入了一张密钥单，还需要另一位保管人的密钥单。")
    status = 422


class SheetTooMany(Refused):
    sentence = N_("录入的密钥单太多。请只录入其中 %(needed)s 张，其余收好。")
    status = 422


class SheetRepeated(Refused):
    sentence = N_("两次录入的是同一张密钥单，请换另一位保管人的那张。")
    status = 422


class SheetWordUnknown(Refused):
    sentence = N_("第 %(sheet)s 张密钥单第 %(word)s 个词“%(text)s”不在词表内，请照单核对。")
    status = 422


class SheetLengthWrong(Refused):
    sentence = N_("第 %(sheet)s 张密钥单应有 33 个词，现在是 %(count)s 个，请照单核对。")
    status = 422


class SheetMiscopied(Refused):
    sentence = N_("第 %(sheet)s 张密钥单有词抄错或次序颠倒，请照单核对。")
    status = 422


class SheetsOfAnotherBox(Refused):
    sentence = N_("录入的密钥单不是这个票箱的，请核对密钥单上的投票名称。")
    status = 422


class SealingFailed(Refused):
    sentence = N_("封箱自检没有通过，没有生成密钥单。请重试；仍然不行，请改用纸质选票。")
