"""Deciding whether the court takes a case."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import DECLINE_WORDS


class AcceptanceForm(TaskForm):
    override_reason = paragraph(
        _l("Why you accept it anyway"),
        description=_l("It is kept with the case. The referrer does not read it."),
    )


class DeclineForm(TaskForm):
    reason = KindRadioField(_l("Reason"), [InputRequired(_l("Choose a reason."))], words=DECLINE_WORDS)
    note = paragraph(_l("Note to the referrer"), description=_l("It stands in the letter, below the reason."))
