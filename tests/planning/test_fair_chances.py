"""A lottery with quotas whose least-likely member has the best chance there can be."""

import io
import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planning.exact import IMPOSSIBLE, SOLVED, compare, leximin_by_brute_force, people_of
from youthcourt.cli import register
from youthcourt.planning import leximin
from youthcourt.planning.fair_chances import PARTS, Chances, QuotasCollide, fair_chances
from youthcourt.planning.quota_files import Unreadable, read_people, read_quotas
from youthcourt.planning.quota_panels import QuotaPanels


def quotas_of(categories, values, bounds):
    return {(category, value): bounds(value) for category in categories for value in values}


# Small cases whose answer can be worked out on paper.
TWO_OF_EACH = (people_of("af", "cs", "as", "cd", "cd", "ad"), quotas_of("a", "ca", lambda _: (1, 2)))
TWO_OF_EACH[1].update(quotas_of("f", "sd", lambda _: (1, 2)))
THREE_ODD_ONES = (
    people_of("abc", "111", "122", "212", "221"),
    quotas_of("abc", "12", lambda value: (1, 2) if value == "1" else (0, 2)),
)
ONE_WOMAN = (
    people_of("gp", "ml", "ml", "ml", "ml", "fl", "mc", "fc"),
    {("g", "f"): (1, 1), ("g", "m"): (4, 4), ("p", "l"): (4, 4), ("p", "c"): (1, 1)},
)
NO_SEAT_FOR_ONE = (
    people_of("xyz", *["113", "131", "311", "223", "232", "322"] * 10, "333"),
    quotas_of("xyz", "123", lambda value: (0, 46) if value == "3" else (15, 46)),
)
PUBLISHED_SMALL = (  # the case called example_small_20 in the literature
    people_of("gl", "fc", *["fl"] * 99, *["mc"] * 100),
    quotas_of("g", "fm", lambda _: (9, 20)) | quotas_of("l", "lc", lambda _: (9, 20)),
)


def rounded(chances):
    return [round(chance, 6) for chance in chances]


@pytest.mark.parametrize(
    ("case", "size", "expected"),
    [
        (TWO_OF_EACH, 2, [1 / 3, 2 / 3, 1 / 3, 1 / 3, 1 / 3]),
        (THREE_ODD_ONES, 2, [1, 1 / 3, 1 / 3, 1 / 3]),
        (ONE_WOMAN, 5, [7 / 8] * 4 + [1 / 2] * 3),
        (NO_SEAT_FOR_ONE, 46, [46 / 60] * 60 + [0]),
        (PUBLISHED_SMALL, 20, [1 / 10] * 200),
    ],
    ids=["two of each", "three odd ones", "one woman", "no seat for one", "published, small"],
)
def test_cases_worked_out_on_paper_have_the_chances_they_must(case, size, expected):
    people, quotas = case

    chances = fair_chances(people, quotas, size)

    assert rounded(chances.of_each) == pytest.approx(expected, abs=2e-6)


def test_whoever_no_panel_has_a_seat_for_is_named():
    assert fair_chances(*NO_SEAT_FOR_ONE, 46).never == (60,)
    assert fair_chances(*ONE_WOMAN, 5).never == ()


@st.composite
def small_cases(draw):
    values = st.sampled_from(["xa", "xb", "ya", "yb", "yc", "za"])
    people = people_of("pq", *draw(st.lists(values, min_size=3, max_size=6)))
    size = draw(st.integers(1, min(4, len(people))))
    some = sorted({item for person in people for item in person.items()})
    chosen = draw(st.lists(st.sampled_from(some), unique=True, max_size=4))
    quotas = {}
    for which in chosen:
        least = draw(st.integers(0, 2))
        quotas[which] = (least, draw(st.integers(least, 4)))
    return people, quotas, size


counted = Counter()


@settings(max_examples=45, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(small_cases())
def compare_small_cases(case):
    counted[compare(*case)] += 1


def test_small_cases_agree_with_every_panel_listed_and_fractions():
    compare_small_cases()

    assert counted[SOLVED] >= 20
    assert counted[IMPOSSIBLE] >= 5
    print(f"count: lotteries equal to brute force in fractions = {counted['solved']}")
    print(f"count: colliding quotas shown to be a smallest set = {counted['impossible']}")


def test_the_brute_force_would_notice_a_lottery_that_is_not_the_fairest():
    people, quotas = TWO_OF_EACH
    fair = fair_chances(people, quotas, 2)
    panel = fair.panels[0][1]
    planted = replace(fair, panels=((PARTS, panel),))

    assert list(fair.of_each) == pytest.approx([float(x) for x in leximin_by_brute_force(people, quotas, 2)])
    assert min(planted.of_each) < min(fair.of_each)


def test_a_panel_outside_the_quotas_is_turned_down():
    people, quotas = ONE_WOMAN
    kinds = [(person["g"], person["p"]) for person in people]
    panels = QuotaPanels.of(kinds, ("g", "p"), quotas, 5)
    right = fair_chances(people, quotas, 5).panels[0][1]
    too_many = tuple(seats + (number == 0) for number, seats in enumerate(right))

    panels.check(right)
    for planted in (too_many, tuple(reversed(right)), tuple(-seats for seats in right)):
        with pytest.raises(ArithmeticError):
            panels.check(planted)


def test_where_no_price_is_clear_the_stuck_are_found_one_by_one(monkeypatch):
    people, quotas = THREE_ODD_ONES
    monkeypatch.setattr(leximin, "SURE", 0.0)

    assert rounded(fair_chances(people, quotas, 2).of_each) == pytest.approx(
        [1, 1 / 3, 1 / 3, 1 / 3], abs=2e-6
    )


def test_a_wish_that_no_lottery_meets_is_known_as_one():
    """Half a chance for each would keep the quotas if people could be halved."""
    people, quotas = THREE_ODD_ONES
    panels = QuotaPanels.of([tuple(person.values()) for person in people], ("a", "b", "c"), quotas, 2)
    wished = leximin.levels(leximin.Shares(panels), range(4), {})
    lottery = leximin.Lottery(panels)
    lottery.reach_every_class()

    assert rounded(wished.values()) == [0.5] * 4
    assert not lottery.meets(wished)
    assert lottery.meets(dict(enumerate([1, 1 / 3, 1 / 3, 1 / 3])))


def test_in_whatever_order_people_come_they_have_the_same_chance_and_the_same_draw():
    people, quotas = ONE_WOMAN
    names = ["Ana", "Ben", "Cem", "Dan", "Eva", "Finn", "Gia"]
    other_way = dict(reversed(quotas.items()))

    one = fair_chances(people, quotas, 5)
    other = fair_chances(people[::-1], other_way, 5)

    assert one.of_each == other.of_each[::-1]
    for seed in ("4, 2, 6", "5, 1, 1"):
        drawn = {names[which] for which in one.draw(seed, names)}
        assert drawn == {names[::-1][which] for which in other.draw(seed, names[::-1])}


def test_a_kept_lottery_draws_the_same_panel():
    chances = fair_chances(*ONE_WOMAN, 5)
    kept = Chances.of(json.loads(json.dumps(chances.facts())))

    assert kept == chances
    assert [kept.draw(str(seed)) for seed in range(9)] == [chances.draw(str(seed)) for seed in range(9)]


def test_everybody_is_drawn_as_often_as_their_chance_says():
    chances = fair_chances(*ONE_WOMAN, 5)
    drawn = Counter(which for seed in range(4_000) for which in chances.draw(str(seed)))

    shares = [drawn[which] / 4_000 for which in range(7)]
    assert shares == pytest.approx(chances.of_each, abs=0.03)


def test_two_of_one_name_cannot_be_drawn_from():
    chances = fair_chances(*ONE_WOMAN, 5)

    with pytest.raises(ValueError, match="no name twice"):
        chances.draw("seed", ["Ana"] * 7)


def test_quotas_that_collide_are_told_and_nothing_else():
    people, quotas = ONE_WOMAN
    impossible = quotas | {("g", "f"): (3, 5), ("g", "m"): (0, 5)}

    with pytest.raises(QuotasCollide) as told:
        fair_chances(people, impossible, 5)

    assert told.value.colliding == (("g", "f", "at least", 3),)  # there are two
    assert str(told.value) == "no panel of 5 out of 7 people has at least 3 of g = f"


def test_too_few_people_are_told_as_that():
    with pytest.raises(QuotasCollide, match="there are only 2 people for a panel of 3"):
        fair_chances(people_of("g", "f", "m"), {}, 3)
    with pytest.raises(QuotasCollide, match="there are only 0 people for a panel of 1"):
        fair_chances([], {}, 1)


def test_without_quotas_everybody_has_the_same_chance():
    assert rounded(fair_chances(people_of("g", *"ffffm"), {}, 2).of_each) == [0.4] * 5


CATEGORIES = "category,feature,min,max\ng,f,1,1\ng,m,4,4\np,l,4,4\np,c,1,1\n"
RESPONDENTS = "name,g,p\n" + "".join(
    f"{number},{person['g']}, {person['p']}\n" for number, person in enumerate(ONE_WOMAN[0])
)


@pytest.mark.parametrize("heads", ["category,feature,min,max", "feature,value,min,max,min_flex,max_flex"])
def test_the_files_of_the_literature_are_read(heads):
    quotas = read_quotas(io.StringIO(CATEGORIES.replace("category,feature,min,max", heads)))

    assert (read_people(io.StringIO(RESPONDENTS), quotas), quotas) == ONE_WOMAN


@pytest.mark.parametrize(
    ("categories", "respondents", "why"),
    [
        ("kind,min,max\n", RESPONDENTS, "needs the columns"),
        (CATEGORIES + "g,f,1,1\n", RESPONDENTS, "line 6: g = f stands there twice"),
        (CATEGORIES + "g,x,1,some\n", RESPONDENTS, "line 6: min and max are whole numbers"),
        (CATEGORIES, "name,g\nAna,f\n", "no column p"),
        (CATEGORIES, "g,p\nf,l\nf,x\n", "line 3: there is no quota for p = x"),
    ],
)
def test_a_file_that_cannot_be_meant_is_turned_down_with_the_place(categories, respondents, why):
    with pytest.raises(Unreadable, match=why):
        read_people(io.StringIO(respondents), read_quotas(io.StringIO(categories)))


@pytest.fixture
def files(tmp_path):
    for name, text in (("categories", CATEGORIES), ("respondents", RESPONDENTS)):
        (tmp_path / f"{name}.csv").write_text(text)
    return [str(tmp_path / "categories.csv"), str(tmp_path / "respondents.csv")]


def run(*arguments):
    from click.testing import CliRunner
    from flask import Flask

    app = Flask(__name__)
    register(app)
    return CliRunner().invoke(app.cli, ["panel", "chances", *arguments])


def test_the_command_prints_everybodys_chance(files):
    told = run(*files, "5", "--draw", "4, 2, 6").output.splitlines()

    assert [line.split() for line in told[:5]] == [
        ["g", "p", "people", "chance"],
        ["f", "c", "1", "50.00%"],
        ["f", "l", "1", "50.00%"],
        ["m", "c", "1", "50.00%"],
        ["m", "l", "4", "87.50%"],
    ]
    assert told[6] == "A panel of 5 out of 7 people; 2 panels in the lottery."
    assert told[7] == "Least chance 50.00%, greatest 87.50%."
    assert told[8].startswith("Drawn, by place in the file: ")


def test_the_command_says_which_quotas_collide(files):
    answer = run(*files, "6")

    assert answer.exit_code == 1
    assert answer.output.startswith("Error: No panel of 6 out of 7 people has ")
