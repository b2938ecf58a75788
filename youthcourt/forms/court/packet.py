"""Asking for all papers of a hearing day at once."""

from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindField
from youthcourt.i18n import lazy as _l
from youthcourt.models import PACKET_WORDS


class PacketForm(TaskForm):
    """Which packet; each has a button of its own."""

    kind = KindField(
        _l("Which papers?"), [InputRequired(_l("Choose which papers."))], words=PACKET_WORDS, blank=None
    )
