"""How far a case can have come, and what may follow: the one table of stages."""

from __future__ import annotations

from enum import StrEnum

from youthcourt.i18n import lazy as _l


class CaseStage(StrEnum):
    """How far a case has come."""

    REFERRED = "referred"
    INTAKE_DUE = "intake_due"
    INTAKE_HELD = "intake_held"
    ADMITTED = "admitted"
    HEARING_SET = "hearing_set"
    HEARD = "heard"
    PROPOSED = "proposed"
    ACTIVE = "active"
    COMPLETION_REVIEW = "completion_review"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    COMPLETED = "completed"


S = CaseStage

NEXT_STAGES: dict[CaseStage, frozenset[CaseStage]] = {
    S.REFERRED: frozenset({S.INTAKE_DUE, S.DECLINED, S.WITHDRAWN}),
    S.INTAKE_DUE: frozenset({S.INTAKE_HELD, S.DECLINED, S.WITHDRAWN}),
    S.INTAKE_HELD: frozenset({S.ADMITTED, S.DECLINED, S.WITHDRAWN}),
    S.ADMITTED: frozenset({S.HEARING_SET, S.WITHDRAWN, S.RETURNED}),
    S.HEARING_SET: frozenset({S.ADMITTED, S.HEARD, S.WITHDRAWN, S.RETURNED}),
    S.HEARD: frozenset({S.HEARING_SET, S.PROPOSED, S.WITHDRAWN, S.RETURNED}),
    S.PROPOSED: frozenset({S.HEARD, S.ACTIVE, S.WITHDRAWN, S.RETURNED}),
    # Back to the judge, when the order is taken back.
    S.ACTIVE: frozenset({S.PROPOSED, S.COMPLETION_REVIEW, S.WITHDRAWN, S.RETURNED}),
    S.COMPLETION_REVIEW: frozenset({S.ACTIVE, S.COMPLETED, S.WITHDRAWN, S.RETURNED}),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.RETURNED: frozenset(),
    S.COMPLETED: frozenset(),
}

CLOSED_STAGES = frozenset(stage for stage, following in NEXT_STAGES.items() if not following)
BEFORE_ADMISSION = frozenset({S.REFERRED, S.INTAKE_DUE, S.INTAKE_HELD})

STAGE_WORDS = {
    S.REFERRED: _l("To decide"),
    S.INTAKE_DUE: _l("Waiting for intake"),
    S.INTAKE_HELD: _l("Waiting for agreement"),
    S.ADMITTED: _l("To be scheduled"),
    S.HEARING_SET: _l("Hearing set"),
    S.HEARD: _l("With the panel"),
    S.PROPOSED: _l("With the judge"),
    S.ACTIVE: _l("Working on the plan"),
    S.COMPLETION_REVIEW: _l("Ready to close"),
    S.DECLINED: _l("Not accepted"),
    S.WITHDRAWN: _l("Withdrawn"),
    S.RETURNED: _l("Returned to referrer"),
    S.COMPLETED: _l("Completed"),
}
