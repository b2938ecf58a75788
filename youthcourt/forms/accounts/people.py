"""Who works here, and as what."""

from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import Address, line
from youthcourt.i18n import lazy as _l
from youthcourt.permissions import STAFF, Role

ROLE_WORDS = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.JUDGE: _l("Judge"),
    Role.JUROR: _l("Juror"),
    Role.FAMILY: _l("Family"),
}
ROLE_HINTS = {
    Role.ADMINISTRATOR: _l("Sets up the court and its accounts. Sees no open cases."),
    Role.COORDINATOR: _l("Sees and works on every case of this court."),
    Role.JUDGE: _l("Hears cases and signs what the jury decided."),
}


class RolesField(SelectMultipleField):
    """Boxes to tick, one for each part that works for the court."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label, **kwargs):
        choices = [SelectChoice(role.value, ROLE_WORDS[role]) for role in Role if role in STAFF]
        super().__init__(label, choices=choices, coerce=Role, **kwargs)


class RolesForm(TaskForm):
    roles = RolesField(_l("Works here as"))


class StaffForm(RolesForm):
    """Somebody new who works for the court."""

    name = line(_l("Name"), required=_l("Write their name."))
    email = Address(
        _l("E-mail address"),
        [InputRequired(_l("Enter their e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )
