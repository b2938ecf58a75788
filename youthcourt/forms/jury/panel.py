"""Seating jurors, and standing them down."""

from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import RecordRadioField, paragraph
from youthcourt.forms.slots import known
from youthcourt.i18n import lazy as _l

# How many are proposed where somebody leaves; the page that fills a seat names everybody.
MOST_PROPOSED = 6


class SeatForm(TaskForm):
    juror = RecordRadioField(
        _l("Who takes the seat?"), [InputRequired(_l("Choose a juror.")), known], validate_choice=False
    )

    def __init__(self, stand_ins, others, words):
        """Proposes the first of those who may sit. Somebody else who is named gets the rule for an answer."""
        super().__init__(juror=stand_ins[0].id if stand_ins else None)
        self.juror.offer(stand_ins, words)
        self.juror.records |= {juror.id: juror for juror in others if juror.id not in self.juror.records}


class ReasonForm(TaskForm):
    """One reason, in words."""

    reason = paragraph(_l("Reason"), _l("Write the reason."), longest=1000, render_kw={"rows": 3})


class LeaveForm(ReasonForm):
    """Why a juror leaves a panel, and who takes the seat."""

    takes = RecordRadioField(_l("Who takes the seat?"), [Optional()], validate_choice=False)

    def __init__(self, stand_ins, others, words):
        """Proposes the first. Somebody else who is named gets the rule for an answer."""
        super().__init__(takes=stand_ins[0].id if stand_ins else None)
        self.takes.offer(stand_ins, words)
        self.takes.records |= {juror.id: juror for juror in others if juror.id not in self.takes.records}
        nobody = SelectChoice("", _l("Nobody for now: the seat stays open"))
        self.takes.choices = [*self.takes.choices[:MOST_PROPOSED], nobody]

    @property
    def taker(self):
        chosen = self.takes.record
        return getattr(chosen, "juror", chosen)
