"""The index of all data: every record by area; ALL in creation order (what others point at comes first)."""

from blueprints.ballots.models import (
    AuditSlip,
    BoxEntry,
    CallBoard,
    Feedback,
    MovingTrip,
    Nominee,
    PaperBox,
    Poll,
    PollClass,
    PollEvent,
    Proxy,
    Recount,
    RollEntry,
    Scrutineer,
)
from blueprints.boards.models import Commitment, CommitmentStep, Consent, OwnCategory, PostingLog, Progress
from blueprints.bodies.models import (
    Body,
    BodyActivity,
    BodyMember,
    Charter,
    ContactPoint,
    ContactVisit,
    Focus,
    PolicyDocument,
)
from blueprints.cobuilding.models import (
    Agreement,
    AgreementTask,
    Instructor,
    JobOffer,
    Liaison,
    MemberUnit,
    MutualReview,
    Pairing,
    UnitRequest,
)
from blueprints.disclosures.models import Disclosure, DisclosureItem
from blueprints.elections.models import (
    ElectionCandidate,
    ElectionDocument,
    ElectionProcess,
    ElectionStage,
    ElectionStep,
)
from blueprints.evaluation.models import (
    Answers,
    Appraisal,
    BranchYear,
    Commendation,
    EvaluationRound,
    Finding,
    Heard,
    OwnWord,
    SlipCount,
    SlipSum,
)
from blueprints.inservice.models import CheckIn, CheckInTask, Contact, EmergencyTeam, Inquiry, Opinion, Service
from blueprints.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingSeries,
    MeetingStep,
    Resolution,
    ResolutionOwner,
    ResolutionStep,
    SeriesMember,
)
from blueprints.meetings.writings import Corrigendum, Delivery, Proposal, RecordAside, RecordLine, RecordWriter
from blueprints.notices.models import (
    Notice,
    NoticeAttachment,
    NoticeObjection,
    NoticePosting,
    NoticeStep,
    NoticeUnsaved,
    NoticeWord,
)
from blueprints.organisation.models import AreaPart, GridPost, OrgEvent, OrgFormer
from blueprints.people.models import FormerBranch, PartyMember, Representative
from blueprints.plans.models import AnnualPlan, JointActivity, PlanItem
from blueprints.sharing.models import Booking, BookingSlot, Need, Project, SharedResource
from blueprints.sixones.models import SixOnesNote
from blueprints.suggestions.models import (
    Assist,
    Concern,
    Extension,
    ReceiptSalt,
    Reply,
    ReplyTemplate,
    SavedFilter,
    Suggestion,
    SuggestionPhoto,
    SuggestionStep,
    SuggestionWord,
)
from blueprints.visits.models import HomeVisit
from blueprints.workaccess.models import DemandedForm, StandingForm, Unadmitted, WorkRequest, WorkStep
from core.db import Record
from core.records.ledgers import Evidence
from core.records.papers import Blob, IssuedPaper, PrintRun
from core.records.people import Account, Person, RoleGrant
from core.records.places import PartyOrg, Place
from core.records.work import (
    AuditDetail,
    AuditEntry,
    AuditHead,
    CalendarDay,
    CalendarYear,
    Counter,
    HeaderMeaning,
    ImportBatch,
    ImportChange,
    Job,
    Link,
    Setting,
    UsedForm,
)

CORE: list[type[Record]] = [
    Place, PartyOrg, Person, Account, RoleGrant, AuditEntry, AuditDetail, AuditHead, Blob, IssuedPaper, PrintRun,
    Job, Setting, Counter, ImportBatch, ImportChange, HeaderMeaning, Link, CalendarDay, CalendarYear, UsedForm, Evidence,
]  # fmt: skip
PEOPLE: list[type[Record]] = [PartyMember, FormerBranch, Representative]
BOARDS: list[type[Record]] = [OwnCategory, Commitment, CommitmentStep, Progress, Consent, PostingLog]
ORGANISATION: list[type[Record]] = [GridPost, AreaPart, OrgFormer, OrgEvent]
COBUILDING: list[type[Record]] = [
    MemberUnit, Liaison, Instructor, Agreement, AgreementTask, Pairing, UnitRequest, JobOffer, MutualReview,
]  # fmt: skip
SHARING: list[type[Record]] = [SharedResource, Need, Project, Booking, BookingSlot]
PLANS: list[type[Record]] = [AnnualPlan, PlanItem, JointActivity, SixOnesNote]
MEETINGS: list[type[Record]] = [
    MeetingSeries, SeriesMember, Meeting, MeetingStep, Attendance, AgendaItem, Resolution, ResolutionOwner,
    ResolutionStep, Proposal, RecordLine, RecordAside, RecordWriter, Delivery, Corrigendum,
]  # fmt: skip
BODIES: list[type[Record]] = [Body, BodyMember, Charter, Focus, BodyActivity, PolicyDocument]
WORK_ACCESS: list[type[Record]] = [WorkRequest, WorkStep, DemandedForm, StandingForm, Unadmitted]
IN_SERVICE: list[type[Record]] = [CheckIn, CheckInTask, Service, Inquiry, Opinion, Contact, EmergencyTeam]
NOTICES: list[type[Record]] = [
    Notice, NoticeAttachment, NoticeStep, NoticeObjection, NoticePosting, NoticeUnsaved, NoticeWord,
]  # fmt: skip
DISCLOSURES: list[type[Record]] = [DisclosureItem, Disclosure]
SUGGESTIONS: list[type[Record]] = [
    Suggestion, SuggestionStep, Concern, Assist, Extension, Reply, SuggestionPhoto, ReceiptSalt, SuggestionWord, SavedFilter,
    ReplyTemplate,
]  # fmt: skip
BALLOTS: list[type[Record]] = [
    Poll, PollClass, Nominee, PaperBox, RollEntry, Scrutineer, MovingTrip, Proxy, BoxEntry,
    CallBoard, AuditSlip, PollEvent, Recount, Feedback,
]  # fmt: skip
VISITS: list[type[Record]] = [HomeVisit]
CONTACT_POINTS: list[type[Record]] = [ContactPoint, ContactVisit]
ELECTIONS: list[type[Record]] = [
    ElectionProcess, ElectionStage, ElectionStep, ElectionDocument, ElectionCandidate,
]  # fmt: skip
EVALUATION: list[type[Record]] = [
    EvaluationRound, OwnWord, Heard, Answers, SlipCount, SlipSum, Finding, BranchYear, Appraisal, Commendation,
]  # fmt: skip
ALL: list[type[Record]] = [
    *CORE, *ORGANISATION, *PEOPLE, *BOARDS, *COBUILDING, *SHARING, *PLANS, *MEETINGS, *BODIES, *WORK_ACCESS, *IN_SERVICE,
    *NOTICES, *DISCLOSURES, *SUGGESTIONS, *VISITS, *CONTACT_POINTS, *BALLOTS, *ELECTIONS, *EVALUATION,
]  # fmt: skip

__all__ = ["ALL", *[record.__name__ for record in ALL]]
