"""What somebody found when they looked into an unusual reading."""

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import paragraph
from youthcourt.i18n import lazy as _l


class ReviewForm(TaskForm):
    words = paragraph(
        _l("What was the reason?"),
        _l("Write what you found."),
        description=_l("For example: she made ready the report of the year. Ask the person first."),
    )
