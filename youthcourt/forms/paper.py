"""What is typed in about papers: why one is withdrawn, and passages in the court's own words."""

from flask_wtf.file import FileRequired
from wtforms import FileField, ValidationError

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l

from .base import TaskForm
from .edit import EditForm
from .fields import line, paragraph

LONGEST_PASSAGE = 5000


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


class PaperTextForm(EditForm):
    """A passage of a paper in the court's own words. The page says which facts its kind can fill in."""

    words = paragraph(
        _l("The passage"),
        longest=LONGEST_PASSAGE,
        description=_l(
            "An empty line begins a new paragraph, a dash and a space an item of a list, and **two stars** "
            "on each side make words bold. Leave it empty to say the usual words again."
        ),
        render_kw={"rows": 10},
    )

    def __init__(self, kind, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def validate_words(self, field):
        if strange := self.kind.strange_places(field.data):
            raise ValidationError(
                _("This paper has no fact called {%(name)s}. Those it has stand below.", name=strange[0])
            )


class WordFormForm(TaskForm):
    """A court's own form, saved by Word with merge fields in it."""

    name = line(_l("Name of the form"), _l("Write a name."))
    file = FileField(
        _l("The form"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "A .docx file of at most 1 MB with merge fields (in Word: Insert, Quick Parts, Field, "
            "MergeField)."
        ),
        render_kw={"accept": ".docx"},
    )
