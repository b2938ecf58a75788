"""What the court keeps. Importing this room makes every table known."""

from .accounts.authenticator import Authenticator
from .accounts.county_identity import CountyIdentity
from .accounts.invitation import Invitation, PasswordReset
from .accounts.passkey import ChallengePurpose, Passkey, PasskeyChallenge
from .accounts.recovery_code import RecoveryCode
from .accounts.signed_in import (
    WHY_ENDED_WORDS,
    HowSignedIn,
    SignedIn,
    WhyEnded,
    end_sign_ins,
)
from .accounts.tablet_code import TabletCode
from .accounts.throttle import Attempt, Door
from .accounts.user import RoleGrant, User, recognise
from .audit import AuditEvent
from .audit_chain import AuditHead
from .case import Case
from .case_stage import CLOSED_STAGES, NEXT_STAGES, STAGE_WORDS, CaseStage
from .completion.closure import (
    CLOSURE_WORDS,
    REASONS_TO_RETURN,
    Closure,
    ClosureReason,
    CompletionReview,
    Outcome,
)
from .completion.obligation import (
    OBLIGATION_WORDS,
    Excusal,
    Extension,
    Obligation,
    ObligationState,
    ServiceRecord,
)
from .completion.retention import (
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
from .completion.sealing import SealedPerson, Sealing, seeing_sealed
from .completion.time_credit import Account, TimeCredit
from .court.adjournment import ADJOURNMENT_WORDS, Adjournment, AdjournmentReason
from .court.arrival import Arrival
from .court.attendance import Attendance
from .court.court import (
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
from .court.court_session import CourtSession, TimeBlock
from .court.docket_version import DocketChange, DocketRow, DocketVersion, juror_times
from .court.extra_paper import FACTS_OF_EXTRA_PAPER, ExtraPaper
from .court.family_absence import FamilyAbsence
from .court.hearing import Hearing
from .court.hearing_step import PROGRESS_WORDS, STEP_WORDS, HearingStep, Progress, Step
from .court.in_the_room import WORDS_KEPT_AT, QuestionAsked, WordsSaid
from .court.judge_note import JudgeNote
from .court.look import SHEET_WORDS, USUAL_INK, Look, Sheet, looked_at
from .court.monitor_remark import MonitorRemark
from .court.on_docket import LIVE_STATES, HearingState
from .court.packet import (
    PACKET_STATE_WORDS,
    PACKET_WORDS,
    Packet,
    PacketKind,
    PacketState,
    forget_papers,
    sweep_papers,
)
from .court.paper_text import PaperText
from .court.preparation import (
    HOW_SERVED_WORDS,
    HowServed,
    InterpreterBooking,
    NoticeServed,
    PaperPrint,
)
from .court.printed_paper import PrintedPaper
from .court.question_set import QuestionSet, Section
from .court.readiness import Lack, Missing, papers_to_print
from .court.reopening import Reopening
from .court.script import (
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
from .court.word_form import WordForm
from .decision.deliberation import Deliberation, Phase
from .decision.family_answer import (
    APPEAL_WORDS,
    HOW_ANSWERED_WORDS,
    Acceptance,
    Appeal,
    AppealAnswer,
    AppealItem,
    HowAnswered,
    Rejection,
)
from .decision.finding import ANSWER_WORDS, QUESTION_WORDS, Answer, Finding, Question
from .decision.order import DispositionOrder
from .decision.order_draft import Difference, Item, OrderItem
from .decision.proposal import PURPOSE_WORDS, Proposal, Purpose
from .decision.sign_off import SignOff, SignOffAnswer
from .decision.step_note import TABLE_STEP_WORDS, StepNote, TableStep
from .decision.unsigning import Unsigning
from .decision.voting import RoundState, Voter, VotingRound
from .decision.worksheet import FEWEST_TOLD, Idea, Rating, Worksheet
from .draft import Draft
from .intake.appointment import Appointment
from .intake.intake import (
    HOW_SIGNED_WORDS,
    Agreement,
    HowSigned,
    Interview,
    Party,
    Withdrawal,
)
from .intake.referral import Companion, PersonHarmed, Referral
from .intake.safe_contact import SafeContact
from .intake.screening import DECLINE_WORDS, DeclineReason, Screening
from .issued_paper import STATE_OF_PAPER_WORDS, IssuedPaper, PaperKind, PaperState, PaperWithdrawal
from .jury.availability import WEEK_WORDS, Availability, Week
from .jury.draw import AT_WORK, STATE_WORDS, Bar, Draw, DrawKind, DrawState, Pin
from .jury.juror import SITTING_WORDS, Absence, Juror, Sitting, SittingState, Training
from .jury.open_date import OpenDate, Taking
from .jury.panel import Panel, Post, Seat
from .jury.replacement import Replacement
from .jury.schedule import JurorSchedule, ScheduledDay, ScheduledPlace, published_for
from .jury.seating_rules import (
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
from .jury.swap import OPEN_STATES, SWAP_WORDS, Swap, SwapState
from .jury.withheld_credit import WithheldCredit
from .letter import Letter, LetterKind
from .person import TIE_WORDS, Guardianship, Person, Tie, TieKind, namesakes, short_name
from .reading import ReadingReview, UnusualReading
from .submission import Submission
