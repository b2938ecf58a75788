"""The court's own rules and lists."""

from functools import cache
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import (
    ACTIVITY_WORDS,
    RECORD_WORDS,
    TRIGGER_WORDS,
    UNIT_OF,
    ActivityKind,
    Agency,
    Court,
    DecisionRule,
    ExtraPaper,
    Offence,
    QuestionSet,
    ReportingPeriod,
    RetentionRule,
    Room,
    SanctionActivity,
    School,
    ServiceSite,
    Unit,
)
from youthcourt.models.court.court_list import CourtList

from .amounts import AmountField
from .edit import EditForm
from .fields import KindField, KindRadioField, line, paragraph

RULE_WORDS = {
    DecisionRule.UNANIMOUS: _l("Everybody who sits agrees"),
    DecisionRule.MAJORITY: _l("More than half agree"),
}


def number(label, least, most, **kwargs):
    """A whole number between two others."""
    span = NumberRange(least, most, _l("Write a number from %(min)s to %(max)s."))
    look = {"inputmode": "numeric", "autocomplete": "off"}
    checks = [InputRequired(_l("Write a number.")), span]
    return WholeField(label, checks, render_kw=look, **kwargs)


class WholeField(IntegerField):
    """A whole number in a plain box: browsers' number boxes change when the page is scrolled."""

    widget = TextInput()

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a whole number.")) from None


@cache
def zones():
    """Every time zone that this machine knows."""
    return sorted(available_timezones())


class FactsForm(EditForm):
    """A form whose fields are columns."""

    @property
    def facts(self):
        """What was typed, by column."""
        return {each.name: each.data for each in self if not isinstance(each, HiddenField)}


class OfficeForm(FactsForm):
    name = line(_l("Name of the court"), _l("Write the name of the court."))
    place = line(_l("Where hearings are held"), description=_l("Hearing notices say this."))
    address = paragraph(_l("Office address"), longest=500, description=_l("The letterhead of every paper."))
    phone = line(_l("Office phone"), description=_l("Shown at the foot of every page."))
    email = line(_l("Office e-mail"))
    time_zone = SelectField(_l("Time zone"))

    def process(self, *args, **kwargs):
        self.time_zone.choices = [SelectChoice(zone, zone.replace("_", " ")) for zone in zones()]
        super().process(*args, **kwargs)


class WhoForm(FactsForm):
    youngest_age = number(_l("Youngest age"), 5, 25, description=_l("On the day of the incident."))
    oldest_age = number(_l("Oldest age"), 5, 25)
    earlier_participation_days = number(
        _l("Days before somebody may come again"),
        0,
        5000,
        description=_l("Counted from an earlier case here. 0 lets everybody come again."),
    )


class ClocksForm(FactsForm):
    business_days_to_decide = number(
        _l("Business days to decide on a referral"),
        1,
        365,
        description=_l("Mondays to Fridays after the referral."),
    )
    days_to_intake = number(_l("Days from referral to intake"), 1, 365)
    days_to_complete = number(
        _l("Days to finish a plan"), 1, 1000, description=_l("Counted from the day of the hearing.")
    )
    days_to_appeal = number(
        _l("Business days to ask the judge to look again"),
        0,
        60,
        description=_l("After an order is signed. 0 when your court knows no such thing."),
    )
    goes_by_quarters = BooleanField(
        _l("A plan shows by when a quarter, a half and three quarters should be done"),
        description=_l("For hours of service and for paying back. Nothing is late by it: it helps."),
    )


class JurorsForm(FactsForm):
    juror_youngest_age = number(_l("Youngest juror"), 5, 99)
    juror_oldest_age = number(_l("Oldest juror"), 5, 99)
    training_valid_days = number(_l("Days that a training stays good"), 1, 5000)
    minutes_per_sitting = number(
        _l("Minutes that one sitting earns"),
        1,
        1440,
        description=_l("Time credits for everybody who came, seated or not."),
    )


class RoomForm(FactsForm):
    hearing_minutes = number(
        _l("Minutes planned for one hearing"),
        5,
        480,
        description=_l("From calling the case to the family's way home. The script shows how much is left."),
    )


class RecordsForm(FactsForm):
    destruction_cooling_days = number(
        _l("Days between a proposal to destroy and the last yes"),
        0,
        365,
        description=_l("Two people destroy a record: one proposes it, another confirms it after this time."),
    )


class PanelForm(FactsForm):
    panel_size = number(_l("Seats on a panel"), 1, 24)
    panel_minimum = number(_l("Jurors needed to decide"), 1, 24)
    panel_reserves = number(_l("Reserves for each panel"), 0, 10)
    keeps_schoolmates_apart = BooleanField(_l("Nobody judges a schoolmate"))
    decision_rule = KindRadioField(
        _l("A plan is agreed when"), [InputRequired(_l("Choose one."))], words=RULE_WORDS
    )
    jury_duty_mandatory = BooleanField(_l("Jury duty is part of every plan"))


class AccessForm(FactsForm):
    cases_an_hour = number(
        _l("Cases that one person usually opens in an hour"),
        5,
        1000,
        description=_l("Whoever opens more is noticed, and somebody looks into it."),
    )


# The groups of the settings page: address, heading, form.
GROUPS = {
    "office": (_l("The office"), OfficeForm),
    "who": (_l("Who this court hears"), WhoForm),
    "clocks": (_l("Clocks"), ClocksForm),
    "jurors": (_l("Jurors"), JurorsForm),
    "panel": (_l("Panels and decisions"), PanelForm),
    "room": (_l("In the hearing room"), RoomForm),
    "access": (_l("Who looks at cases"), AccessForm),
    "records": (_l("Old records"), RecordsForm),
}


class RowForm(FactsForm):
    """One row of a list."""

    name = line(_l("Name"), _l("Write a name."))


class OffenceForm(RowForm):
    statute = line(_l("Statute"))
    offence_class = line(
        _l("Class"), _l("Write the class."), longest=20, description=_l("A, B, C: its row of the grid.")
    )
    is_accepted = BooleanField(_l("This court takes it"), default=True)


class ActivityForm(RowForm):
    description = paragraph(_l("What it is"), longest=1000, description=_l("Jurors and families read this."))
    position = number(_l("Place in the list"), 0, 999, default=0)
    is_offered = BooleanField(_l("Offered to panels"), default=True)


class NewActivityForm(ActivityForm):
    kind = KindField(
        _l("Kind"),
        [InputRequired(_l("Choose a kind."))],
        words=ACTIVITY_WORDS,
        description=_l("Says how it is counted: hours, sittings, dollars or times. It cannot change later."),
    )

    @property
    def facts(self):
        kind = ActivityKind(self.kind.data)
        return {**super().facts, "kind": kind, "unit": UNIT_OF.get(kind, Unit.PIECES)}


class AgencyForm(RowForm):
    address = paragraph(_l("Address"), longest=500, description=_l("Letters to this agency go there."))
    email = line(_l("E-mail"))


class SiteForm(RowForm):
    address = paragraph(_l("Address"), longest=500)
    contact = line(_l("Who to ask there"))


class PeriodForm(RowForm):
    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])

    def validate_ends_on(self, field):
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first."))


class QuestionSetForm(RowForm):
    name = line(_l("Heading"), _l("Write a heading."))
    name_es = line(_l("Heading in Spanish"))
    offence_words = line(
        _l("For offenses with one of these words in their name"),
        description=_l("With commas: theft, shoplift. Nothing here and no class: for every hearing."),
    )
    offence_class = line(_l("For offenses of this class"), longest=20)
    position = number(_l("Place in the list"), 0, 999, default=0)
    questions = paragraph(_l("Questions, one on each line"), _l("Write a question."), longest=5000)
    questions_es = paragraph(_l("The same in Spanish"), longest=5000)


def days(label, **kwargs):
    """A number of days, or nothing for never."""
    span = NumberRange(0, 40_000, _l("Write a number from %(min)s to %(max)s."))
    look = {"inputmode": "numeric", "autocomplete": "off"}
    return WholeField(label, [Optional(), span], render_kw=look, **kwargs)


class RetentionRuleForm(RowForm):
    kind = KindField(_l("Which records"), [InputRequired(_l("Choose a kind."))], words=RECORD_WORDS)
    trigger = KindField(_l("Count from"), [InputRequired(_l("Choose one."))], words=TRIGGER_WORDS)
    seal_after_days = days(
        _l("Seal after so many days"), description=_l("Nobody finds a sealed record. Empty: never.")
    )
    destroy_after_days = days(
        _l("Destroy after so many days"), description=_l("It cannot be brought back. Empty: never.")
    )
    warn_days = number(_l("Say so how many days before"), 0, 1000, default=30)
    needs_notice = BooleanField(_l("The family gets a letter first"), default=True)
    keeps_mark = BooleanField(
        _l("Remember that somebody took part before"),
        default=True,
        description=_l("As a number that names nobody, for as long as this court looks back."),
    )
    citation = line(_l("The law it follows"), description=_l("For example the paragraph of the statute."))
    checked_by_counsel_on = DateField(_l("Checked by counsel on"), [Optional()])


class ExtraPaperForm(RowForm):
    name = line(_l("Heading"), _l("Write a heading."))
    words = paragraph(
        _l("Words of the paper"),
        _l("Write what the paper says."),
        longest=20_000,
        description=_l(
            "An empty line begins a new paragraph, a dash and a space an item of a list, and **two stars** "
            "on each side make words bold. The paper fills in {number}, {respondent}, {guardians}, {agency}, "
            "{hearing_day}, {last_day}, {today}, {court_name} and {court_phone}."
        ),
        render_kw={"rows": 12},
    )
    name_es = line(_l("Heading in Spanish"))
    words_es = paragraph(
        _l("The same in Spanish"),
        longest=20_000,
        description=_l("Left empty, families read it in English."),
        render_kw={"rows": 12},
    )
    is_signed_by_family = BooleanField(_l("The family and the office sign it"))


class Listed(NamedTuple):
    """One list of the settings page: its heading, what it is for, its model, its forms, its order."""

    heading: Any
    hint: Any
    model: type[CourtList]
    form: type[RowForm]
    new_form: type[RowForm]

    @property
    def order(self):
        if self.model in (SanctionActivity, QuestionSet):
            return self.model.position, self.model.id
        return (ReportingPeriod.starts_on.desc(),) if self.model is ReportingPeriod else (self.model.name,)


LISTS = {
    "offences": Listed(
        _l("Offenses"),
        _l("What is referred here, and whether you take it."),
        Offence,
        OffenceForm,
        OffenceForm,
    ),
    "activities": Listed(
        _l("Activities"), _l("What a plan may ask for."), SanctionActivity, ActivityForm, NewActivityForm
    ),
    "agencies": Listed(_l("Agencies"), _l("Who refers young people to you."), Agency, AgencyForm, AgencyForm),
    "schools": Listed(_l("Schools"), _l("So that nobody judges a schoolmate."), School, RowForm, RowForm),
    "rooms": Listed(_l("Rooms"), _l("Where hearings are held."), Room, RowForm, RowForm),
    "sites": Listed(_l("Service places"), _l("Where service may be done."), ServiceSite, SiteForm, SiteForm),
    "questions": Listed(
        _l("Question guide"),
        _l("What jurors may ask, in every hearing and by kind of offense."),
        QuestionSet,
        QuestionSetForm,
        QuestionSetForm,
    ),
    "papers": Listed(
        _l("Papers of your own"),
        _l("Forms and letters that only your court has."),
        ExtraPaper,
        ExtraPaperForm,
        ExtraPaperForm,
    ),
    "retention": Listed(
        _l("How long records are kept"),
        _l("When a closed record is sealed, and when it is destroyed. Have your counsel check each rule."),
        RetentionRule,
        RetentionRuleForm,
        RetentionRuleForm,
    ),
    "periods": Listed(
        _l("Reporting periods"),
        _l("Days that a funder wants figures for."),
        ReportingPeriod,
        PeriodForm,
        PeriodForm,
    ),
}


class GridForm(EditForm):
    """The least and the most of each activity for each class of offence; two empty boxes set no limit."""

    @classmethod
    def of(cls, court: Court):
        fields = {}
        for cell in cls.cells(court):
            for end, label in (("low", _l("from")), ("high", _l("to"))):
                fields[cls.name_of(end, *cell)] = AmountField(label, unit=cell[1].unit)
        return type(cls.__name__, (cls,), fields)(court)

    def __init__(self, court):
        self.court, typed = court, {}
        for limits in court.grid:
            cell = (limits.offence_class, limits.activity)
            typed[self.name_of("low", *cell)] = limits.minimum
            typed[self.name_of("high", *cell)] = limits.maximum
        super().__init__(data=typed)

    @staticmethod
    def cells(court):
        offered = [each for each in court.activities if each.is_offered]
        return [(each, activity) for each in court.offence_classes for activity in offered]

    @staticmethod
    def name_of(end, offence_class, activity):
        return f"{end}_{offence_class}_{activity.id}"

    def field_of(self, end, offence_class, activity):
        return self[self.name_of(end, offence_class, activity)]

    @property
    def limits(self):
        """The span of each cell, None for no limit."""
        return {cell: self._span(*cell) for cell in self.cells(self.court)}

    def _span(self, *cell):
        low, high = (self.field_of(end, *cell).data for end in ("low", "high"))
        return None if high is None else (low or 0, high)

    def validate(self, **kwargs):
        fits = super().validate(**kwargs)
        return all([self._check(*cell) for cell in self.cells(self.court)]) and fits

    def _check(self, *cell):
        low, high = (self.field_of(end, *cell) for end in ("low", "high"))
        if high.data is None and low.data is not None and not high.errors:
            high.errors = [_("Write the most.")]
        elif high.data is not None and (low.data or 0) > high.data:
            high.errors = [_("The most is below the least.")]
        return not high.errors
