"""How a case arrives: the referral, the decision, the interview, the agreements, a place on the docket."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from youthcourt import clock
from youthcourt.models import (
    Agreement,
    Appointment,
    Case,
    DeclineReason,
    HowSigned,
    Interview,
    Offence,
    Party,
    Person,
    School,
)
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.procedures.intake.family import (
    change_contact,
    end_guardianship,
    open_access,
    welcome_guardian,
)
from youthcourt.procedures.intake.referring import (
    GuardianFacts,
    HarmedFacts,
    PersonFacts,
    ReferralFacts,
    receive_referral,
)

from . import words
from .names import Named, address, facts_of, phone
from .season import End, Fate, Turn
from .setting import REFERRING_PEOPLE
from .sign_ins import ADDRESSES
from .stage import Stage, Story

RELATIONS = {"mother": 6, "father": 3, "grandmother": 2, "stepfather": 1, "aunt": 1}

# Whose names are of those that forms stumble over.
RARE_FATES = frozenset({2, 9, 17, 33, 2003})

# These are decided before the court has met the family; the others once it has tried to.
AT_ONCE = frozenset(
    {
        DeclineReason.TOO_YOUNG,
        DeclineReason.TOO_OLD,
        DeclineReason.OFFENCE_EXCLUDED,
        DeclineReason.EARLIER_PARTICIPATION,
    }
)


def arrival(stage: Stage, fate: Fate) -> Story:
    """From the day a referral comes to the day its hearing is set, or it is declined."""
    rng = stage.rng_of(fate)
    yield stage.at(fate.referred_on, rng.randint(9, 16), rng.randint(0, 59))
    case = _receive(stage, fate, rng)
    stage.fates[case.id] = fate
    yield stage.at(fate.decided_on, 10, rng.randint(0, 59))
    if fate.decline in AT_ONCE:
        _decline(stage, case, fate)
        return
    _accept(stage, case, rng)
    if fate.decline is DeclineReason.NO_CONTACT:
        yield stage.at(fate.ends_on or fate.decided_on, 16)
        _decline(stage, case, fate)
        return
    _appoint(stage, case, fate)
    yield stage.at(fate.intake_on, 15, rng.randint(0, 59))
    _interview(stage, case, fate, rng)
    if fate.decline:
        yield stage.at(fate.ends_on or fate.intake_on, 16)
        _decline(stage, case, fate)
        return
    yield from _agreements(stage, case, fate, rng)
    yield stage.at(fate.placed_on, 11, rng.randint(0, 59))
    _place(stage, case, fate, rng)
    if fate.end is End.WITHDRAWS and fate.ends_on and fate.ends_on < stage.season.night(fate.night or 0):
        yield stage.at(fate.ends_on, 12)
        case.withdraw(case.respondent.guardians[0], rng.choice(words.WITHDRAWALS), by=stage.colleague)
        tell_referrer(case, by=stage.colleague)


# ---- The referral ---------------------------------------------------------------------------------


def _receive(stage: Stage, fate: Fate, rng: Random) -> Case:
    court = stage.court
    offence = _offence(stage, fate, rng)
    before = _earlier(stage, fate)
    respondent, guardians = _known(before) if before else _family(stage, fate, rng)
    incident_on = min(fate.referred_on - timedelta(days=rng.randint(2, 12)), court.today)
    narrative = rng.choice(words.NARRATIVES[offence.name]).format(name=respondent.given_name)
    facts = ReferralFacts(
        agency=rng.choice(court.agencies),
        referred_on=fate.referred_on,
        incident_on=incident_on,
        offence=offence,
        respondent=respondent,
        guardians=guardians,
        referring_person=rng.choice(REFERRING_PEOPLE),
        referring_contact=phone(rng),
        agency_reference=f"{fate.referred_on:%y}-{rng.randint(1000, 9999)}",
        incident_place=rng.choice(words.PLACES),
        narrative=narrative,
        school_at_incident=respondent.school,
        companions=_companions(stage, fate),
        harmed=_harmed(stage, rng) if fate.takes(Turn.HARMED) else [],
    )
    by = stage.colleague if rng.random() < 0.3 else stage.coordinator
    case = receive_referral(court, facts, by=by, knows_it_is_new=before is not None)
    if fate.takes(Turn.COMPANION):
        stage.is_refused(receive_referral, court, facts, by=by)  # the same letter, come by mail as well
    court.session.flush()
    return case


def _offence(stage: Stage, fate: Fate, rng: Random) -> Offence:
    is_excluded = fate.decline is DeclineReason.OFFENCE_EXCLUDED or (
        fate.takes(Turn.OVERRIDE) and not fate.takes(Turn.REPEAT)
    )
    return rng.choice(stage.offences(fate.offence_class, is_accepted=not is_excluded))


def _family(stage: Stage, fate: Fate, rng: Random) -> tuple[PersonFacts, list[GuardianFacts]]:
    is_rare = fate.number in RARE_FATES
    named = (stage.names.rare() if is_rare else None) or stage.names.anybody()
    respondent = facts_of(
        named,
        _birthday(fate, rng),
        rng,
        school=_school(stage, fate, rng),
        needs_interpreter=fate.takes(Turn.INTERPRETER),
    )
    return respondent, _guardians(stage, named, respondent, rng)


def _school(stage: Stage, fate: Fate, rng: Random) -> School:
    """Any school; for the demonstration's own hearing not that of its juror, who could not sit on it."""
    juror = stage.demo_juror
    barred = juror.person.school if juror and fate.takes(Turn.DELIBERATING_TONIGHT) else None
    return rng.choice([school for school in stage.court.schools if school is not barred])


def _birthday(fate: Fate, rng: Random) -> date:
    """Ages as one North Carolina sample had them: mostly 13 to 16."""
    if fate.decline is DeclineReason.TOO_YOUNG:
        return fate.referred_on - timedelta(days=10 * 365 + 100)
    if fate.decline is DeclineReason.TOO_OLD:
        return fate.referred_on - timedelta(days=18 * 365 + 100)
    age = min(17.3, max(12.4, rng.gauss(14.7, 1.2)))
    return fate.referred_on - timedelta(days=int(age * 365.25))


def _known(before: Case) -> tuple[PersonFacts, list[GuardianFacts]]:
    """The same young person as in an earlier case; the guardians are known too."""
    person = before.respondent
    facts = PersonFacts(person.given_name, person.family_name, born_on=person.born_on, school=person.school)
    return facts, []


def _earlier(stage: Stage, fate: Fate) -> Case | None:
    """Somebody who was here before, for those who come back."""
    returns = fate.takes(Turn.REPEAT) or fate.decline is DeclineReason.EARLIER_PARTICIPATION
    return stage.former.pop(0) if returns and stage.former else None


def _guardians(stage: Stage, ward: Named, respondent: PersonFacts, rng: Random) -> list[GuardianFacts]:
    chosen = dict.fromkeys(rng.choices(list(RELATIONS), list(RELATIONS.values()), k=rng.choice((1, 1, 2))))
    home = respondent.mailing_address
    guardians = []
    for relation in chosen:
        named = stage.names.parent_of(ward, relation)
        guardians.append(
            GuardianFacts(
                named.given_name,
                named.family_name,
                language=respondent.language,
                mailing_address=home if rng.random() < 0.8 else address(rng),
                phone=phone(rng),
                relation=relation,
            )
        )
    return guardians


def _companions(stage: Stage, fate: Fate) -> list[str]:
    """Whoever was part of the same incident, by name, as the report has it."""
    return [stage.names.anybody().name] if fate.takes(Turn.COMPANION) else []


def _harmed(stage: Stage, rng: Random) -> list[HarmedFacts]:
    if rng.random() < 0.5:
        return [HarmedFacts(rng.choice(words.SHOPS), is_person=False, wants_outcome=True, contact=phone(rng))]
    name = stage.names.anybody().name
    return [HarmedFacts(name, wants_notice=True, wants_to_speak=rng.random() < 0.3, wants_apology=True)]


# ---- The decision and the interview ---------------------------------------------------------------


def _accept(stage: Stage, case: Case, rng: Random) -> None:
    against = case.rules_against()
    if against:
        stage.is_refused(case.accept, by=stage.coordinator)
    case.accept(by=stage.coordinator, override_reason=rng.choice(words.OVERRIDES) if against else "")
    tell_referrer(case, by=stage.coordinator).send(by=stage.coordinator)


def _decline(stage: Stage, case: Case, fate: Fate) -> None:
    assert fate.decline is not None
    case.decline(fate.decline, words.DECLINE_NOTES.get(fate.decline, ""), by=stage.coordinator)
    tell_referrer(case, by=stage.coordinator).send(by=stage.coordinator)


def _appoint(stage: Stage, case: Case, fate: Fate) -> None:
    """The family is asked to come, by letter."""
    meets_at = datetime.combine(fate.intake_on, time(15), tzinfo=ZoneInfo(stage.court.time_zone))
    if meets_at > clock.now():
        Appointment.make(case, meets_at, stage.court.place, by=stage.coordinator)


def _interview(stage: Stage, case: Case, fate: Fate, rng: Random) -> None:
    interview = Interview(
        court=stage.court,
        held_on=stage.court.today,
        strengths=rng.choice(words.STRENGTHS),
        interests=rng.choice(words.INTERESTS),
        own_words=rng.choice(words.OWN_WORDS),
        school_life=rng.choice(words.SCHOOL_LIFE),
        home_life=rng.choice(words.HOME_LIFE),
    )
    case.hold_intake(interview, by=stage.colleague if rng.random() < 0.4 else stage.coordinator)
    if fate.takes(Turn.INTERPRETER):
        _somebody_else_stands_in(stage, case, rng)
    if fate.takes(Turn.AGREES_LATER):
        told = {"phone": phone(rng), "mailing_address": address(rng)}
        change_contact(case, case.respondent.guardians[0], told, by=stage.colleague)
    guardian = case.respondent.guardians[0]
    if fate.takes(Turn.DEMO_FAMILY):
        open_access(case, guardian, ADDRESSES[Role.FAMILY], by=stage.coordinator)
    elif fate.takes(Turn.FAMILY_ACCOUNT) and not guardian.email:
        open_access(case, guardian, f"family{guardian.id}@demo.example", by=stage.coordinator)


def _somebody_else_stands_in(stage: Stage, case: Case, rng: Random) -> None:
    """A grandmother comes to the interview and stands for the family in place of whom the report named."""
    named = stage.names.of_style(stage.names.anybody().style, gender="girl")
    facts = GuardianFacts(named.given_name, named.family_name, relation="grandmother", phone=phone(rng))
    before = case.respondent.guardians
    welcome_guardian(case, facts, by=stage.coordinator)
    end_guardianship(case, before[-1], by=stage.coordinator)


def _agreements(stage: Stage, case: Case, fate: Fate, rng: Random) -> Story:
    """The young person signs at the interview; a guardian then too, or some days later."""
    guardian = case.respondent.guardians[0]
    _agree(stage, case, Party.YOUTH, case.respondent, HowSigned.IN_PERSON)
    how = HowSigned.IN_PERSON
    if fate.takes(Turn.AGREES_LATER):
        stage.is_refused(_place, stage, case, fate, rng)
        yield stage.at(fate.agreed_on, 10, 30)
        how = rng.choice((HowSigned.BY_MAIL, HowSigned.ONLINE))
    _agree(stage, case, Party.GUARDIAN, guardian, how)


def _agree(stage: Stage, case: Case, party: Party, person: Person, how: HowSigned) -> None:
    agreement = Agreement(
        party=party,
        person=person,
        admits=True,
        waives_rights=True,
        releases_report=True,
        promises_confidentiality=True,
        signed_on=stage.court.today,
        how=how,
    )
    case.agree(agreement, by=stage.coordinator)


# ---- A place on the docket ------------------------------------------------------------------------


def _place(stage: Stage, case: Case, fate: Fate, rng: Random) -> None:
    assert fate.night is not None
    number = fate.night - fate.takes(Turn.ADJOURNED)
    court_session = stage.nights[number]
    blocks, rooms = court_session.blocks, court_session.rooms
    if fate.place and not fate.takes(Turn.ADJOURNED):
        block, room = blocks[fate.place[0]], rooms[fate.place[1]]
    else:
        kept = {(blocks[block], rooms[room]) for block, room in stage.season.kept_places(number)}
        # Rooms are filled one after the other, so that a short docket needs few jurors at a time.
        free = [place for place in court_session.free_places() if place not in kept]
        free.sort(key=lambda place: rooms.index(place[1]))
        block, room = free[rng.randrange(min(2, len(free)))]
    judge = stage.judges[court_session.rooms.index(room)]
    court_session.place_hearing(case, block, room, judge, by=stage.coordinator)
