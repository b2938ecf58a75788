"""Referrals from before the played year: typed in on the first day, then sealed, held, opened, destroyed."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from tempfile import TemporaryDirectory

from youthcourt import clock
from youthcourt.models import (
    Case,
    DeclineReason,
    HoldReason,
    LegalHold,
    LetterKind,
    RecordKind,
    RetentionRule,
    Trigger,
    User,
)
from youthcourt.notices.family import tell_family
from youthcourt.permissions import Role
from youthcourt.procedures.completion import purging, retaining, sealing
from youthcourt.procedures.completion.ledger import Ledger
from youthcourt.procedures.intake.referring import (
    GuardianFacts,
    ReferralFacts,
    receive_referral,
)

from .names import NameBook, facts_of
from .stage import Stage, Story

HOW_MANY = 5
EVERY = 56  # days between two looks at what is due


def old_records(stage: Stage) -> Story:
    """What an office does with records that it took over: five referrals of years ago, never accepted."""
    opens_on, by = stage.season.opens_on, stage.colleague
    yield stage.at(opens_on, 15)
    _write_rules(stage)
    cases = _type_in(stage)
    yield stage.at(opens_on + timedelta(days=3), 10)
    _, wrongly_sealed, held, asked_for, reconsidered = cases
    LegalHold.place(held, HoldReason.RECORDS_REQUEST, "The family asked for a copy of everything.", by=by)
    stage.is_refused(sealing.seal, held, "The wait is over.", by=by)
    _send(wrongly_sealed, LetterKind.SEALING_NOTICE, by)
    sealing.seal(wrongly_sealed, "The wait is over.", by=by)
    stage.keep()
    yield stage.at(opens_on + timedelta(days=10), 10)
    standing = sealing.standing(wrongly_sealed)
    assert standing is not None, "it was sealed a week ago"
    sealing.unseal(standing, "It was mixed up with a record of the same name.", by=_administrator(stage))
    yield from _destroy(stage, asked_for, reconsidered)
    held.holds[-1].lift("They have their copy.", by=by)
    _send(held, LetterKind.SEALING_NOTICE, by)
    sealing.seal(held, "The wait is over, and the family has its copy.", by=by)
    yield from _nights(stage)


def _write_rules(stage: Stage) -> None:
    """The usual rules, but referrals that were not accepted are kept a year longer."""
    RetentionRule.add(
        stage.court,
        by=stage.coordinator,
        name="Referrals not accepted",
        kind=RecordKind.DECLINED,
        trigger=Trigger.CLOSED,
        seal_after_days=365,
        destroy_after_days=730,
        warn_days=30,
        needs_notice=True,
        keeps_mark=True,
        citation="Order of the board on records, section 4",
        checked_by_counsel_on=stage.court.today,
    )
    retaining.add_usual_rules(stage.court, by=stage.coordinator)


def _type_in(stage: Stage) -> list[Case]:
    """From the paper files, with names of their own so that nobody else's change."""
    rng = Random(f"{stage.season.seed}/old records")
    return [_one_of(stage, rng, NameBook(rng)) for _number in range(HOW_MANY)]


def _one_of(stage: Stage, rng: Random, names: NameBook) -> Case:
    court, named = stage.court, names.anybody()
    referred_on = court.today - timedelta(days=rng.randint(400, 900))
    born_on = referred_on - timedelta(days=rng.randint(13 * 365, 15 * 365))
    facts = ReferralFacts(
        agency=rng.choice(court.agencies),
        referred_on=referred_on,
        incident_on=referred_on - timedelta(days=rng.randint(3, 20)),
        offence=rng.choice(stage.offences("C")),
        respondent=facts_of(named, born_on, rng, school=rng.choice(court.schools)),
        guardians=[
            GuardianFacts(
                "Robin", named.family_name, mailing_address="12 Tallywood Drive\nCape Willow, NC 28303"
            )
        ],
        narrative="Taken over from the paper files.",
    )
    case = receive_referral(court, facts, by=stage.colleague)
    stage.keep()
    case.decline(DeclineReason.NO_CONTACT, note="Taken over from the paper files.", by=stage.colleague)
    return case


def _send(case: Case, kind: LetterKind, by: User) -> None:
    tell_family(case, kind, by=by).send(by=by)


def _destroy(stage: Stage, asked_for: Case, reconsidered: Case) -> Story:
    """Two are proposed at the wish of their families: one family changes its mind, the other does not."""
    opens_on, by = stage.season.opens_on, stage.colleague
    yield stage.at(opens_on + timedelta(days=40), 10)
    proposed = []
    for case in (asked_for, reconsidered):
        _send(case, LetterKind.DESTRUCTION_NOTICE, by)
        proposed.append(purging.propose(case, "The family asked for it; nothing speaks against it.", by=by))
    yield stage.at(opens_on + timedelta(days=44), 10)
    stage.is_refused(purging.confirm, proposed[0], by=_administrator(stage), ledger=None)
    purging.withdraw(proposed[1], by=by)
    yield stage.at(opens_on + timedelta(days=48), 10)
    # No copy was ever made of a played court, so nothing has to forget again what is destroyed in it.
    with TemporaryDirectory() as folder:
        purged = purging.confirm(proposed[0], by=_administrator(stage), ledger=Ledger(folder))
    stage.keep()
    yield stage.at(opens_on + timedelta(days=49), 3)
    # The night after. There is no need to sweep anything: nobody in a played court ever lived.
    purged.swept_at = clock.now()


def _nights(stage: Stage) -> Story:
    """Every few weeks somebody looks at what is due; the last time is this morning."""
    season = stage.season
    day = season.opens_on + timedelta(days=EVERY)
    while day < season.as_of:
        yield stage.at(day, 3)
        retaining.work_out(stage.court)
        day += timedelta(days=EVERY)
    yield stage.at(season.as_of, 3)
    retaining.work_out(stage.court)


def _administrator(stage: Stage) -> User:
    found = stage.court.session.scalars(User.in_role(stage.court, Role.ADMINISTRATOR)).first()
    assert found is not None, "the play opens with an administrator"
    return found
