"""Invented courts: one hearing day of a court of some size, as the facts that a plan is made from."""

from dataclasses import dataclass
from math import ceil
from random import Random

EVER, LAPSED = "2099-12-31", "2026-01-01"
RULES = {
    "ages": [13, 18],
    "schoolmates_apart": True,
    "open_cases_apart": True,
    "places_a_day": 2,
    "first_timers_most": 50,
    "experience": "needed",
    "school_most": 50,
    "quotas": [],
    "band": 25,
    "order": ["duty", "standby", "mix", "balance", "fair_share"],
}
RESERVE_SHARE = 0.15  # of the seats of a block


@dataclass(frozen=True)
class Size:
    """How large a court is."""

    name: str
    hearings: int
    seats: int
    people: int
    blocks: int

    @property
    def least(self):
        return 6 if self.seats <= 8 else 9

    @property
    def block_names(self):
        return [f"B{number}" for number in range(self.blocks)]


SMALL = Size("small", hearings=6, seats=8, people=60, blocks=3)
MEDIUM = Size("medium", hearings=12, seats=8, people=200, blocks=4)
LARGE = Size("large", hearings=40, seats=12, people=600, blocks=5)


class Town:
    """Its schools, of which the first are the largest, and what is drawn from them."""

    def __init__(self, random, size):
        self.random, self.size = random, size
        self.schools = [f"School {number}" for number in range(max(4, size.people // 35))]
        self.weights = [1 / (1 + number) ** 0.6 for number in range(len(self.schools))]

    def school(self):
        return self.random.choices(self.schools, self.weights)[0]

    def blocks_of_somebody(self):
        """Most can come at any time, others in one half of the day."""
        names, half = self.size.block_names, self.size.blocks // 2
        when = self.random.random()
        return names if when < 0.6 else names[: half or 1] if when < 0.85 else names[half:]

    def served(self):
        return 0 if self.random.random() < 0.25 else int(self.random.expovariate(0.25)) + 1

    def hearings(self, prefix="H"):
        """The docket of one day; in two of three hearings nobody from the respondent's school may sit."""
        size = self.size
        return [
            {
                "id": f"{prefix}{number:02d}",
                "block": size.block_names[number % size.blocks],
                "seats": size.seats,
                "least": size.least,
                "bailiffs": 1,
                "schools": [school] if self.random.random() < 0.7 else [],
                "ties": {},
                "school": school,
            }
            for number in range(size.hearings)
            for school in [self.school()]
        ]

    def tie(self, hearings, people):
        """Some know the respondent, mostly those of the same school. People are (id, school)."""
        for hearing in hearings:
            school = hearing.pop("school")
            for who, of in people:
                if self.random.random() < (0.15 if of == school else 0.01):
                    hearing["ties"][who] = ["knows"]
        return hearings

    def day(self, name, held_on, hearings, candidates, apart):
        """All of it as facts."""
        return {
            "format": "day-1",
            "day": name,
            "held_on": held_on,
            "rules": RULES,
            "blocks": [
                {
                    "id": block,
                    "reserves": ceil(
                        RESERVE_SHARE * sum(h["seats"] for h in hearings if h["block"] == block)
                    ),
                }
                for block in self.size.block_names
            ],
            "hearings": hearings,
            "candidates": candidates,
            "apart": apart,
            "pins": [],
            "bars": [],
            "keep": None,
        }


def training(may_lead, may_guard, is_current=True):
    """Until when somebody's training is good, by role."""
    roles = ["juror", *["foreperson"] * may_lead, *["bailiff"] * may_guard]
    return dict.fromkeys(roles, EVER if is_current else LAPSED)


def court_day(seed, size):
    """One hearing day: who volunteers, who owes sittings, who can come, who knows whom."""
    random = Random(f"{size.name}-{seed}")
    town = Town(random, size)
    candidates = [_candidate(town, number) for number in range(size.people)]
    names = [each["id"] for each in candidates]
    apart = [random.sample(names, 2) for _each in range(max(1, size.people // 30))]
    hearings = town.tie(town.hearings(), [(each["id"], each["school"]) for each in candidates])
    return town.day(f"{size.name}-{seed}", "2026-11-28", hearings, candidates, apart)


def _candidate(town, number):
    random = town.random
    was_respondent = random.random() < 0.35
    served = town.served()
    owes = random.choice([1, 1, 2, 3, 4]) if was_respondent and random.random() < 0.6 else 0
    return {
        "id": f"P{number:04d}",
        "free": town.blocks_of_somebody() if random.random() < 0.62 else [],
        "age": random.randint(13, 18),
        "school": town.school(),
        "trained_until": training(
            served >= 3 and random.random() < 0.6,
            served >= 1 and random.random() < 0.35,
            is_current=random.random() < 0.94,
        ),
        "served": served,
        "places_left": random.choices([0, 1, 2, 3, 4], [8, 15, 27, 25, 25])[0],
        "owes": owes,
        "chances": random.randint(1, 9) if owes else 0,
        "credit": round(random.gauss(0, 80)),
    }


def at_the_door(facts, places, absent):
    """The facts once the absent are known: the plan stands, and only people who were called are there."""
    here = {who for who, _role, _where in places} - set(absent)
    candidates = [each if each["id"] in here else each | {"free": []} for each in facts["candidates"]]
    return facts | {"candidates": candidates, "keep": [list(place) for place in places]}
