"""Signing in on the court's tablet."""

from wtforms.validators import InputRequired, Length

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import Line
from youthcourt.i18n import lazy as _l


class TabletForm(TaskForm):
    """The digits that were just read out."""

    code = Line(
        _l("Your code"),
        [InputRequired(_l("Enter the eight digits that you were given.")), Length(max=20)],
        description=_l("Eight digits. The coordinator reads them to you."),
        render_kw={"autocomplete": "off", "inputmode": "numeric", "data-draft": "no"},
    )
