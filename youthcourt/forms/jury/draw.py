"""Draws: asking for one, and what the coordinator wants of it beforehand."""

from wtforms import BooleanField
from wtforms.validators import InputRequired, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, RecordField, line, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import ROLE_WORDS


class AskForm(TaskForm):
    public = line(
        _l("Dice or another public number"),
        longest=200,
        description=_l("Rolled in front of everybody, if you draw in public. Left empty, lots alone decide."),
    )


class MendForm(TaskForm):
    here_only = BooleanField(_l("Only those who are here count"))


class WishForm(TaskForm):
    """Somebody of the day, and why."""

    juror = RecordField(_l("Who"), [InputRequired(_l("Choose a juror."))])
    reason = paragraph(
        _l("Reason"), _l("Write the reason."), longest=500, description=_l("Only coordinators read this.")
    )

    def __init__(self, jurors, hearings, words, **kwargs):
        super().__init__(**kwargs)
        self.juror.offer(jurors)
        self.hearing.offer(hearings, words=words)


class PinForm(WishForm):
    hearing = RecordField(_l("Which hearing"), [InputRequired(_l("Choose a hearing."))])
    role = KindRadioField(_l("As what"), [InputRequired(_l("Choose one."))], words=ROLE_WORDS)


class BarForm(WishForm):
    hearing = RecordField(_l("Which hearing"), [Optional()], blank=_l("All of this day"))
