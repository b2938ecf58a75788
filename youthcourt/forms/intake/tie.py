"""What ties a juror to somebody whose case the court hears, or to another juror."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, RecordField, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import TIE_WORDS


class TieForm(TaskForm):
    juror = RecordField(_l("Juror"), [InputRequired(_l("Choose a juror."))])
    kind = KindRadioField(_l("What ties them?"), [InputRequired(_l("Choose one."))], words=TIE_WORDS)
    note = paragraph(_l("Note"), longest=500, description=_l("Only coordinators read this."))

    def __init__(self, jurors, kinds):
        super().__init__()
        self.juror.offer(jurors)
        self.kind.choices = [choice for choice in self.kind.choices if choice.value in kinds]
