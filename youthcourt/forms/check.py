"""The code on a paper, typed in by whoever holds it."""

from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from youthcourt.i18n import lazy as _l
from youthcourt.procedures.paper_codes import as_written

from .base import TaskForm
from .fields import Line


class CheckForm(TaskForm):
    code = Line(
        _l("Code on the paper"),
        [InputRequired(_l("Enter the code that stands on the paper.")), Length(max=40)],
        description=_l("Ten letters and digits at the foot of the paper, for example 4K7QM-D2X9H."),
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "data-draft": "no",
        },
    )

    def validate_code(self, field):
        if as_written(field.data) is None:
            raise ValidationError(_l("A code has ten letters and digits. Please compare it with the paper."))
