"""Fields that choose a time and room, or that take several times of day."""

import re
from collections.abc import Callable, Iterable
from datetime import time
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.i18n import _

from .fields import CHOOSE, clean

Words = Callable[..., str]


class PlaceField(SelectField):
    """A time and a room of a hearing day. Offers what is free; a taken one gets the rule's answer."""

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, choices=[], **kwargs)
        self.places = {}

    def offer(self, court_sessions: Iterable[Any], words: Words, keep=None):
        """The places of some days, with `words(block, room)` for each.

        `keep` is the place that the hearing has now; it is offered though it is not free.
        """
        self.choices = [] if keep else [SelectChoice("", CHOOSE)]
        for court_session in court_sessions:
            everything = [(block, room) for block in court_session.blocks for room in court_session.rooms]
            self.places |= {key(place): place for place in everything}
            free = {keep, *court_session.free_places()}
            self.choices += [SelectChoice(key(each), words(*each)) for each in everything if each in free]

    @property
    def has_offer(self):
        return any(choice.value for choice in self.choices)

    @property
    def block(self):
        return self.places[self.data][0]

    @property
    def room(self):
        return self.places[self.data][1]

    def pre_validate(self, form):
        if self.data not in self.places:
            raise ValidationError(_("Choose a time and a room."))


def key(place):
    """How a place is written in a form."""
    block, room = place
    return f"{block.id}-{room.id}"


def known(_form, field):
    """Some record was named. Whoever names one that is not offered gets the court's rule for an answer."""
    if field.record is None:
        raise ValidationError(_("Choose one of the list."))


class TickField(SelectMultipleField):
    """Several records, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, coerce=int, choices=[], **kwargs)

    def offer(self, rows: Iterable[Any], words: Words = str):
        """The rows to choose from, each with an id, and the words for each."""
        self.choices = [SelectChoice(row.id, words(row)) for row in rows]


class TimesField(StringField):
    """Times of day in one line, as people type them: 6:30 PM, 7 pm, 19:30."""

    def __init__(self, label=None, validators=None, words: Words = str, **kwargs):
        super().__init__(label, validators, **kwargs)
        self.words = words

    def process_formdata(self, valuelist):
        typed = re.split(r"[,;\n]+", clean(valuelist[0], several_lines=True)) if valuelist else []
        self.data = [_time(each) for each in typed if each.strip()]

    def _value(self):
        return clean(self.raw_data[0]) if self.raw_data else ", ".join(map(self.words, self.data or []))


_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?\s*(?:([ap])\.?\s*m\.?)?", re.IGNORECASE)


def _time(typed):
    found = _TIME.fullmatch(typed.strip())
    hour, minute, half = found.groups() if found else (None, None, None)
    if hour is None or int(hour) > (12 if half else 23) or int(minute or 0) > 59:
        raise ValidationError(_("“%(typed)s” is no time. Write it as 6:30 PM.", typed=typed.strip()))
    if half is None and 0 < int(hour) < 8:  # no court sits at half past six in the morning
        raise ValidationError(_("Write AM or PM after “%(typed)s”.", typed=typed.strip()))
    hours = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    return time(hours, int(minute or 0))
