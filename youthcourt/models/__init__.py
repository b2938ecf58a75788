"""What the court keeps. Importing this room makes every table known."""

from .adjournment import ADJOURNMENT_WORDS, Adjournment, AdjournmentReason
from .arrival import Arrival
from .attendance import Attendance
from .audit import AuditEvent
from .audit_chain import AuditHead
from .authenticator import Authenticator
from .availability import WEEK_WORDS, Availability, Week
from .case import Case
from .case_stage import CLOSED_STAGES, NEXT_STAGES, STAGE_WORDS, CaseStage
from .closure import CLOSURE_WORDS, REASONS_TO_RETURN, Closure, ClosureReason, CompletionReview, Outcome
from .county_identity import CountyIdentity
from .court import (
    ACTIVITY_WORDS,
    UNIT_OF,
    ActivityKind,
    Agency,
    Court,
    DecisionRule,
    GridLine,
    Offence,
    ReportingPeriod,
    Room,
    SanctionActivity,
    School,
    ServiceSite,
    Unit,
)
from .court_session import CourtSession, TimeBlock
from .deliberation import Deliberation, Phase
from .docket_version import DocketChange, DocketRow, DocketVersion, juror_times
from .draft import Draft
from .draw import AT_WORK, STATE_WORDS, Bar, Draw, DrawKind, DrawState, Pin
from .family_absence import FamilyAbsence
from .family_answer import (
    APPEAL_WORDS,
    HOW_ANSWERED_WORDS,
    Acceptance,
    Appeal,
    AppealAnswer,
    AppealItem,
    HowAnswered,
    Rejection,
)
from .finding import ANSWER_WORDS, QUESTION_WORDS, Answer, Finding, Question
from .hearing import Hearing
from .hearing_step import PROGRESS_WORDS, STEP_WORDS, HearingStep, Progress, Step
from .in_the_room import WORDS_KEPT_AT, QuestionAsked, WordsSaid
from .intake import HOW_SIGNED_WORDS, Agreement, HowSigned, Interview, Party, Withdrawal
from .invitation import Invitation, PasswordReset
from .issued_paper import IssuedPaper, PaperKind
from .judge_note import JudgeNote
from .juror import SITTING_WORDS, Absence, Juror, Sitting, SittingState, Training
from .letter import Letter, LetterKind
from .monitor_remark import MonitorRemark
from .obligation import OBLIGATION_WORDS, Excusal, Extension, Obligation, ObligationState, ServiceRecord
from .on_docket import LIVE_STATES, HearingState
from .open_date import OpenDate, Taking
from .order import DispositionOrder
from .order_draft import Difference, Item, OrderItem
from .panel import Panel, Post, Seat
from .passkey import ChallengePurpose, Passkey, PasskeyChallenge
from .person import TIE_WORDS, Guardianship, Person, Tie, TieKind, namesakes, short_name
from .preparation import HOW_SERVED_WORDS, HowServed, InterpreterBooking, NoticeServed, PaperPrint
from .proposal import PURPOSE_WORDS, Proposal, Purpose
from .question_set import QuestionSet, Section
from .readiness import Lack, Missing, papers_to_print
from .reading import ReadingReview, UnusualReading
from .recovery_code import RecoveryCode
from .referral import Companion, PersonHarmed, Referral
from .reopening import Reopening
from .replacement import Replacement
from .retention import (
    BLOCKED_WORDS,
    HOLD_WORDS,
    RECORD_WORDS,
    TRIGGER_WORDS,
    Blocked,
    CaseFigure,
    Destruction,
    HoldReason,
    LegalHold,
    ParticipationMark,
    Purge,
    RecordKind,
    RetentionDate,
    RetentionRule,
    Trigger,
)
from .safe_contact import SafeContact
from .schedule import JurorSchedule, ScheduledDay, ScheduledPlace, published_for
from .screening import DECLINE_WORDS, DeclineReason, Screening
from .script import (
    LINES,
    SAID_OF_CASE,
    SCRIPT,
    SPEAKER_WORDS,
    Line,
    Only,
    ScriptLine,
    Speaker,
    Spoken,
    filled,
    spoken,
    statements_in,
    voices_in,
)
from .sealing import SealedPerson, Sealing, seeing_sealed
from .seating_rules import (
    AIM_HINTS,
    AIM_WORDS,
    EXPERIENCE_WORDS,
    ROLE_WORDS,
    TRAINED_ROLES,
    Aim,
    Experience,
    SeatingRules,
    SeatRole,
)
from .sign_off import SignOff, SignOffAnswer
from .signed_in import WHY_ENDED_WORDS, HowSignedIn, SignedIn, WhyEnded, end_sign_ins
from .step_note import TABLE_STEP_WORDS, StepNote, TableStep
from .submission import Submission
from .swap import OPEN_STATES, SWAP_WORDS, Swap, SwapState
from .tablet_code import TabletCode
from .throttle import Attempt, Door
from .time_credit import Account, TimeCredit
from .unsigning import Unsigning
from .user import RoleGrant, User, recognise
from .voting import RoundState, Voter, VotingRound
from .withheld_credit import WithheldCredit
from .worksheet import FEWEST_TOLD, Idea, Rating, Worksheet
