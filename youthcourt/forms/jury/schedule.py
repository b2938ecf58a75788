"""The schedule of jurors: its months, what a day needs, who is asked; open days; swaps."""

from wtforms import BooleanField, DateField, IntegerField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import RecordField, paragraph
from youthcourt.forms.slots import TickField
from youthcourt.i18n import lazy as _l

NUMBER = _l("Write a number from 0 to %(max)s.")


class ScheduleForm(TaskForm):
    starts_on = DateField(_l("From"), [InputRequired(_l("Enter the first day."))])
    ends_on = DateField(_l("Until"), [InputRequired(_l("Enter the last day."))])
    asks_everybody = BooleanField(_l("Also ask those who have not said when they can come"))


class WantedForm(TaskForm):
    wanted = IntegerField(
        _l("Jurors this day needs"), [InputRequired(NUMBER), NumberRange(min=0, max=500, message=NUMBER)]
    )


class AskForm(TaskForm):
    """One more juror for a day of the schedule; `offer(rows, words)` says who could be."""

    jurors = TickField(_l("Ask these jurors as well"), [InputRequired(_l("Tick at least one juror."))])


class ExchangeForm(TaskForm):
    """Come instead of somebody, or for a day of one's own."""

    given = RecordField(
        _l("Which of your days should they take?"), [Optional()], blank=_l("None, I just come")
    )


class DecisionForm(TaskForm):
    decision = RadioField(
        _l("May they swap?"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("yes", _l("Yes, they swap")), SelectChoice("no", _l("No"))],
    )
    reason = paragraph(_l("Reason, if not"), longest=500)
