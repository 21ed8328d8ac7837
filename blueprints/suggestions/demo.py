"""The example community's suggestion box: a message in every state, one late, one nearly, one that nobody here may see."""

import secrets
from collections.abc import Iterator
from datetime import date

from blueprints.organisation.queries import stairwell_called
from blueprints.suggestions import extensions, handling, leaving, rules, templates
from blueprints.suggestions.models import Kind, Pace, Rating, Source, Suggestion
from core import clock
from core.access import Actor
from core.records.people import Account
from core.records.places import Place
from core.workdays import add_workdays

# Working days ago, kind, where, what was said; then each step with its working day.
BOX = (
    (30, Kind.SUGGESTION, "5幢3单元", "活动室晚上8点就关门，上班的人用不上，建议延长开放时间。",
     (30, "register", "建议延长活动室开放时间"), (29, "assign"), (28, "start"),
     (25, "reply", "活动室原定20:00关门，确有居民下班后无法使用。", "本周起延长到20:30，由党员志愿者轮流值守。"),
     (24, "rate", Rating.SATISFIED, "谢谢"), (23, "close"), (15, "archive")),
    (22, Kind.COMPLAINT, "8幢2单元", "8幢西侧垃圾分类点清运不及时，天热有气味。",
     (22, "register", "8幢垃圾分类点清运不及时"), (21, "assign"), (20, "start"),
     (17, "reply", "现场查看属实，该点每日只清运一次。", "物业已改为每日早晚各清运一次，并冲洗地面。"),
     (15, "rate", Rating.FAIRLY, ""), (14, "close")),
    (13, Kind.OPINION, "12幢5单元", "楼道里堆着旧家具，担心着火跑不出去。",
     (13, "register", "12幢5单元楼道堆物"), (12, "assign"), (11, "start"),
     (3, "reply", "已上门查看，堆物属两户居民。", "一户已搬走，另一户约定本月底前清完，楼组长跟进。")),
    (12, Kind.HELP, "6幢1单元", "老人行动不便，想问助餐能不能送上门。",
     (12, "register", "询问助餐上门"), (11, "assign"), (10, "wait", "日间照料中心正在确定送餐人员，确定后即可上门。")),
    (13, Kind.COMPLAINT, "3幢2单元", "3幢门前的路灯坏了一个多月，晚上看不清台阶。",
     (13, "register", "3幢门前路灯不亮"), (12, "assign"), (11, "start"),
     (1, "extend", "灯杆基座需要更换，配件还没有到。")),
    (9, Kind.COMPLAINT, "9幢4单元", "有人从窗户拉线给电动车充电，请管一管。",
     (9, "register", "9幢飞线充电", Pace.SIMPLE), (8, "assign"), (7, "start")),
    (5, Kind.SUGGESTION, "2幢1单元", "希望在小广场加装两处休息座椅。", (5, "register", "小广场加装座椅"), (4, "assign")),
    (4, Kind.SUGGESTION, "2幢4单元", "小广场没有坐的地方，老人站着聊天太累。",
     (4, "register", "小广场加装座椅"), (3, "merge", "2幢1单元")),
    (6, Kind.COMPLAINT, "15幢1单元", "小区外马路上的窨井盖响，夜里吵得睡不着。",
     (6, "register", "小区外马路窨井盖异响"), (5, "transfer", "街道市政管理所", "小区外市政道路由市政管理所养护。")),
    (7, Kind.OPINION, "", "楼上装修吵，要求社区罚款。",
     (7, "reject", "社区没有罚款的权力。", "物业服务中心、城管热线；我们可以上门调解。")),
    (8, Kind.OPINION, "7幢3单元", "孩子在楼下踢球砸到车，后来已经说清楚了。", (7, "withdraw")),
    (10, Kind.SUPERVISION, "", "反映一名支部委员借帮忙办事收受礼品。",
     (10, "register", "反映支部委员作风问题"), (9, "seal", "街道纪检监察工委")),
    (3, Kind.OPINION, "", "接待日去了两次都没有等到人。"),
    (2, Kind.PRAISE, "14幢3单元", "楼道长帮独自在家的老人修好了水龙头，特别感谢。", (2, "register", "表扬楼道长")),
    (0, Kind.COMPLAINT, "10幢2单元", "单元门的门禁坏了，谁都能进。"),
    (0, Kind.SUGGESTION, "4幢6单元", "建议把公示栏的字印大一点，老人看不清。"),
)  # fmt: skip
ABOUT = {"反映一名支部委员借帮忙办事收受礼品。": "一名支部委员", "接待日去了两次都没有等到人。": "书记"}


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Everybody's messages on their days; the clerk registers and answers, the secretary assigns and closes."""
    templates.begin(staff["干事"], place)
    box: dict[str, Suggestion] = {}
    steps = [(-message[0], turn, message, None) for turn, message in enumerate(BOX)]
    steps += [(-step[0], turn, message, step) for turn, message in enumerate(BOX) for step in message[4:]]
    for ago, _turn, (_ago, kind, where, text, *_steps), step in sorted(steps, key=lambda row: row[:2]):
        yield add_workdays(today, ago)[0]
        if step is None:
            box[where or text] = box[text] = _submit(place, kind, where, text)
        else:
            _act(staff, box, box[text], *step[1:])


def _submit(place: Place, kind: Kind, where: str, text: str) -> Suggestion:
    message = rules.Message(
        kind=kind, text=text, stairwell=stairwell_called(place, where), consent=True,
        about=ABOUT.get(text, ""),
    )  # fmt: skip
    return rules.submit(place, message, secrets.token_urlsafe(12), source=Source.ONLINE)[0]


def _act(staff: dict[str, Actor], box: dict[str, Suggestion], row: Suggestion, verb: str, *words) -> None:
    """One step, by whoever takes it in an office."""
    secretary, deputy = staff["书记"], staff["副书记"]
    row = Suggestion.get_by_id(row.id)
    # Words about somebody with a post are not for the clerk to read.
    clerk = deputy if row.kind is Kind.SUPERVISION else staff["干事"]
    at = (row, row.version)
    match verb:
        case "register":
            handling.register(clerk, *at, words[0], row.kind, *(words[1:] or (Pace.ORDINARY,)))
        case "assign":
            handling.assign(secretary, *at, Account.get_by_id(clerk.account_id))
        case "reply":
            handling.reply(clerk, *at, *words, publish=handling.may_publish(row))
        case "rate":
            rules.rate(row, *words, secrets.token_urlsafe(12))
        case "withdraw":
            rules.withdraw(row, secrets.token_urlsafe(12))
        case "merge":
            leaving.merge(clerk, *at, box[words[0]])
        case "extend":
            extensions.ask(clerk, *at, add_workdays(clock.today(), 9)[0], *words)
        case "seal":
            leaving.seal(deputy, *at, *words, pages=1)
        case "reject" | "transfer":
            getattr(leaving, verb)(clerk, *at, *words)
        case "close" | "archive":
            getattr(handling, verb)(secretary, *at)
        case _:
            getattr(handling, verb)(clerk, *at, *words)
