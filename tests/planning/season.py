"""Half a year of Saturdays in an invented court, the same for each way of seating panels.

Volunteers come when they can; respondents arrive with sittings to do by a due day; some who are called do not
come. What a way of seating decides is who sits, and so who is owed turns, who has done what they owed, and
who has learned to lead a panel.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.planning.courts import Town, at_the_door, training
from youthcourt.checker import check

FIRST = date(2026, 1, 3)
WEEKS = 26
LONG_AFTER = 14  # weeks that are made up beyond the season, so that a due day may lie behind it
NO_SHOW = 0.12
SEATS_A_MONTH = 4
MOST_CREDIT = 3.0  # seats, so that an old debt does not outweigh everything


@dataclass(frozen=True)
class Person:
    """Somebody who may sit, as they come to the court."""

    id: str
    school: str
    age: int
    served: int
    may_lead: bool
    may_guard: bool
    learns_to_lead: bool
    stays: bool  # as a volunteer, when all that was owed is done
    reliable: float  # the share of Saturdays on which they can come
    blocks: tuple[str, ...]
    can_come: frozenset[int]  # weeks
    would_miss: frozenset[int]  # weeks in which they do not come though they said so
    since: int  # week
    owes: int = 0
    due: int | None = None  # week

    def could_pay_in(self):
        """The weeks in which they could do a sitting that they owe."""
        return [week for week in self.can_come - self.would_miss if self.since <= week <= self.due]


class World:
    """Everything that does not depend on who is seated."""

    def __init__(self, seed, size):
        self.seed, self.size = seed, size
        self.random = Random(f"season-{seed}-{size.name}")
        self.town = Town(self.random, size)
        self.people = [self._person(0) for _each in range(int(size.people * 0.75))]
        self.people += [self._respondent(0, [1, 1, 2, 2, 3, 4], 3, 12) for _each in range(size.people // 5)]
        names = [each.id for each in self.people]
        self.apart = [self.random.sample(names, 2) for _each in range(max(1, size.people // 40))]
        self.dockets = []
        for week in range(WEEKS):
            hearings = self.town.hearings(f"W{week:02d}H")
            self.dockets.append(self.town.tie(hearings, [(each.id, each.school) for each in self.people]))
            arriving = sum(self.random.random() < 0.6 for _each in hearings)
            owed = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4]
            self.people += [self._respondent(week + 1, owed, 6, 13) for _each in range(arriving)]

    def _respondent(self, week, owed, soonest, latest):
        owes, due = self.random.choice(owed), week + self.random.randint(soonest, latest)
        return self._person(week, owes, due)

    def _person(self, week, owes=0, due=None):
        random = self.random
        served = 0 if owes else self.town.served()
        reliable = random.betavariate(4, 2) if owes else random.betavariate(3, 2)
        weeks = range(WEEKS + LONG_AFTER)
        return Person(
            id=f"P{random.randrange(10**6):06d}{random.randrange(10**6):06d}",
            school=self.town.school(),
            age=random.randint(13, 18),
            served=served,
            may_lead=served >= 3 and random.random() < 0.6,
            may_guard=served >= 1 and random.random() < 0.35,
            learns_to_lead=random.random() < 0.6,
            stays=random.random() < 0.3,
            reliable=reliable,
            blocks=tuple(self.town.blocks_of_somebody()),
            can_come=frozenset(week for week in weeks if random.random() < reliable),
            would_miss=frozenset(week for week in weeks if random.random() < NO_SHOW),
            since=week,
            owes=owes,
            due=due,
        )


@dataclass
class Standing:
    """How somebody stands after the Saturdays so far."""

    person: Person
    served: int
    owes: int
    credit: float = 0.0
    sat: list[int] = field(default_factory=list)  # the week of each sitting
    done_in: int | None = None  # the week in which all that was owed was done
    left_after: int | None = None  # week
    offered: int = 0  # Saturdays offered
    passed_over: int = 0  # in a row
    longest: int = 0

    def is_there(self, week):
        return self.person.since <= week and (self.left_after is None or week <= self.left_after)

    def candidate(self, week):
        """Their line in the facts of a day."""
        who, owes = self.person, self.owes
        return {
            "id": who.id,
            "free": list(who.blocks) if week in who.can_come else [],
            "age": who.age,
            "school": who.school,
            "trained_until": training(
                who.may_lead or (self.served >= 3 and who.learns_to_lead and self.served > who.served),
                who.may_guard,
            ),
            "served": self.served,
            "places_left": max(0, SEATS_A_MONTH - sum(sat > week - 4 for sat in self.sat)),
            "owes": owes,
            "chances": self.chances(week) if owes else 0,
            "credit": round(100 * max(-MOST_CREDIT, min(MOST_CREDIT, self.credit))),
        }

    def chances(self, week):
        """Days on which they can still sit: what they have said for three weeks, and what is usual after."""
        who = self.person
        said = [later for later in range(week + 1, min(week + 4, who.due + 1)) if later in who.can_come]
        return 1 + len(said) + int(who.reliable * max(0, who.due - week - 3) * (1 - NO_SHOW))

    def after(self, week, sittings, share, was_absent):
        """What the Saturday changed for somebody who had offered to come."""
        self.offered += 1
        self.credit += share - sittings
        if sittings:
            self.passed_over = 0
        elif not was_absent:
            self.passed_over += 1
            self.longest = max(self.longest, self.passed_over)
        self.sat += [week] * sittings
        self.served += sittings
        if sittings and self.owes:
            self.owes -= 1
            if not self.owes:
                self.done_in = week
                self.left_after = None if self.person.stays else week

    def settle(self, week):
        """Who has not done what they owed by the due day goes another way."""
        if self.owes and self.person.due == week:
            self.left_after = week


@dataclass
class Told:
    """What a season came to."""

    hearings: int = 0
    lost: int = 0
    seats: int = 0
    open: int = 0
    checked: int = 0  # plans and mended plans, by the independent checker
    broken: list[str] = field(default_factory=list)
    people: list[Standing] = field(default_factory=list)

    @property
    def open_percent(self):
        return 100 * self.open / self.seats

    @property
    def on_time_percent(self):
        """Of those who could have done all that they owed by their due day: how many have."""
        able = [
            each
            for each in self.people
            if each.person.due is not None
            and each.person.due < WEEKS
            and len(each.person.could_pay_in()) >= each.person.owes
        ]
        return 100 * sum(each.done_in is not None for each in able) / max(1, len(able))

    @property
    def regulars(self):
        """Volunteers from the first day on who offered to come often enough to compare."""
        return [
            each
            for each in self.people
            if not each.person.since and each.person.due is None and each.offered > 5
        ]

    @property
    def gini(self):
        return gini([len(each.sat) / each.offered for each in self.regulars])

    @property
    def longest_drought(self):
        """The most Saturdays in a row on which somebody offered to come and never sat."""
        return max(each.longest for each in self.regulars)

    @property
    def never_seated(self):
        return sum(not each.sat for each in self.regulars)


def gini(values):
    """0 when all are equal, towards 1 when one has everything."""
    values, count = sorted(values), len(values)
    weighed = sum((2 * rank - count + 1) * value for rank, value in enumerate(values))
    return weighed / (count * sum(values)) if sum(values) else 0.0


def play(world, seat, repair, weeks=WEEKS):
    """The season with one way to seat, `seat(facts, seed)`, and to mend, `repair(facts, places, absent)`."""
    told = Told()
    standings = {who.id: Standing(who, who.served, who.owes) for who in world.people}
    told.people = list(standings.values())
    for week, hearings in enumerate(world.dockets[:weeks]):
        there = [each for each in told.people if each.is_there(week)]
        facts = world.town.day(
            f"W{week:02d}",
            (FIRST + timedelta(weeks=week)).isoformat(),
            hearings,
            [each.candidate(week) for each in there],
            world.apart,
        )
        planned = _checked(told, facts, seat(facts, str(world.seed)))
        called = {who for who, _role, _where in planned}
        absent = {who for who in called if week in standings[who].person.would_miss}
        final = _checked(told, at_the_door(facts, planned, absent), repair(facts, planned, absent))
        _count(told, hearings, final)
        _live_on(there, week, final, absent)
    return told


def _checked(told, facts, places):
    told.checked += 1
    told.broken += [f"{facts['day']}: {broken}" for broken in check(facts, "season", places)]
    return places


def _count(told, hearings, places):
    seated = Counter(where for _who, role, where in places if role in ("juror", "foreperson"))
    told.hearings += len(hearings)
    told.lost += sum(not seated[hearing["id"]] for hearing in hearings)
    told.seats += sum(hearing["seats"] for hearing in hearings)
    told.open += sum(hearing["seats"] - seated[hearing["id"]] for hearing in hearings)


def _live_on(there, week, places, absent):
    sittings = Counter(who for who, role, _where in places if role != "reserve")
    offered = [each for each in there if week in each.person.can_come]
    share = sum(sittings.values()) / max(1, len(offered))
    for each in offered:
        each.after(week, sittings[each.person.id], share, each.person.id in absent)
    for each in there:
        each.settle(week)
