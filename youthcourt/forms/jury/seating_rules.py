"""The court's rules for seating."""

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindField, KindRadioField, line
from youthcourt.forms.settings import FactsForm, WholeField, number
from youthcourt.i18n import lazy as _l
from youthcourt.models import AIM_WORDS, EXPERIENCE_WORDS, ROLE_WORDS, TRAINED_ROLES, SeatRole

GROUP_WORDS = {
    "age": _l("Age, such as 13-14, 15-16 or 17-18"),
    "gender": _l("Gender, as written with the person"),
    "language": _l("Language, such as en or es"),
}


class SeatingRulesForm(FactsForm):
    places_a_day = number(
        _l("Places one person takes on a day, at most"),
        1,
        20,
        description=_l("Seats and waiting in reserve count alike. Nobody is in two places at one time."),
    )
    places_a_month = WholeField(
        _l("Seats one person takes in a month, at most"),
        [Optional(), NumberRange(0, 100, _l("Write a number from %(min)s to %(max)s."))],
        description=_l("Empty: no limit."),
    )
    first_timers_most = number(
        _l("New people on a panel, in percent at most"),
        0,
        100,
        description=_l("Whoever has never served is new. The number is rounded down."),
    )
    experience = KindRadioField(
        _l("People who have served before, and one of them to lead"),
        [InputRequired(_l("Choose one."))],
        words=EXPERIENCE_WORDS,
    )
    school_most = number(
        _l("People of one school on a panel, in percent at most"),
        0,
        100,
        description=_l("0: no limit. The number is rounded up."),
    )
    open_cases_apart = BooleanField(_l("Nobody sits whose own case is not decided yet"))
    band = number(
        _l("What counts as the same share of service, in hundredths of a seat"),
        1,
        100,
        description=_l("Between people this close, lots decide and not the last hundredth."),
    )
    bailiffs = number(_l("Bailiffs at a hearing"), 0, 4, description=_l("They do not decide."))
    clerks = number(_l("Clerks at a hearing"), 0, 4, description=_l("They do not decide."))
    own_training = SelectMultipleField(
        _l("These need a training of their own"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("For the others the training as a juror is enough."),
        choices=[
            SelectChoice(role.value, ROLE_WORDS[role]) for role in TRAINED_ROLES if role is not SeatRole.JUROR
        ],
    )


class AimForm(TaskForm):
    """Which aim is meant; the page names it with its button."""

    aim = KindField(_l("Aim"), [InputRequired(_l("Choose one."))], words=AIM_WORDS)


class QuotaForm(FactsForm):
    """How many of a panel belong to one group."""

    group = SelectField(
        _l("What counts"), choices=[SelectChoice(name, words) for name, words in GROUP_WORDS.items()]
    )
    value = line(_l("Which of them"), _l("Write which of them."), longest=60)
    least = number(_l("At least"), 0, 24, default=0)
    most = number(_l("At most"), 0, 24, default=6)
