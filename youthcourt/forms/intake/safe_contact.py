"""Keeping an address out of everybody's sight."""

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import paragraph
from youthcourt.i18n import lazy as _l


class SafeContactForm(TaskForm):
    why = paragraph(
        _l("Why"),
        _l("Write why."),
        description=_l("For example a protective order, a shelter, or somebody who must not find them."),
    )
    how = paragraph(
        _l("How to reach them instead"),
        description=_l("For example: papers wait at the office, or the shelter's advocate passes a word on."),
    )
