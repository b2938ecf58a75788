"""A night kept on paper, as it is typed in: the sign-in sheet, and one room's sheet."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms.fields import TimeField
from wtforms.validators import InputRequired

from youthcourt.forms.amounts import lines_form
from youthcourt.forms.base import TaskForm
from youthcourt.forms.decision.paper_ballot import PaperBallotForm
from youthcourt.forms.fields import KindRadioField, RecordField, line
from youthcourt.forms.slots import TickField
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.procedures.court.paper_night import LEFT, Left, Place, RoomSheet

PLACE_WORDS = {
    Place.SAT: _l("Sat"),
    Place.WAITED: _l("Waited"),
    Place.DID_NOT_SIT: _l("Did not sit"),
    Place.CONFLICT: _l("Knows somebody"),
    Place.OBJECTION: _l("Family objected"),
}
OF_SEAT = [Place.SAT, Place.DID_NOT_SIT, Place.CONFLICT, Place.OBJECTION]
OF_RESERVE = [Place.WAITED, Place.SAT]


class ArrivalsForm(TaskForm):
    came = TickField(_l("Who signed in?"))

    def __init__(self, sittings):
        super().__init__(came=[each.id for each in sittings if each.is_here])
        as_on_paper = sorted(sittings, key=lambda each: each.juror.person.short_name)
        self.came.offer(as_on_paper, words=lambda each: each.juror.person.name)


class RoomSheetForm(PaperBallotForm):
    """Who was in the room, and what the panel wrote and voted."""

    at = TimeField(_l("Heard from"), [InputRequired(_l("Write the time at which it began."))])
    family = TickField(_l("Who of the family came?"))
    stood_in = TickField(_l("Who sat for somebody else?"))
    foreperson = RecordField(_l("Who led the panel?"), [InputRequired(_l("Choose who led the panel."))])

    @classmethod
    def before(cls, deliberation, stand_ins):
        """The form of a hearing whose panel has not met on screens; `stand_ins` are others who may sit."""
        hearing = deliberation.hearing
        fields = {}
        for seat in hearing.panel.sitting_seats:
            fields[place_of(seat)] = _place_field(seat, OF_SEAT)
            fields[reason_of(seat)] = line(_l("Why, as the sheet says"))
        for seat in hearing.panel.reserves:
            fields[place_of(seat)] = _place_field(seat, OF_RESERVE)
        activities = [each for each in hearing.court.activities if each.is_offered]
        with_seats = type(cls.__name__, (cls,), fields)
        return lines_form(with_seats, activities)(deliberation, activities, stand_ins)

    def __init__(self, deliberation, activities, stand_ins):
        self.hearing = deliberation.hearing
        self.zone = ZoneInfo(self.hearing.court.time_zone)
        panel, guardians = self.hearing.panel, self.hearing.case.respondent.guardians
        usual = {place_of(seat): Place.SAT for seat in panel.sitting_seats}
        usual |= {place_of(seat): Place.WAITED for seat in panel.reserves}
        super().__init__(
            deliberation,
            activities,
            [],
            **usual,
            at=self.hearing.block.starts_at.astimezone(self.zone).time(),
            family=[each.id for each in guardians if not self.hearing.is_absent(each)],
            foreperson=panel.foreperson.juror if panel.foreperson else None,
        )
        self.family.offer(guardians, words=lambda each: each.name)
        self.stood_in.offer(stand_ins, words=lambda each: each.juror.person.name)
        self.stand_ins = {each.id: each.juror for each in stand_ins}
        jurors = [*(seat.juror for seat in (*panel.sitting_seats, *panel.reserves)), *self.stand_ins.values()]
        self.foreperson.offer(jurors, words=lambda juror: juror.person.name)

    @property
    def places(self):
        """The seats of the panel and of its reserve, each with the fields that say what became of it."""
        panel = self.hearing.panel
        return [
            (seat, self[place_of(seat)], self._fields.get(reason_of(seat)))
            for seat in (*panel.sitting_seats, *panel.reserves)
        ]

    def validate(self, **kwargs):
        fits = super().validate(**kwargs)
        for _seat, place, reason in self.places:
            if place.data is Place.DID_NOT_SIT and not reason.data:
                reason.errors = [*reason.errors, _("Write the reason.")]
                fits = False
        return fits

    @property
    def sheet(self):
        """All that the sheet says."""
        panel, typed = self.hearing.panel, {seat: place.data for seat, place, _why in self.places}
        return RoomSheet(
            began_at=datetime.combine(self.hearing.court_session.held_on, self.at.data, self.zone),
            came=tuple(p for p in self.hearing.case.respondent.guardians if p.id in self.family.data),
            left=tuple(
                Left(seat, LEFT[place.data], reason.data)
                for seat, place, reason in self.places
                if place.data in LEFT
            ),
            stood_in=(
                *(seat.juror for seat in panel.reserves if typed[seat] is Place.SAT),
                *(self.stand_ins[number] for number in self.stood_in.data),
            ),
            foreperson=self.foreperson.record,
            ballot=self.ballot,
        )


def place_of(seat):
    return f"place_{seat.id}"


def reason_of(seat):
    return f"reason_{seat.id}"


def _place_field(seat, places):
    asked = [InputRequired(_l("Say whether they sat."))]
    return KindRadioField(seat.juror.person.name, asked, words=PLACE_WORDS, only=places)
