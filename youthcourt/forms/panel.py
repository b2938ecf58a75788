"""Seating jurors, and standing them down."""

from wtforms.validators import InputRequired

from youthcourt.i18n import lazy as _l

from .base import TaskForm
from .fields import RecordRadioField, paragraph
from .slots import known


class SeatForm(TaskForm):
    juror = RecordRadioField(
        _l("Who takes the seat?"), [InputRequired(_l("Choose a juror.")), known], validate_choice=False
    )

    def __init__(self, candidates):
        """Offers those who may sit. Somebody else who is named gets the rule for an answer."""
        super().__init__()
        self.juror.offer([each.juror for each in candidates])
        may_sit = {str(each.juror.id) for each in candidates if each.may_sit}
        self.juror.choices = [choice for choice in self.juror.choices if choice.value in may_sit]


class ReasonForm(TaskForm):
    """One reason, in words."""

    reason = paragraph(_l("Reason"), _l("Write the reason."), longest=1000, render_kw={"rows": 3})
