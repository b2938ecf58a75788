"""What a judge notes for themselves."""

from youthcourt.i18n import lazy as _l

from .edit import EditForm
from .fields import paragraph


class JudgeNoteForm(EditForm):
    words = paragraph(_l("My notes"), render_kw={"rows": 14})
