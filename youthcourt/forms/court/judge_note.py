"""What a judge notes for themselves."""

from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import paragraph
from youthcourt.i18n import lazy as _l


class JudgeNoteForm(EditForm):
    words = paragraph(_l("My notes"), render_kw={"rows": 14})
