"""Who may do which kind of thing at all. Data; whose business it is, and when, is asked elsewhere."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody does in this court."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    JUDGE = "judge"
    JUROR = "juror"
    FAMILY = "family"


class Permission(StrEnum):
    """One kind of act, written noun:verb."""

    SEE_DESK = "desk:see"
    SEE_CASE = "case:see"
    RECEIVE_REFERRAL = "referral:receive"
    SCREEN_CASE = "case:screen"
    HOLD_INTAKE = "intake:hold"
    CLOSE_CASE = "case:close"
    DISMISS_CASE = "case:dismiss"
    SEE_DOCKET = "docket:see"
    KEEP_SESSION = "session:keep"
    REOPEN_SESSION = "session:reopen"
    PLACE_HEARING = "hearing:place"
    ADJOURN_HEARING = "hearing:adjourn"
    RUN_HEARING = "hearing:run"
    LEAD_HEARING = "hearing:lead"
    STOP_HEARING = "hearing:stop"
    KEEP_JUDGE_NOTE = "judge_note:keep"
    SEAT_PANEL = "panel:seat"
    KEEP_SAFE_CONTACT = "safe_contact:keep"
    SEE_PEOPLE = "people:see"
    KEEP_JURORS = "juror:keep"
    SEE_OWN_SITTINGS = "sitting:see_own"
    DELIBERATE = "deliberation:record"
    SIGN_ORDER = "order:sign"
    ANSWER_ORDER = "order:answer"
    NOTE_ANSWER = "order:note_answer"
    CREDIT_SERVICE = "service:credit"
    SEE_OWN_CASE = "case:see_own"
    PRINT_PAPER = "paper:print"
    PRINT_OWN_PAPER = "paper:print_own"
    WITHDRAW_PAPER = "paper:withdraw"
    SEE_REPORT = "report:see"
    SEE_SETTINGS = "settings:see"
    CHANGE_SETTINGS = "settings:change"
    KEEP_ACCOUNTS = "account:keep"
    KEEP_STAFF = "staff:keep"
    KEEP_OWN_ACCOUNT = "account:keep_own"
    SEE_ACCESS_LOG = "access_log:see"
    REMOVE_LOST_FACTOR = "factor:remove_lost"
    GIVE_TABLET_CODE = "tablet_code:give"
    SEE_RETENTION = "retention:see"
    SEAL_CASE = "case:seal"
    HOLD_CASE = "case:hold"
    PURGE_CASE = "case:purge"
    SEE_SEALED = "sealed:see"


# Whoever works for the court. They show a second factor when they sign in.
STAFF = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.JUDGE})

# Which roles somebody may give and take. Nobody gives one above their own, or changes their own.
MAY_GIVE: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.COORDINATOR: frozenset({Role.JUROR, Role.FAMILY}),
}

P = Permission

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            P.SEE_DESK,
            P.SEE_SETTINGS,
            P.CHANGE_SETTINGS,
            P.KEEP_ACCOUNTS,
            P.KEEP_STAFF,
            P.KEEP_OWN_ACCOUNT,
            P.SEE_ACCESS_LOG,
            P.REMOVE_LOST_FACTOR,
            P.SEE_RETENTION,
            P.SEAL_CASE,
            P.PURGE_CASE,
            P.SEE_SEALED,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            P.SEE_DESK,
            P.SEE_CASE,
            P.RECEIVE_REFERRAL,
            P.SCREEN_CASE,
            P.HOLD_INTAKE,
            P.CLOSE_CASE,
            P.KEEP_SAFE_CONTACT,
            P.SEE_DOCKET,
            P.KEEP_SESSION,
            # Whoever closes a night may correct it: in a court of one person nobody else could. It never goes
            # unnoticed: it asks for the password again and a reason, which its judges see and the day keeps.
            P.REOPEN_SESSION,
            P.PLACE_HEARING,
            P.ADJOURN_HEARING,
            P.RUN_HEARING,
            P.LEAD_HEARING,
            P.STOP_HEARING,
            P.SEAT_PANEL,
            P.SEE_PEOPLE,
            P.KEEP_JURORS,
            P.GIVE_TABLET_CODE,
            P.CREDIT_SERVICE,
            P.NOTE_ANSWER,
            P.PRINT_PAPER,
            P.WITHDRAW_PAPER,
            P.SEE_REPORT,
            P.SEE_SETTINGS,
            P.CHANGE_SETTINGS,
            P.KEEP_ACCOUNTS,
            P.KEEP_OWN_ACCOUNT,
            P.SEE_ACCESS_LOG,
            P.SEE_RETENTION,
            P.SEAL_CASE,
            P.HOLD_CASE,
            P.PURGE_CASE,
        }
    ),
    Role.JUDGE: frozenset(
        {
            P.SEE_DESK,
            P.SEE_CASE,
            P.SEE_DOCKET,
            P.RUN_HEARING,
            P.LEAD_HEARING,
            P.STOP_HEARING,
            P.KEEP_JUDGE_NOTE,
            P.SIGN_ORDER,
            P.DISMISS_CASE,
            P.PRINT_PAPER,
            P.KEEP_OWN_ACCOUNT,
        }
    ),
    Role.JUROR: frozenset({P.SEE_DESK, P.SEE_OWN_SITTINGS, P.DELIBERATE, P.LEAD_HEARING, P.KEEP_OWN_ACCOUNT}),
    Role.FAMILY: frozenset(
        {P.SEE_DESK, P.SEE_OWN_CASE, P.ANSWER_ORDER, P.PRINT_OWN_PAPER, P.KEEP_OWN_ACCOUNT}
    ),
}

# What a juror may do who signed in with a code on the court's tablet, whatever else they may at home.
AT_TABLET = frozenset({P.SEE_DESK, P.DELIBERATE, P.LEAD_HEARING})
# And what a family may do there. A paper would stay behind in the tablet.
FAMILY_AT_TABLET = frozenset({P.SEE_DESK, P.SEE_OWN_CASE, P.ANSWER_ORDER})
