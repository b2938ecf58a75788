"""Planning a hearing day, placing cases on it, booking its jurors."""

from datetime import time

from wtforms import DateField
from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import RecordField, line
from youthcourt.forms.slots import PlaceField, TickField, TimesField, known
from youthcourt.i18n import lazy as _l
from youthcourt.models import CaseStage


class CourtSessionForm(TaskForm):
    held_on = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    place = line(_l("Place"), description=_l("As it stands on the notices."))
    starts = TimesField(
        _l("Hearings start at"), description=_l("Parted by commas, such as 6:30 PM, 7:15 PM, 8 PM.")
    )
    rooms = TickField(_l("Rooms"))

    def __init__(self, court, words, like=None):
        """`like` is an earlier day whose times and rooms are offered again."""
        rooms = like.rooms if like else court.rooms
        super().__init__(
            place=like.place if like else court.place,
            starts=like.starts if like else [time(18, 30)],
            rooms=[room.id for room in rooms],
        )
        self.rooms.offer(court.rooms)
        self._rooms = {room.id: room for room in court.rooms}
        self.starts.words = words.time_of_day

    @property
    def plan(self):
        """The day as CourtSession.plan() takes it."""
        return {
            "held_on": self.held_on.data,
            "place": self.place.data,
            "starts": self.starts.data or [],
            "rooms": [self._rooms[number] for number in self.rooms.data],
        }


class PlacementForm(TaskForm):
    """Offers the cases that wait; one that got its hearing a moment ago gets the rule for an answer."""

    case = RecordField(_l("Case"), [InputRequired(_l("Choose a case.")), known], validate_choice=False)
    place = PlaceField(_l("Time and room"))
    judge = RecordField(_l("Judge"), [InputRequired(_l("Choose a judge."))])

    def __init__(self, court_session, cases, judges, words, **asked):
        super().__init__(**asked)
        self.case.offer(cases, words.case)
        waiting = {case.id for case in cases if case.stage is CaseStage.ADMITTED}
        self.case.choices = [each for each in self.case.choices if each.value in ("", *map(str, waiting))]
        self.place.offer([court_session], words.place)
        self.judge.offer(judges)
        if len(judges) == 1 and not self.is_submitted():
            self.judge.data = judges[0].id


class BookingForm(TaskForm):
    jurors = TickField(_l("Jurors"), [InputRequired(_l("Tick at least one juror."))])

    def __init__(self, rows, words):
        super().__init__()
        self.jurors.offer(rows, words)
