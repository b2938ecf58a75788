"""What is done with old records: sealed, held, destroyed, opened again."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import HOLD_WORDS


class ReasonForm(TaskForm):
    reason = paragraph(_l("Reason"), _l("Write the reason."), longest=1000)


class HoldForm(TaskForm):
    reason = KindRadioField(_l("Reason"), [InputRequired(_l("Choose a reason."))], words=HOLD_WORDS)
    note = paragraph(_l("What for"), _l("Write what the hold is for."), longest=1000)


class LiftForm(TaskForm):
    note = paragraph(_l("Why it is over"), _l("Write why the hold is over."), longest=1000)
