"""The fairest lottery by brute force: every panel listed, every level solved in fractions."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest

from youthcourt.planning.fair_chances import PARTS, QuotasCollide, fair_chances

SOLVED, IMPOSSIBLE = "solved", "impossible"


def people_of(categories, *values):
    """One person for each word: its letters are their values in the categories."""
    return [dict(zip(categories, each, strict=True)) for each in values]


def random_case(random):
    """A handful of people of a few kinds, with quotas that may be easy, tight or impossible."""
    kinds = random.sample(["xa", "xb", "xc", "ya", "yb", "yc", "za", "zb", "zc"], random.randint(2, 5))
    people = people_of("pq", *random.choices(kinds, k=random.randint(3, 8)))
    some = sorted({item for person in people for item in person.items()})
    quotas = {}
    for which in random.sample(some, random.randint(0, len(some))):
        least = random.choice([0, 0, 1, 1, 2])
        quotas[which] = (least, least + random.randint(0, 3))
    return people, quotas, random.randint(1, min(5, len(people)))


def compare(people, quotas, size):
    """The fairest lottery beside the one by brute force; where no panel keeps the quotas, what is told."""
    exact = leximin_by_brute_force(people, quotas, size)
    if exact is None:
        with pytest.raises(QuotasCollide) as told:
            fair_chances(people, quotas, size)
        assert_no_smaller_set_collides(people, size, told.value.colliding)
        return IMPOSSIBLE
    chances = fair_chances(people, quotas, size)
    assert chances.of_each == pytest.approx([float(chance) for chance in exact], abs=1e-6)
    assert sum(parts for parts, _panel in chances.panels) == PARTS
    for seed in ("one", "two", "three"):
        drawn = chances.draw(seed)
        assert len(drawn) == size
        assert keeps(people, quotas, drawn)
    return SOLVED


def assert_no_smaller_set_collides(people, size, colliding):
    """No panel keeps all of these bounds; without any one of them there is one."""
    bounds = [
        (category, value, (number, size) if way == "at least" else (0, number))
        for category, value, way, number in colliding
    ]
    assert not any_panel(people, bounds, size)
    assert all(any_panel(people, [each for each in bounds if each is not one], size) for one in bounds)


def any_panel(people, bounds, size):
    return any(
        all(
            least <= sum(people[who][category] == value for who in panel) <= most
            for category, value, (least, most) in bounds
        )
        for panel in combinations(range(len(people)), size)
    )


def leximin_by_brute_force(people, quotas, size):
    """The chance of each person; None when no panel keeps the quotas."""
    panels = sorted({tuple(sorted(each)) for each in combinations(range(len(people)), size)})
    panels = [panel for panel in panels if keeps(people, quotas, panel)]
    if not panels:
        return None
    held = {}
    while rising := [who for who in range(len(people)) if who not in held]:
        level = highest(panels, rising, held)
        stuck = []
        for who in rising:
            others = held | {other: level for other in rising if other != who}
            if highest(panels, [who], others) == level:
                stuck.append(who)
        assert stuck
        held |= dict.fromkeys(stuck, level)
    return [held[who] for who in range(len(people))]


def keeps(people, quotas, panel):
    counted = Counter(item for who in panel for item in people[who].items())
    return all(least <= counted[which] <= most for which, (least, most) in quotas.items())


def highest(panels, rising, held):
    """The greatest least chance of `rising` while the others keep theirs."""
    who_counts = [*rising, *held]
    columns = len(panels) + 1 + len(who_counts)  # panels, the level, what each has above it
    rows = [[Fraction(1)] * len(panels) + [Fraction(0)] * (1 + len(who_counts)) + [Fraction(1)]]
    for number, who in enumerate(who_counts):
        row = [Fraction(who in panel) for panel in panels] + [Fraction(0)] * (1 + len(who_counts))
        row[len(panels)] = Fraction(-1 if who in rising else 0)
        row[len(panels) + 1 + number] = Fraction(-1)
        rows.append([*row, Fraction(held.get(who, 0))])
    gain = [Fraction(column == len(panels)) for column in range(columns)]
    return most(gain, rows)


def most(gain, rows):
    """The greatest gain x with rows x = right-hand side and x >= 0: simplex, with Bland's rule."""
    width, count = len(gain), len(rows)
    helped = [
        [*row[:-1], *(Fraction(other == number) for other in range(count)), row[-1]]
        for number, row in enumerate(rows)
    ]
    basis = list(range(width, width + count))
    climb([Fraction(0)] * width + [Fraction(-1)] * count, helped, basis, width + count)
    assert all(helped[each][-1] == 0 for each, column in enumerate(basis) if column >= width)
    gains = [*gain, *[Fraction(0)] * count]
    climb(gains, helped, basis, width)
    return sum(gains[column] * row[-1] for column, row in zip(basis, helped, strict=True))


def climb(gains, rows, basis, width):
    while True:
        priced = [gains[column] for column in basis]
        entering = next(
            (
                column
                for column in range(width)
                if column not in basis
                and gains[column] > sum(p * row[column] for p, row in zip(priced, rows, strict=True) if p)
            ),
            None,
        )
        if entering is None:
            return
        # A helper that stayed at nought leaves first, whichever way the step would move it.
        ratios = [
            (row[-1] / row[entering], basis[number], number)
            for number, row in enumerate(rows)
            if row[entering] > 0
        ]
        ratios += [
            (Fraction(0), basis[number], number)
            for number, row in enumerate(rows)
            if basis[number] >= width and row[entering] < 0 and row[-1] == 0
        ]
        _ratio, _column, leaving = min(ratios)
        pivot = rows[leaving][entering]
        rows[leaving] = [value / pivot for value in rows[leaving]]
        for number, row in enumerate(rows):
            if number != leaving and row[entering]:
                factor = row[entering]
                rows[number] = [a - factor * b for a, b in zip(row, rows[leaving], strict=True)]
        basis[leaving] = entering
