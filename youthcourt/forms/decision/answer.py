"""What the family answers to an order, and what the judge answers them."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import Line, Paragraph, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import HowAnswered


class AnswerForm(TaskForm):
    """The office may note what was said on paper."""

    on_paper = BooleanField(_l("It was signed on paper, and the paper is in the office"))

    def __init__(self, is_office, **kwargs):
        super().__init__(**kwargs)
        if not is_office:
            del self.on_paper

    @property
    def is_on_paper(self):
        return bool("on_paper" in self and self.on_paper.data)


class AcceptanceForm(AnswerForm):
    """A signature drawn with a finger, or a name that is typed, or paper."""

    signature = HiddenField()
    name = Line(
        _l("Or type your name"),
        [Length(max=200)],
        render_kw={"autocomplete": "off", "data-draft": "no"},
    )

    @property
    def how(self):
        if self.is_on_paper:
            return HowAnswered.ON_PAPER
        is_typed = bool((self.name.data or "").strip()) and not self.signature.data
        return HowAnswered.TYPED if is_typed else HowAnswered.DRAWN

    @property
    def given(self):
        return {HowAnswered.TYPED: self.name.data, HowAnswered.DRAWN: self.signature.data}.get(self.how) or ""


class RejectionForm(AnswerForm):
    is_sure = BooleanField(
        _l("I talked about it, and I am sure"), [InputRequired(_l("Check the box when you are sure."))]
    )
    reason = paragraph(_l("Why? You do not have to say."), longest=2000)


class AppealForm(AnswerForm):
    """One text for each part of the order; a part without words is not asked about."""

    def __init__(self, order, is_office, **kwargs):
        self.order = order
        super().__init__(is_office, **kwargs)

    @classmethod
    def of(cls, order):
        """The form with a field for each part."""
        longest = Length(max=2000)
        fields = {
            f"words_{item.id}": Paragraph(_l("Why? In your own words."), [longest]) for item in order.items
        }
        return type("AppealFormOfOrder", (cls,), fields)

    def field_of(self, item):
        return self[f"words_{item.id}"]

    @property
    def why(self):
        said = {item: (self.field_of(item).data or "").strip() for item in self.order.items}
        return {item: words for item, words in said.items() if words}


class StandForm(TaskForm):
    """The judge lets one part stand; the page shows the first that is open."""

    item = HiddenField()

    def __init__(self, first):
        super().__init__(data={"item": str(first.id) if first else ""})

    reason = paragraph(
        _l("Why it stays"),
        _l("Write the reason."),
        description=_l("The family reads this as you write it."),
        longest=2000,
    )


class UnsignForm(TaskForm):
    reason = paragraph(
        _l("Why you take it back"),
        _l("Write the reason."),
        description=_l("The family, the coordinator and the panel read this."),
        longest=2000,
    )


class RemarkForm(TaskForm):
    text = paragraph(
        _l("What should the judge know?"),
        _l("Write what you noticed."),
        description=_l("The judge reads this before signing. It stays as you write it."),
        longest=4000,
    )
