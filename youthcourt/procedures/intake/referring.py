"""Receiving a referral: the people, the incident and the case it opens, together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import (
    Agency,
    Case,
    CaseStage,
    Companion,
    Court,
    Guardianship,
    Offence,
    Person,
    PersonHarmed,
    Referral,
    School,
    User,
    namesakes,
)


@dataclass
class PersonFacts:
    """What is known of a person who comes with a referral."""

    given_name: str
    family_name: str
    born_on: date | None = None
    gender: str = ""
    race: str = ""
    ethnicity: str = ""
    language: str = "en"
    needs_interpreter: bool = False
    mailing_address: str = ""
    phone: str = ""
    email: str = ""
    school: School | None = None


@dataclass
class GuardianFacts(PersonFacts):
    relation: str = ""


@dataclass
class HarmedFacts:
    """Who was hurt; a shop or a school is no person."""

    name: str
    is_person: bool = True
    contact: str = ""
    wants_notice: bool = False
    wants_to_speak: bool = False
    wants_apology: bool = False
    wants_outcome: bool = False


@dataclass
class ReferralFacts:
    """All that a referral says."""

    agency: Agency
    referred_on: date
    incident_on: date
    offence: Offence
    respondent: PersonFacts
    guardians: list[GuardianFacts]
    referring_person: str = ""
    referring_contact: str = ""
    agency_reference: str = ""
    incident_place: str = ""
    narrative: str = ""
    school_at_incident: School | None = None
    companions: list[str] = field(default_factory=list)
    harmed: list[HarmedFacts] = field(default_factory=list)


def earlier_case_like(court: Court, facts: ReferralFacts) -> Case | None:
    """A case of the same young person for an incident on the same day: perhaps the same, entered before."""
    known = _namesakes(court, facts.respondent)
    if not known:
        return None
    same = (
        select(Case)
        .join(Case.referral)
        .where(
            Case.court_id == court.id,
            Case.respondent_id.in_([person.id for person in known]),
            Referral.incident_on == facts.incident_on,
        )
    )
    return court.session.scalars(same).first()


def receive_referral(court: Court, facts: ReferralFacts, by: User, knows_it_is_new: bool = False) -> Case:
    """Open the case that a referral asks for.

    A respondent of the same name and birthday is taken to be the same person. Outside the court's ages the
    referral is refused, and the same incident of the same person only goes through when `knows_it_is_new`.
    """
    _check(court, facts)
    if not knows_it_is_new and (twin := earlier_case_like(court, facts)):
        raise RuleBroken(
            _(
                "%(name)s already has case %(number)s for an incident on this day. "
                "If this is another incident, say so below.",
                name=twin.respondent,
                number=twin.number,
            ),
            field="knows_it_is_new",
        )
    respondent = _respondent(court, facts.respondent)
    for guardian in facts.guardians:
        add_guardian(court, respondent, guardian)
    case = Case(
        court=court,
        number=Case.next_number(court, court.today),
        stage=CaseStage.REFERRED,
        stage_since=court.today,
        respondent=respondent,
        offence=facts.offence,
        decide_by=clock.add_business_days(facts.referred_on, court.business_days_to_decide),
    )
    case.referral = Referral(
        court=court,
        agency=facts.agency,
        referring_person=facts.referring_person,
        referring_contact=facts.referring_contact,
        agency_reference=facts.agency_reference,
        referred_on=facts.referred_on,
        incident_on=facts.incident_on,
        incident_place=facts.incident_place,
        narrative=facts.narrative,
        school_at_incident=facts.school_at_incident,
    )
    court.session.add(case)
    for name in facts.companions:
        case.companions.append(Companion(court=court, name=name, person=_companion(court, case, name, facts)))
    for harmed in facts.harmed:
        case.persons_harmed.append(_harmed(court, harmed))
    case.record("referral.received", by=by, agency=facts.agency.name, incident_on=facts.incident_on)
    _recognise_companion(case)
    return case


def _check(court: Court, facts: ReferralFacts) -> None:
    if facts.incident_on > facts.referred_on:
        raise RuleBroken(_("The incident cannot be later than the referral."), field="incident_on")
    if facts.referred_on > court.today:
        raise RuleBroken(_("The referral is dated in the future."), field="referred_on")
    born_on = facts.respondent.born_on
    if born_on is None:
        raise RuleBroken(_("The court has to know the birth date."), field="born_on")
    age = clock.age_on(born_on, facts.incident_on)
    if not court.youngest_age <= age <= court.oldest_age:
        raise RuleBroken(
            _(
                "Was %(age)s on the day of the incident; this court hears ages %(youngest)s to %(oldest)s.",
                age=age,
                youngest=court.youngest_age,
                oldest=court.oldest_age,
            ),
            field="born_on",
        )


def _namesakes(court: Court, facts: PersonFacts) -> list[Person]:
    return namesakes(court, facts.given_name, facts.family_name, facts.born_on)


def _person(court: Court, facts: PersonFacts) -> Person:
    person = Person(
        court=court,
        given_name=facts.given_name,
        family_name=facts.family_name,
        born_on=facts.born_on,
        gender=facts.gender,
        race=facts.race,
        ethnicity=facts.ethnicity,
        language=facts.language,
        needs_interpreter=facts.needs_interpreter,
        mailing_address=facts.mailing_address,
        phone=facts.phone,
        email=facts.email,
        school=facts.school,
    )
    court.session.add(person)
    return person


def _respondent(court: Court, facts: PersonFacts) -> Person:
    known = [person for person in _namesakes(court, facts) if person.born_on == facts.born_on]
    if not known:
        return _person(court, facts)
    return _bring_up_to_date(known[0], facts)


def _bring_up_to_date(person: Person, facts: PersonFacts) -> Person:
    """What a new referral says of somebody known replaces what was kept; what it leaves out stays."""
    for name in ("gender", "race", "ethnicity", "mailing_address", "phone", "email", "school"):
        if told := getattr(facts, name):
            setattr(person, name, told)
    person.needs_interpreter = person.needs_interpreter or facts.needs_interpreter
    if facts.language != PersonFacts.language:
        person.language = facts.language
    return person


def add_guardian(court: Court, ward: Person, facts: GuardianFacts) -> Guardianship | None:
    """Note who stands for a young person; None when they do already."""
    name = f"{facts.given_name} {facts.family_name}".strip().lower()
    known = next((each for each in ward.guardians if each.name.lower() == name), None)
    if known is not None:
        _bring_up_to_date(known, facts)
        return None
    guardian = _person(court, facts)
    stands = Guardianship(court=court, ward=ward, guardian=guardian, relation=facts.relation)
    court.session.add(stands)
    return stands


def _companion(court: Court, case: Case, name: str, facts: ReferralFacts) -> Person | None:
    """The person behind a co-respondent's name, when a case of the same incident day is theirs."""
    others = (
        select(Person)
        .join(Case, Case.respondent_id == Person.id)
        .join(Referral, Referral.case_id == Case.id)
        .where(Person.court_id == court.id, Referral.incident_on == facts.incident_on)
    )
    with court.session.no_autoflush:
        return next(
            (p for p in court.session.scalars(others) if p.name.lower() == name.strip().lower()), None
        )


def _recognise_companion(case: Case) -> None:
    """Whoever was named as part of this incident before their own referral came is known from now on."""
    unknown = (
        select(Companion)
        .join(Companion.case)
        .join(Case.referral)
        .where(
            Companion.court_id == case.court_id,
            Companion.person_id.is_(None),
            Referral.incident_on == case.referral.incident_on,
        )
    )
    for companion in case.session.scalars(unknown):
        if companion.name.strip().lower() == case.respondent.name.lower():
            companion.person = case.respondent


def _harmed(court: Court, facts: HarmedFacts) -> PersonHarmed:
    person = None
    if facts.is_person:
        given, _space, family = facts.name.partition(" ")
        same = namesakes(court, given, family, None)
        person = same[0] if same else _person(court, PersonFacts(given_name=given, family_name=family))
    return PersonHarmed(
        court=court,
        person=person,
        name=facts.name,
        contact=facts.contact,
        wants_notice=facts.wants_notice,
        wants_to_speak=facts.wants_to_speak,
        wants_apology=facts.wants_apology,
        wants_outcome=facts.wants_outcome,
    )
