"""The referral: everything that a referring agency sends about one young person and one incident."""

from wtforms import BooleanField, DateField, FieldList, Form, FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import LinesField, RecordField, line, paragraph
from youthcourt.i18n import _, language_names
from youthcourt.i18n import lazy as _l
from youthcourt.procedures.intake.referring import (
    GuardianFacts,
    HarmedFacts,
    PersonFacts,
    ReferralFacts,
)

NOT_KNOWN = _l("Not known")
ADDRESS_ROWS = {"rows": 3, "autocomplete": "off"}


# As federal forms ask for them, race and ethnicity apart. The keys are kept, the words are read.
GENDERS = {"girl": _l("Girl"), "boy": _l("Boy"), "another": _l("Another")}
RACES = {
    "American Indian": _l("American Indian or Alaska Native"),
    "Asian": _l("Asian"),
    "Black or African American": _l("Black or African American"),
    "Middle Eastern or North African": _l("Middle Eastern or North African"),
    "Pacific Islander": _l("Native Hawaiian or Pacific Islander"),
    "White": _l("White"),
    "Several": _l("More than one"),
    "Another": _l("Another"),
}
ETHNICITIES = {
    "Hispanic or Latino": _l("Hispanic or Latino"),
    "Not Hispanic or Latino": _l("Not Hispanic or Latino"),
}


def choice(label, words):
    """One of some words, or none."""
    choices = [SelectChoice("", _l("Not given")), *(SelectChoice(key, words[key]) for key in words)]
    return SelectField(label, [Optional()], choices=choices, default="")


def language_field(label):
    return SelectField(label, choices=_languages, default="en")


def _languages(_form=None, _field=None):
    return [SelectChoice(code, name) for code, name in language_names().items()]


class PartForm(Form):
    """One of several alike in a form. Left empty it counts for nothing."""

    KEY = ""  # the field that has to be filled when anything is

    @property
    def is_filled(self):
        return any(field.data for field in self if field.name.rpartition("-")[2] not in self.GIVEN)

    GIVEN = frozenset({"language"})  # never empty, so they tell nothing

    def validate(self, extra_validators=None):
        sound = super().validate(extra_validators)
        key = self[self.KEY]
        if self.is_filled and not key.data:
            key.errors = [*key.errors, _("Write the name, or leave this part empty.")]
            return False
        return sound


class GuardianForm(PartForm):
    KEY = "given_name"

    given_name = line(_l("First name"))
    family_name = line(_l("Last name"))
    relation = line(_l("Relation"), description=_l("For example mother, uncle, foster parent"))
    same_address = BooleanField(_l("Lives at the young person's address"))
    mailing_address = paragraph(_l("Mailing address"), longest=500, render_kw=ADDRESS_ROWS)
    phone = line(_l("Phone"), longest=40)
    email = line(_l("E-mail"))
    language = language_field(_l("Language"))
    needs_interpreter = BooleanField(_l("Needs an interpreter"))

    def facts(self, home=""):
        return GuardianFacts(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            relation=self.relation.data,
            mailing_address=home if self.same_address.data else self.mailing_address.data,
            phone=self.phone.data,
            email=self.email.data,
            language=self.language.data,
            needs_interpreter=self.needs_interpreter.data,
        )


class HarmedForm(PartForm):
    KEY = "name"

    name = line(_l("Name"))
    is_place = BooleanField(_l("This is a shop, a school or an office, not a person"))
    contact = paragraph(_l("How to reach them"), longest=500, render_kw=ADDRESS_ROWS)
    wants_notice = BooleanField(_l("Wants to know when the hearing is"))
    wants_to_speak = BooleanField(_l("Wants to be heard by the panel"))
    wants_apology = BooleanField(_l("Wants an apology"))
    wants_outcome = BooleanField(_l("Wants to know how it ended"))

    def facts(self):
        return HarmedFacts(
            name=self.name.data,
            is_person=not self.is_place.data,
            contact=self.contact.data,
            wants_notice=self.wants_notice.data,
            wants_to_speak=self.wants_to_speak.data,
            wants_apology=self.wants_apology.data,
            wants_outcome=self.wants_outcome.data,
        )


class ReferralForm(TaskForm):
    agency = RecordField(_l("Referred by"), [InputRequired(_l("Choose who refers the young person."))])
    referring_person = line(_l("Officer or contact person"))
    referring_contact = line(_l("Their phone or e-mail"))
    agency_reference = line(_l("Their case number"))
    referred_on = DateField(_l("Day of the referral"), [InputRequired(_l("Enter the day of the referral."))])

    offence = RecordField(_l("Offense"), [InputRequired(_l("Choose the offense."))])
    incident_on = DateField(_l("Day it happened"), [InputRequired(_l("Enter the day it happened."))])
    incident_place = line(_l("Where it happened"))
    narrative = paragraph(_l("What happened"))
    companions = LinesField(
        _l("Others who took part"),
        description=_l("One name a line. They will not sit on this young person's panel."),
    )

    given_name = line(_l("First name"), _l("Enter the first name."))
    family_name = line(_l("Last name"), _l("Enter the last name."))
    born_on = DateField(_l("Birth date"), [InputRequired(_l("Enter the birth date."))])
    gender = choice(_l("Gender"), GENDERS)
    mailing_address = paragraph(_l("Mailing address"), longest=500, render_kw=ADDRESS_ROWS)
    phone = line(_l("Phone"), longest=40)
    email = line(_l("E-mail"))
    language = language_field(_l("Language"))
    needs_interpreter = BooleanField(_l("Needs an interpreter"))
    school = RecordField(_l("School now"), [Optional()], blank=NOT_KNOWN)
    school_at_incident = RecordField(_l("School when it happened"), [Optional()], blank=NOT_KNOWN)
    race = choice(_l("Race"), RACES)
    ethnicity = choice(_l("Ethnicity"), ETHNICITIES)

    guardians = FieldList(FormField(GuardianForm), min_entries=2, max_entries=6)
    harmed = FieldList(FormField(HarmedForm), min_entries=2, max_entries=6)

    knows_it_is_new = BooleanField(_l("This is another incident, not the one entered before"))

    def __init__(self, court, **kwargs):
        super().__init__(referred_on=court.today, **kwargs)
        self.agency.offer(court.agencies)
        self.offence.offer(court.offences, words=_offence_words)
        self.school.offer(court.schools)
        self.school_at_incident.offer(court.schools)

    def facts(self):
        """The referral as the court's procedure takes it; parts that were left empty are left out."""
        return ReferralFacts(
            agency=self.agency.record,
            referring_person=self.referring_person.data,
            referring_contact=self.referring_contact.data,
            agency_reference=self.agency_reference.data,
            referred_on=self.referred_on.data,
            incident_on=self.incident_on.data,
            incident_place=self.incident_place.data,
            offence=self.offence.record,
            narrative=self.narrative.data,
            school_at_incident=self.school_at_incident.record,
            companions=self.companions.data,
            respondent=self._respondent(),
            guardians=[part.facts(self.mailing_address.data) for part in self.guardians if part.is_filled],
            harmed=[part.facts() for part in self.harmed if part.is_filled],
        )

    def _respondent(self):
        return PersonFacts(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            born_on=self.born_on.data,
            gender=self.gender.data,
            race=self.race.data,
            ethnicity=self.ethnicity.data,
            language=self.language.data,
            needs_interpreter=self.needs_interpreter.data,
            mailing_address=self.mailing_address.data,
            phone=self.phone.data,
            email=self.email.data,
            school=self.school.record,
        )


def _offence_words(offence):
    words = _("%(offence)s (class %(kind)s)", offence=offence, kind=offence.offence_class)
    return words if offence.is_accepted else _("%(offence)s, not on this court's list", offence=words)
