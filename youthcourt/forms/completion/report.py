"""Which referrals a report counts."""

from wtforms import DateField
from wtforms.validators import InputRequired, ValidationError

from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l


class DaysForm(TaskForm):
    """The days on which the referrals came. It only asks, so it is sent with the address."""

    class Meta:
        csrf = False

    request_id = None
    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])

    def validate_ends_on(self, field):
        if self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first."))
