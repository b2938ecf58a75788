"""Moving, adjourning and settling a hearing."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import KindField, RecordField, RecordRadioField, paragraph
from youthcourt.forms.slots import PlaceField, TickField, key
from youthcourt.i18n import lazy as _l
from youthcourt.models import ADJOURNMENT_WORDS


class MoveForm(EditForm):
    place = PlaceField(_l("Time and room"))
    judge = RecordField(_l("Judge"), [InputRequired(_l("Choose a judge."))])

    def __init__(self, hearing, judges, words):
        here = (hearing.block, hearing.room)
        super().__init__(place=key(here), judge=hearing.judge_id)
        self.place.offer([hearing.court_session], words.place, keep=here)
        self.judge.offer(judges)


class JudgeForm(TaskForm):
    """Another judge for the hearings that one judge has still to hear."""

    judge = RecordRadioField(_l("Who hears them?"), [InputRequired(_l("Choose a judge."))])
    hearings = TickField(_l("Which hearings?"))

    def __init__(self, hearings, judges, words):
        super().__init__(hearings=[each.id for each in hearings])
        self.judge.offer(judges)
        self.hearings.offer(hearings, words)
        self.ahead = hearings

    @property
    def chosen(self):
        return [each for each in self.ahead if each.id in self.hearings.data]


class AdjournmentForm(TaskForm):
    place = PlaceField(_l("New time and room"))
    judge = RecordField(_l("Judge"), [InputRequired(_l("Choose a judge."))])
    reason = KindField(_l("Reason"), [InputRequired(_l("Choose a reason."))], words=ADJOURNMENT_WORDS)
    note = paragraph(_l("Note"), longest=1000, render_kw={"rows": 2})

    def __init__(self, hearing, days, judges, words):
        super().__init__(judge=hearing.judge_id)
        self.place.offer(days, words.place_and_day)
        self.judge.offer(judges)


class FailureForm(TaskForm):
    note = paragraph(
        _l("Note"), longest=1000, description=_l("For example whom you called, and what they said.")
    )
