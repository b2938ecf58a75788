"""What is written down while a hearing goes on, and the words that a court says there."""

from youthcourt.forms.base import TaskForm
from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import paragraph
from youthcourt.i18n import lazy as _l

LONGEST_LINE_OF_SCRIPT = 2000


class WordsForm(EditForm):
    words = paragraph(
        _l("What they said"),
        description=_l(
            "In their words, as short as you like. The panel and the judge read it. Leave it empty to take "
            "it away."
        ),
        render_kw={"rows": 8},
    )


class StopForm(TaskForm):
    reason = paragraph(
        _l("What they said"),
        _l("Write what they said."),
        longest=1000,
        description=_l("For example: would rather go to the regular court. The referrer reads it."),
    )


class ScriptLineForm(EditForm):
    words = paragraph(
        _l("In English"),
        longest=LONGEST_LINE_OF_SCRIPT,
        description=_l("Leave it empty to leave the line out."),
    )
    words_es = paragraph(
        _l("In Spanish"), longest=LONGEST_LINE_OF_SCRIPT, description=_l("Left empty, it is said in English.")
    )
