"""What a panel wrote and voted on paper, typed in by the court's staff."""

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from youthcourt.forms.amounts import amount_of
from youthcourt.forms.fields import RecordField, line
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.procedures.decision.deliberating import LeftOpen, PaperBallot

from .deliberation import PlanLinesForm, QuestionsForm, typed_answers

_VOTES = NumberRange(min=0, max=99, message=_l("Write a whole number."))


class PaperBallotForm(QuestionsForm, PlanLinesForm):
    agreeing = IntegerField(_l("Votes that agree"), [InputRequired(_l("Write how many agreed.")), _VOTES])
    not_yet = IntegerField(_l("Votes that do not"), [InputRequired(_l("Write how many did not.")), _VOTES])
    left_open = RecordField(_l("Which item?"), blank=_l("None, the panel agreed on everything"))
    lowest = line(_l("The least that was named"))
    highest = line(_l("The most that was named"))
    failed_agreeing = IntegerField(_l("Votes that agreed before"), [Optional(), _VOTES])
    failed_not_yet = IntegerField(_l("Votes that did not agree before"), [Optional(), _VOTES])

    def __init__(self, deliberation, activities, items, **typed):
        typed |= typed_answers(deliberation.findings)
        super().__init__(deliberation, activities, items, **typed)
        self.left_open.offer(activities)

    def validate(self, **kwargs):
        fits = super().validate(**kwargs)
        return self._range_fits() and fits

    def _range_fits(self):
        if self.left_open.record is None:
            return True
        fits = True
        for name in ("failed_agreeing", "failed_not_yet"):
            if self[name].data is None:
                self[name].errors = [*self[name].errors, _("Write a whole number.")]
                fits = False
        for name in ("lowest", "highest"):
            try:
                amount_of(self[name].data or "", self.left_open.record.unit)
            except ValueError as error:
                self[name].errors = [*self[name].errors, str(error) or _("Write the amount as a number.")]
                fits = False
        return fits

    @property
    def ballot(self):
        """The whole sheet."""
        return PaperBallot(
            self.answers, tuple(self.lines), self.agreeing.data, self.not_yet.data, self._left_open()
        )

    def _left_open(self):
        activity = self.left_open.record
        if activity is None:
            return None
        lowest, highest = (amount_of(self[name].data, activity.unit) for name in ("lowest", "highest"))
        return LeftOpen(activity, lowest, highest, self.failed_agreeing.data, self.failed_not_yet.data)
