"""Amounts as people type them, and the lines of a plan: one for each activity."""

import re
from decimal import ROUND_HALF_UP, Decimal

from wtforms import BooleanField, DateField, StringField
from wtforms.validators import Optional

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import Unit

from .base import TaskForm
from .fields import clean, line, tidy

MOST = 1_000_000
LABELS = {
    Unit.MINUTES: _l("Hours"),
    Unit.SITTINGS: _l("Sittings"),
    Unit.PIECES: _l("How many"),
    Unit.CENTS: _l("Dollars"),
}
SUFFIXES = {
    Unit.MINUTES: _l("hours"),
    Unit.SITTINGS: _l("sittings"),
    Unit.PIECES: _l("times"),
    Unit.CENTS: "",
}
_SCALE = {Unit.MINUTES: 60, Unit.CENTS: 100}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")
_FIGURE = re.compile(r"\d{1,9}(\.\d{0,4})?|\.\d{1,4}")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")


def figure(value, unit):
    """An amount as it is typed: hours for minutes, dollars for cents."""
    if unit == Unit.MINUTES:
        return f"{value / 60:.2f}".rstrip("0").rstrip(".")
    return f"{value / 100:.2f}" if unit == Unit.CENTS else str(value)


def amount_of(typed, unit):
    """Whole minutes, cents or pieces of what was typed: 1.5, 1,5, 1:30, $1,250. ValueError for else."""
    typed = typed.strip().removeprefix("$").strip()
    if unit == Unit.MINUTES and (clock := _CLOCK.fullmatch(typed)):
        return int(clock[1]) * 60 + int(clock[2])
    plain = _THOUSANDS.sub("", typed).replace(",", ".")
    if not _FIGURE.fullmatch(plain):
        raise ValueError(_("Write the amount as a number."))
    value = Decimal(plain) * _SCALE.get(unit, 1)
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    if unit not in _SCALE and whole != value:
        raise ValueError(_("Write a whole number."))
    if whole > MOST:
        raise ValueError(_("This amount is too large."))
    return int(whole)


class AmountField(StringField):
    """An amount typed as hours, dollars or a count; its data is in the unit that records keep."""

    def __init__(self, label=None, validators=None, unit=Unit.PIECES, **kwargs):
        look = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label or LABELS[unit], validators, render_kw=look, **kwargs)
        self.unit = unit

    @property
    def suffix(self):
        return SUFFIXES[self.unit]

    def _value(self):
        if self.raw_data:
            return clean(self.raw_data[0])
        return figure(self.data, self.unit) if self.data is not None else ""

    def process_formdata(self, valuelist):
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = amount_of(typed, self.unit) if typed else None


def lines_form(base, activities):
    """The form `base` with one line for each activity: asked or not, how much, by when, what it builds."""
    fields = {}
    for each in activities:
        fields[f"asks_{each.id}"] = BooleanField(each.name)
        fields[f"amount_{each.id}"] = AmountField(unit=each.unit)
        fields[f"due_on_{each.id}"] = DateField(_l("Done by"), [Optional()])
        fields[f"builds_{each.id}"] = line(_l("What it repairs or builds"))
        fields |= base.more_of_line(each)
    return type(base.__name__, (base,), fields)


class LinesForm(TaskForm):
    """A plan to write: what is asked of a respondent, activity by activity."""

    def __init__(self, activities, items, due_on, always=(), **typed):
        self.activities, self.always = list(activities), set(always)
        for each in self.activities:
            typed[f"due_on_{each.id}"] = due_on
        for item in items:
            typed |= self.typed(item)
        super().__init__(data=typed)

    @classmethod
    def more_of_line(cls, activity):
        """Fields that this form has for an activity beside those of every plan."""
        return {}

    def typed(self, item):
        """An item as its line shows it."""
        number = item.activity.id
        return {
            f"asks_{number}": True,
            f"amount_{number}": item.amount,
            f"due_on_{number}": item.due_on,
            f"builds_{number}": item.builds,
        }

    def field_of(self, name, activity):
        return self[f"{name}_{activity.id}"]

    def asks(self, activity):
        return activity in self.always or self.field_of("asks", activity).data

    def validate(self, **kwargs):
        """What is typed in a line that is not asked for does not count."""
        for each in self.activities:
            if not self.asks(each):
                for name in ("amount", "due_on"):
                    self.field_of(name, each).process_errors = []
        fits = super().validate(**kwargs)
        asked = [each for each in self.activities if self.asks(each)]
        return all([self.check_line(each) for each in asked]) and fits

    def check_line(self, activity):
        """Say beside the fields what a line lacks; whether it lacks nothing."""
        wanted = {"amount": _("Write how much."), "due_on": _("Give a day.")}
        blank = [name for name in wanted if self.field_of(name, activity).data is None]
        for name in blank:
            field = self.field_of(name, activity)
            if not field.errors:
                field.errors = [wanted[name]]
        return not blank

    def refuse(self, name, activity, message):
        field = self.field_of(name, activity)
        field.errors = [*field.errors, message]
