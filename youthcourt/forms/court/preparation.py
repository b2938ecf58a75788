"""Before a hearing: the family is told, an interpreter is booked."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindField, line
from youthcourt.i18n import language_name
from youthcourt.i18n import lazy as _l
from youthcourt.models import HOW_SERVED_WORDS, HowServed


class NoticeForm(TaskForm):
    """How a family, or each one that was not told yet, was told of its hearing."""

    how = KindField(
        _l("How were they told?"),
        [InputRequired(_l("Choose how they were told."))],
        words=HOW_SERVED_WORDS,
        blank=None,
    )

    def __init__(self, **kwargs):
        super().__init__(data={"how": HowServed.BY_HAND}, **kwargs)


class InterpreterForm(TaskForm):
    language = SelectField(_l("Language"))
    name = line(_l("Who interprets?"), _l("Write who interprets."), description=_l("A name or an agency."))

    def __init__(self, hearing):
        waiting = hearing.languages_missing or hearing.languages_needed
        booked = {each.language: each.name for each in hearing.interpreters}
        super().__init__(language=waiting[0] if waiting else None, name=booked.get(next(iter(waiting), "")))
        self.language.choices = [(code, language_name(code)) for code in hearing.languages_needed]
