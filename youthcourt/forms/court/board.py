"""At the door: a juror who did not come, and one whom nobody expected."""

from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import RecordField, RecordRadioField
from youthcourt.forms.jury.panel import MOST_PROPOSED
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l


class AbsenceForm(TaskForm):
    """Who takes each seat of a juror who did not come."""

    @classmethod
    def of(cls, seats, words):
        """The form with a choice for each seat, and who may take it, the best proposal first."""
        fields = {name_of(seat): RecordRadioField() for seat, _who in seats}
        form = type("AbsenceForm", (cls,), fields)(
            **{name_of(seat): who[0].id if who else None for seat, who in seats}
        )
        form.seats = [seat for seat, _who in seats]
        for seat, who in seats:
            form[name_of(seat)].offer(who[:MOST_PROPOSED], words)
            open_seat = SelectChoice("", _("Nobody for now: the seat stays open"))
            form[name_of(seat)].choices.append(open_seat)
        return form

    @property
    def takers(self):
        """Who takes which seat, by its number."""
        chosen = {seat.id: self[name_of(seat)].record for seat in self.seats}
        return {seat_id: each.juror for seat_id, each in chosen.items() if each}


def name_of(seat):
    return f"seat_{seat.id}"


class WalkInForm(TaskForm):
    juror = RecordField(_l("Who has come?"), [InputRequired(_l("Choose a juror."))])

    def __init__(self, rows, words):
        super().__init__()
        self.juror.offer(rows, words)
