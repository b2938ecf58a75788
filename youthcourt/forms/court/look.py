"""How the court's papers look."""

from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import ColorInput

from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import KindRadioField, Line, line
from youthcourt.i18n import lazy as _l
from youthcourt.models import SHEET_WORDS, USUAL_INK, Sheet


class ColourField(Line):
    """A colour such as #123640."""

    widget = ColorInput()


class LookForm(EditForm):
    ink = ColourField(
        _l("Color of the letterhead and the frames"),
        [InputRequired(_l("Choose a color.")), Length(max=20, message=_l("Choose a color."))],
        default=USUAL_INK,
        description=_l("Dark enough to read on white paper, and on a gray printer."),
    )
    sheet = KindRadioField(
        _l("Paper in the printer"),
        [InputRequired(_l("Choose one."))],
        words=SHEET_WORDS,
        default=Sheet.LETTER,
    )
    picture = FileField(
        _l("Seal of the court"),
        description=_l("A PNG or JPEG picture of at most 1 MB, best square and on white."),
        render_kw={"accept": "image/png,image/jpeg"},
    )
    seal_words = line(
        _l("What the seal shows"),
        longest=120,
        description=_l("Read aloud to people who hear the paper, such as: Seal of Harbor County."),
    )
    without_seal = BooleanField(_l("Use no seal of our own"))

    @property
    def upload(self):
        """The file that was chosen; nothing when none was."""
        return self.picture.data.read() if self.picture.data else b""

    def facts(self, kept_seal, redrawn):
        """What was chosen. A seal stays until another one comes, or until it is taken away."""
        seal = None if self.without_seal.data else kept_seal
        if upload := self.upload:
            seal = redrawn(upload)
        said = {"ink": self.ink.data, "sheet": Sheet(self.sheet.data), "seal": seal}
        return {**said, "seal_words": self.seal_words.data if seal else ""}
