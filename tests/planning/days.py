"""Days of courts that never were: the same number, size and mood make the same day everywhere."""

import random
from collections import defaultdict
from functools import cache

from tests.planning import by_hand
from youthcourt.planning.lots import hearings_lot, persons_lot

ROLES = ("juror", "foreperson", "bailiff", "clerk")
SOFT_AIMS = ["duty", "standby", "mix", "balance", "fair_share"]
DAY, DAY_BEFORE, LONG_AFTER = "2026-11-28", "2026-11-27", "2027-11-28"

# hearings, seats of a panel, candidates, blocks
SIZES = {
    "tiny": ((1, 2), (1, 3), (2, 5), (1, 2)),
    "little": ((1, 5), (2, 5), (4, 24), (1, 3)),
    "small": ((6, 6), (8, 8), (60, 60), (3, 3)),
    "medium": ((12, 12), (8, 8), (200, 200), (4, 4)),
    "large": ((40, 40), (12, 12), (600, 600), (5, 5)),
}
# How many come for each place that is asked for, and how many of ten come with something against them.
MOODS = {
    "easy": ((1.6, 2.5), 1),
    "tight": ((0.8, 1.3), 2),
    "impossible": ((0.1, 0.7), 3),
    "hostile": ((0.6, 1.6), 3),
    "dense": ((0.7, 1.2), 6),
}


def seed_of(number):
    return f"day {number}"


def day(number, size="little", mood=None):
    """The facts of one day. Without a mood, each number has its own."""
    mood = mood or list(MOODS)[number % len(MOODS)]
    made = Maker(random.Random(f"{size} {mood} {number}"), number, size, mood)
    return made.facts()


def ready_for_anything(name, facts):
    """Somebody whom no rule keeps from any hearing of this day."""
    return {
        "id": name,
        "free": [each["id"] for each in facts["blocks"]],
        "age": facts["rules"]["ages"][1],
        "trained_until": dict.fromkeys(ROLES, DAY),
        "served": 1,
    }


class Maker:
    """One day in the making."""

    def __init__(self, chance, number, size, mood):
        self.chance, self.number, self.size, self.mood = chance, number, size, mood
        hearings, seats, people, blocks = (chance.randint(*each) for each in SIZES[size])
        self.counts = {"hearings": hearings, "seats": seats, "people": people, "blocks": blocks}
        self.names = Names(chance, seed_of(number)) if mood == "hostile" else Numbers()
        self.is_dense = mood == "dense"
        if self.is_dense and size == "little":
            self.counts |= {"blocks": chance.choice([2, 3]), "hearings": chance.choice([3, 4, 5])}
        self.schools = [self.names.of("school") for _each in range(max(2, people // 35 + 2))]

    def facts(self):
        blocks = [
            {"id": self.names.of("block"), "reserves": self._reserves()} for _each in self._count("blocks")
        ]
        docket = [self._hearing(self.chance.choice(blocks)["id"]) for _each in self._count("hearings")]
        facts = {
            "format": "day-1",
            "day": str(self.number),
            "held_on": DAY,
            "rules": self._rules(),
            "blocks": blocks,
            "hearings": docket,
            "candidates": [],
            "apart": [],
            "pins": [],
            "bars": [],
            "keep": None,
        }
        facts["candidates"] = [self._person(blocks) for _each in range(self._people(docket))]
        people = [each["id"] for each in facts["candidates"]]
        self._tie(docket, facts["candidates"])
        facts["apart"] = self._apart(people)
        facts["bars"] = self._bars(people, docket)
        if self._one_in(4):
            self._mend(facts)
        if self._one_in(3):
            facts["pins"] = self._pins(facts)
        if self.mood == "hostile":
            self._name_strangers(facts)
        return facts

    # What a day is made of

    def _rules(self):
        chance = self.chance
        return {
            "ages": chance.choice([[13, 18], [13, 17], [14, 18]]),
            "schoolmates_apart": not self._one_in(4),
            "open_cases_apart": not self._one_in(4),
            "places_a_day": chance.choice([1, 1, 2] if self.is_dense else [1, 2, 2, 3]),
            "first_timers_most": chance.choice(
                [0, 25, 34] if self.is_dense else [0, 25, 34, 50, 50, 67, 100]
            ),
            "experience": chance.choice(
                ["needed", "needed", "wanted"] if self.is_dense else ["needed", "wanted"]
            ),
            "school_most": chance.choice([1, 20, 25, 34] if self.is_dense else [0, 25, 34, 50, 100]),
            "quotas": self._quotas(),
            "band": chance.choice([10, 25] if self.is_dense else [10, 25, 25, 40, 100, 300]),
            "order": chance.sample(SOFT_AIMS, len(SOFT_AIMS)),
        }

    def _quotas(self):
        quotas = []
        for group, value in (("gender", "girl"), ("age", "13-14"), ("place", "rural")):
            if self._one_in(3):
                least = self.chance.randint(0, 2)
                quotas.append(
                    {
                        "group": group,
                        "value": value,
                        "least": least,
                        "most": least + self.chance.randint(0, 2),
                    }
                )
        return quotas

    def _hearing(self, block):
        seats = self.counts["seats"]
        if self.size in ("tiny", "little"):
            seats = max(1, seats + self.chance.randint(-1, 1))
        most = 1 if self.size == "tiny" else 2
        return {
            "id": self.names.of("hearing"),
            "block": block,
            "seats": seats,
            "least": self.chance.randint(1 if self.size == "tiny" else (seats + 1) // 2, seats),
            "bailiffs": self.chance.randint(0, most),
            "clerks": self.chance.choice([0, 0, 1, most]),
            "priority": self.chance.choice([0, 0, 0, 1, 5]),
            "schools": self.chance.sample(self.schools, self.chance.choice([0, 1, 1, 2])),
            "ties": {},
        }

    def _people(self, docket):
        if self.size not in ("tiny", "little"):
            return self.counts["people"]
        wanted = sum(each["seats"] + each["bailiffs"] + each["clerks"] for each in docket)
        few, many = MOODS[self.mood][0]
        most = 5 if self.size == "tiny" else 40
        return min(most, max(1, round(wanted * self.chance.uniform(few, many))))

    def _person(self, blocks):
        chance = self.chance
        person = {
            "id": self.names.of("person"),
            "free": self._free(blocks),
            "age": chance.randint(14, 17),
            "school": chance.choice([*self.schools, ""]),
            "groups": {"gender": chance.choice(["girl", "boy"]), "age": chance.choice(["13-14", "15-18"])},
            "trained_until": self._training(),
            "served": chance.choice([0, 0, 0, 1, 2] if self.is_dense else [0, 0, 1, 2, 7]),
            "places_taken": 0,
            "places_left": chance.choice([None, 1, 1] if self.is_dense else [None, None, None, 1, 2, 4]),
            "owes": 0,
            "chances": chance.randint(0, 9),
            # Few shares, so that many are equal and the lots must decide.
            "credit": chance.choice([0, 0, 100, -100, 12, 13, -12, -13, 300, 300, chance.randint(-300, 300)]),
            "open_case": False,
            "left": False,
        }
        if self._one_in(2):
            person["groups"]["place"] = chance.choice(["rural", "town"])
        if self._one_in(3):
            person["owes"] = chance.randint(1, 4)
        if chance.randrange(10) < MOODS[self.mood][1]:
            self._hinder(person)
        return person

    def _free(self, blocks):
        ids = [each["id"] for each in blocks]
        return ids if self._one_in(2) else self.chance.sample(ids, self.chance.randint(1, len(ids)))

    def _training(self):
        """Everybody is trained as a juror; a training may end today, which is soon enough."""
        until = {"juror": self.chance.choice([DAY, LONG_AFTER])}
        for role in ROLES[1:]:
            if not self._one_in(8 if self.size == "tiny" else 3):
                until[role] = self.chance.choice([DAY, LONG_AFTER, LONG_AFTER])
        return until

    def _hinder(self, person):
        """One thing against somebody: each of the rules that look at nobody else, as often as the others."""
        kind = self.chance.randrange(10)
        if kind == 0:
            person["age"] = self.chance.choice([12, 13, 18, 19, None])
        elif kind == 1:
            person["age"] = self.chance.choice([11, 19, None])
        elif kind == 2:
            person["trained_until"] = dict.fromkeys(person["trained_until"], DAY_BEFORE)
        elif kind == 3:
            person["trained_until"]["foreperson"] = DAY_BEFORE
        elif kind == 4:
            person["places_left"] = 0
        elif kind == 5:
            person |= {"places_taken": self.chance.choice([1, 1, 2, 3]), "owes": self.chance.choice([0, 2])}
        else:
            person |= [{"open_case": True}, {"left": True}, {"free": []}, {"trained_until": {}}][kind - 6]

    # Who is kept from whom

    def _tie(self, docket, people):
        often = MOODS[self.mood][1]
        for hearing in docket:
            for person in people:
                if self.chance.randrange(40) < often:
                    kinds = ["kin", "household", "knows", "harmed"]
                    hearing["ties"][person["id"]] = self.chance.sample(
                        kinds, self.chance.choice([1, 1, 2, 0])
                    )

    def _apart(self, people):
        if len(people) < 2:
            return []
        groups = self.chance.randint(
            0, max(1, len(people) * MOODS[self.mood][1] // (4 if self.is_dense else 12))
        )
        return [
            self.chance.sample(people, min(len(people), self.chance.choice([2, 2, 3])))
            for _each in range(groups)
        ]

    def _bars(self, people, docket):
        often = self.chance.randint(0, 1 + len(people) * MOODS[self.mood][1] // 20)
        where = [None, *(each["id"] for each in docket)]
        return [[self.chance.choice(people), self.chance.choice(where)] for _each in range(often)]

    def _mend(self, facts):
        """The plan as it stood, and some who did not come."""
        facts["keep"] = [list(place) for place in by_hand.plan(facts)]
        for person in facts["candidates"]:
            if self._one_in(5):
                person["free"] = []

    def _pins(self, facts):
        """Places from a plan that is possible, and now and then one that may not be."""
        possible = by_hand.plan(facts)
        pins = self.chance.sample(possible, min(len(possible), self.chance.randint(0, 3)))
        if self._one_in(3):
            person, hearing = self.chance.choice(facts["candidates"]), self.chance.choice(facts["hearings"])
            pins.append((person["id"], self.chance.choice(ROLES), hearing["id"]))
        return [list(pin) for pin in pins]

    def _name_strangers(self, facts):
        """People, hearings and blocks that are not there: what is said of them counts for nothing."""
        who = self.chance.choice(facts["candidates"])["id"]
        hearing, block = (self.chance.choice(facts[kind])["id"] for kind in ("hearings", "blocks"))
        facts["apart"] += [["stranger", who], ["stranger", "other stranger"]]
        facts["bars"] += [["stranger", None], ["stranger", hearing], [who, "no hearing"]]
        strange = [
            ["stranger", "juror", hearing],
            [who, "juror", "no hearing"],
            ["stranger", "reserve", block],
        ]
        facts["pins"] += [*strange, [who, "reserve", "no block"]]
        if facts["keep"] is not None:
            facts["keep"] += [*strange, [who, "reserve", "no block"]]
        for each in facts["hearings"]:
            each["ties"]["stranger"] = ["kin"]
            each["schools"].append("no school")

    # Numbers

    def _count(self, what):
        return range(self.counts[what])

    def _reserves(self):
        if self.size == "tiny":
            return self.chance.choice([0, 1])
        if self.is_dense:
            return 1
        return self.chance.choice([0, 1, 2, 3]) if self.size == "little" else self.chance.randint(2, 8)

    def _one_in(self, many):
        return self.chance.randrange(many) == 0


# What they are called


class Numbers:
    """Ids as a database gives them: each kind counts for itself."""

    def __init__(self):
        self.last = defaultdict(int)

    def of(self, kind):
        self.last[kind] += 1
        return str(self.last[kind])


class Names:
    """Ids that were made to confuse: quotes, signs that part things, scripts, look-alikes, and equal lots."""

    NASTY = (
        "|", "a|b", "b|a", "|juror|", "person|1", "juror", "reserve", "None", "null", "0", "00", " ", "  ",
        "'", '"', "\\", "\\n", "\n", "\t", "\x00", "'; DROP TABLE seat; --", "<b>", "{}", "[]", "%s", "{0}",
        "Zoë", "Zoe\u0308", "zoë", "ZOË", "\u202eevil", "\ufeff", "\u200b", "😀", "李", "ليلى", "ß", "SS",
        "1e3", "1000", "-1", "True", "i", "I", "x" * 3000, "é" * 500, "a:b", "a,b", "a/b", "../..", "#", "~",
    )  # fmt: skip

    def __init__(self, chance, seed):
        self.chance, self.left = chance, {}
        alike = {"person": twins(seed, persons_lot), "hearing": twins(seed, hearings_lot)}
        for kind in ("person", "hearing", "block", "school"):
            names = [*self.NASTY, *alike.get(kind, ())]
            chance.shuffle(names)
            self.left[kind] = [*(str(number) for number in range(5000, 6000)), *names]

    def of(self, kind):
        return self.left[kind].pop()


@cache
def twins(seed, lot):
    """Ids that have the same lot."""
    found = defaultdict(list)
    for number in range(2000):
        name = f"twin {number}"
        found[lot(seed, name)].append(name)
    return [name for same in found.values() if len(same) > 1 for name in same]
