"""What is typed in about papers that were handed out."""

from youthcourt.i18n import lazy as _l

from .base import TaskForm
from .fields import paragraph


class WithdrawPaperForm(TaskForm):
    reason = paragraph(
        _l("Why it is withdrawn"),
        _l("Write why it is withdrawn."),
        longest=500,
        description=_l(
            "For example: it went to the wrong person. Only staff read it; whoever checks the code reads "
            "that the paper was withdrawn, not why."
        ),
    )
