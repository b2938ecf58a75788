"""What a coordinator writes about something that is owed."""

from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from youthcourt.forms.amounts import LABELS, AmountField
from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import line, paragraph
from youthcourt.i18n import lazy as _l


class CreditForm(TaskForm):
    amount = AmountField(_l("How much"), [InputRequired(_l("Write how much was done."))])
    done_on = DateField(_l("Day it was done"), [InputRequired(_l("Give the day."))])
    site = SelectField(_l("Where"), choices=[])
    other_site = line(_l("Another place"), description=_l("Only when it is not on the list."))
    vouched_by = line(
        _l("Who vouches for it"),
        _l("Write who vouches for it."),
        description=_l("The supervisor, teacher or other adult who saw it. Never the young person."),
    )
    note = paragraph(_l("Note"), description=_l("Needed when it is more than was owed."))

    def __init__(self, obligation):
        self.unit, self.sites = obligation.activity.unit, obligation.court.sites
        super().__init__(data={"done_on": obligation.court.today})

    def process(self, *args, **kwargs):
        """What was typed is read in the activity's unit."""
        self.amount.unit, self.amount.label.text = self.unit, LABELS[self.unit]
        listed = [SelectChoice(each.name, each.name) for each in self.sites]
        self.site.choices = [SelectChoice("", _l("Not on the list")), *listed]
        super().process(*args, **kwargs)

    @property
    def facts(self):
        """What was done, as the record keeps it. The place is the one on the list, or the one written."""
        typed = {name: self[name].data for name in ("amount", "done_on", "vouched_by", "note")}
        return {**typed, "site": self.site.data or self.other_site.data}


class ExcuseForm(TaskForm):
    reason = paragraph(
        _l("Reason"), _l("Write the reason."), description=_l("The judge and the referrer may read it.")
    )


class ExtendForm(TaskForm):
    due_on = DateField(_l("New date"), [InputRequired(_l("Give the new date."))])
    reason = paragraph(_l("Reason"), _l("Write the reason."))
