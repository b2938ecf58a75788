"""The ways a case ends: withdrawn, returned, dismissed."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, RecordRadioField, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import CLOSURE_WORDS, REASONS_TO_RETURN


class WithdrawalForm(TaskForm):
    person = RecordRadioField(_l("Who withdraws"), [InputRequired(_l("Choose who withdraws."))])
    reason = paragraph(_l("Reason"), description=_l("They need not give one."))

    def __init__(self, case, **kwargs):
        super().__init__(**kwargs)
        self.person.offer([case.respondent, *case.respondent.guardians])


class ReturnForm(TaskForm):
    reason = KindRadioField(
        _l("Reason"), [InputRequired(_l("Choose a reason."))], words=CLOSURE_WORDS, only=REASONS_TO_RETURN
    )
    note = paragraph(
        _l("Note to the referrer"),
        _l("Write what the referrer should know."),
        description=_l("What was done and what was not. It stands in the letter."),
    )


class KeepOpenForm(TaskForm):
    reason = paragraph(
        _l("What is still needed?"),
        _l("Write what is still needed."),
        description=_l("The coordinator reads this and talks with the family."),
    )


class DismissalRequestForm(TaskForm):
    note = paragraph(_l("Note to the judge"), description=_l("For example what went well."))
