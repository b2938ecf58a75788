"""When a juror can come: a usual day, single days, days away."""

from datetime import date

from babel.dates import get_day_names
from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice, TimeField
from wtforms.validators import InputRequired, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import CHOOSE, KindField
from youthcourt.i18n import lazy as _l
from youthcourt.i18n import reader_locale
from youthcourt.models import WEEK_WORDS


def _time(label, **kwargs):
    return TimeField(label, [Optional()], **kwargs)


class _Timed(TaskForm):
    from_time = _time(_l("Hearings that start from"), description=_l("Leave it empty for any time."))
    until_time = _time(_l("Hearings that start before"))

    @property
    def times(self):
        return {"from_time": self.from_time.data, "until_time": self.until_time.data}


class UsualDayForm(_Timed):
    weekday = SelectField(_l("Day of the week"), [InputRequired(_l("Choose a day of the week."))])
    week = KindField(_l("How often"), words=WEEK_WORDS, blank=None)
    starts_on = DateField(_l("This holds from"), [InputRequired(_l("Enter the day."))])
    ends_on = DateField(_l("This holds until (leave empty for always)"), [Optional()])

    def __init__(self, today: date):
        super().__init__(starts_on=today)
        names = get_day_names("wide", locale=reader_locale())
        days = [SelectChoice(str(day), names[day].capitalize()) for day in (5, 6, 0, 1, 2, 3, 4)]
        self.weekday.choices = [SelectChoice("", CHOOSE), *days]

    @property
    def said(self):
        """As Availability.state() takes it."""
        days = {"starts_on": self.starts_on.data, "ends_on": self.ends_on.data}
        return {"weekday": int(self.weekday.data), "week": self.week.data, **days, **self.times}


class FreeDaysForm(_Timed):
    starts_on = DateField(_l("First day"), [InputRequired(_l("Enter the first day."))])
    ends_on = DateField(
        _l("Last day"), [Optional()], description=_l("Leave it empty when it is one day only.")
    )

    @property
    def said(self):
        last = self.ends_on.data or self.starts_on.data
        return {"starts_on": self.starts_on.data, "ends_on": last, **self.times}
