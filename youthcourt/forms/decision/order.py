"""What a judge writes about a plan."""

from wtforms import DateField
from wtforms.validators import InputRequired

from youthcourt.errors import ChangedMeanwhile
from youthcourt.forms.amounts import LinesForm, lines_form
from youthcourt.forms.base import TaskForm
from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import SeenField, SeenRevisionField, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import Item


class ApproveForm(TaskForm):
    """Signs the plan as it was read."""

    revision = SeenRevisionField()

    def __init__(self, deliberation):
        super().__init__(data={"revision": deliberation.revision})


class ReturnForm(TaskForm):
    question = paragraph(
        _l("What should the panel think about again?"),
        _l("Write what the panel should think about again."),
        description=_l("The jurors read this as you write it."),
    )
    meets_on = DateField(
        _l("The panel meets on"),
        [InputRequired(_l("Give a day."))],
        description=_l("Today, or the next day that these jurors can come."),
    )

    def __init__(self, court):
        super().__init__(data={"meets_on": court.today})


class ChangeForm(LinesForm, EditForm):
    reason = paragraph(
        _l("Why you change it"), description=_l("The jurors, the family and the coordinator read this.")
    )

    def __init__(self, order, activities):
        self.order = order
        due_on = max(order.deliberation.last_due_on, order.court.today)
        super().__init__(activities, order.items, due_on, reason=order.change_reason)

    @classmethod
    def of(cls, order):
        """The form with every activity that the court offers, and those that the order has."""
        asked = [each.activity for each in order.items]
        offered = [each for each in order.court.activities if each.is_offered]
        activities = list(dict.fromkeys([*offered, *asked]))
        return lines_form(cls, activities)(order, activities)

    @property
    def items(self):
        """What the order shall say."""
        return [self._item(each) for each in self.activities if self.asks(each)]

    def _item(self, activity):
        names = ("amount", "due_on", "builds")
        return Item(activity, **{name: self.field_of(name, activity).data for name in names})

    def check_line(self, activity):
        if not super().check_line(activity):
            return False
        broken = self.order.why_not_ask(self._item(activity))
        if broken:
            self.refuse(broken.field, activity, broken.message)
        return not broken


class SignForm(TaskForm):
    """`seen` is the mark of the order that the page showed."""

    seen = SeenField()

    def __init__(self, order):
        self.order = order
        super().__init__(data={"seen": order.fingerprint()})

    def _refuse(self, no):
        super()._refuse(no)
        if isinstance(no, ChangedMeanwhile):
            self.seen.data = self.order.fingerprint()
