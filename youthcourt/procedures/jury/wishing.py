"""Places that the coordinator gives to somebody before the draw, or keeps them from, each with its reason."""

from __future__ import annotations

from sqlalchemy import select

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import Bar, CourtSession, Hearing, Juror, Pin, SeatRole, User
from youthcourt.planning.day import Day, Facts
from youthcourt.planning.eligibility import what_bars

from . import day_facts
from .seating import OBSTACLE_WORDS, Obstacle


def pin(
    court_session: CourtSession, juror: Juror, role: SeatRole, hearing: Hearing, reason: str, by: User
) -> Pin:
    """Give somebody a place at a hearing, or in reserve at its time, if a rule does not forbid it."""
    wish = Pin(
        court=court_session.court, court_session=court_session, juror=juror, juror_id=juror.id, role=role
    )
    if role is SeatRole.RESERVE:
        wish.block, wish.block_id = hearing.block, hearing.block_id
    else:
        wish.hearing, wish.hearing_id = hearing, hearing.id
    _check_reason(reason)
    with court_session.session.no_autoflush:
        if why_not := _why_not_pin(wish, hearing):
            raise RuleBroken(why_not, field="juror")
    wish.reason, wish.made_at, wish.made_by = reason.strip(), clock.now(), by
    court_session.session.add(wish)
    wish.record("pin.made", by=by, juror=juror.id, role=role, reason=wish.reason)
    return wish


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")


def _why_not_pin(wish: Pin, hearing: Hearing) -> str | None:
    """The hard rule that this place would break, in words."""
    facts = day_facts.facts_of(wish.court_session)
    if all(each["id"] != str(hearing.id) for each in facts["hearings"]):
        return _("This hearing is settled.")
    broken = _what_forbids(facts, wish, hearing)
    if broken:
        return _("%(name)s may not sit here. %(why)s", name=wish.juror, why=" ".join(broken))
    return _why_too_much(facts, wish, hearing)


def _what_forbids(facts: Facts, wish: Pin, hearing: Hearing) -> list[str]:
    day = Day.of(facts)
    who = next((each for each in day.candidates if each.id == str(wish.juror_id)), None)
    if who is None:
        return [str(OBSTACLE_WORDS[Obstacle.NOT_BOOKED])]
    asked = next(each for each in day.hearings if each.id == str(hearing.id))
    role = SeatRole.JUROR if wish.role is SeatRole.RESERVE else wish.role
    codes = [bar for bar in what_bars(who, asked, role, day) if bar != "tie"]
    codes += asked.ties.get(who.id, [])
    return [str(OBSTACLE_WORDS[each]) for each in Obstacle if each.value in codes]


def _why_too_much(facts: Facts, wish: Pin, hearing: Hearing) -> str | None:
    """Rules about several places at once: one at a time, so many on a day, so many of each role."""
    pins = [(who, role, where) for who, role, where in facts["pins"]]
    blocks = {each["id"]: each["block"] for each in facts["hearings"]}
    mine = [(role, blocks.get(where, where)) for who, role, where in pins if who == str(wish.juror_id)]
    if any(block == str(hearing.block_id) for _role, block in mine):
        return _("%(name)s has been given another place at this time.", name=wish.juror)
    if len(mine) >= facts["rules"]["places_a_day"]:
        return _("%(name)s has been given as many places as one person takes on a day.", name=wish.juror)
    where = wish.place[2]
    there = [role for _who, role, place in pins if place == where]
    rules = hearing.court.seating_rules
    most = {
        SeatRole.FOREPERSON: 1,
        SeatRole.BAILIFF: rules.bailiffs,
        SeatRole.CLERK: rules.clerks,
        SeatRole.JUROR: hearing.court.panel_size - 1,
        SeatRole.RESERVE: next(
            (each["reserves"] for each in facts["blocks"] if each["id"] == str(hearing.block_id)), 0
        ),
    }
    if there.count(wish.role.value) >= most[wish.role]:
        return _("Every such place here has been given to somebody.")
    others = {who for who, _role, place in pins if place == where}
    if any(str(wish.juror_id) in pair and others & set(pair) for pair in facts["apart"]):
        return _("Somebody here is of their family, home or incident, and such do not sit together.")
    return None


def bar(court_session: CourtSession, juror: Juror, hearing: Hearing | None, reason: str, by: User) -> Bar:
    """Keep somebody off one panel, or off all of a day."""
    _check_reason(reason)
    pins = select(Pin).where(Pin.court_session_id == court_session.id, Pin.juror_id == juror.id)
    if any(hearing is None or each.hearing is hearing for each in court_session.session.scalars(pins)):
        raise RuleBroken(_("%(name)s was given a place here. Take it back first.", name=juror), field="juror")
    wish = Bar(court=court_session.court, court_session=court_session, juror=juror, hearing=hearing)
    wish.reason, wish.made_at, wish.made_by = reason.strip(), clock.now(), by
    court_session.session.add(wish)
    wish.record("bar.made", by=by, juror=juror.id, reason=wish.reason)
    return wish


def lift(wish: Pin | Bar, by: User) -> None:
    """Take a wish back. What was drawn by it stays as it was."""
    if isinstance(wish, Pin):
        wish.record("pin.lifted", by=by, juror=wish.juror_id)
    else:
        wish.record("bar.lifted", by=by, juror=wish.juror_id)
    wish.session.delete(wish)
