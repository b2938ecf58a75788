"""Who sits, planned and by hand, on the same days: hearings lost, seats, fairness, due days, seconds.

Every plan is held against every rule by the independent checker, which shares no line with the planner.
`COURTS=all` plans all 1,050 courts rather than a sample of them; `SEASONS` says how many seasons are played.
"""

import os
import statistics
import time
from collections import Counter

from tests.planning import coordinators
from tests.planning.courts import LARGE, MEDIUM, SMALL, at_the_door, court_day
from tests.planning.season import WEEKS, World, play
from youthcourt.checker import check
from youthcourt.planning.planning import plan

COURTS = {SMALL: 735, MEDIUM: 262, LARGE: 53}  # as many as there are in the country
SAMPLE = {SMALL: 15, MEDIUM: 6, LARGE: 1}
WAYS = {
    "first-come": coordinators.first_come,
    "first-come, duty list": coordinators.first_come_with_a_duty_list,
    "random draw": coordinators.random_draw,
    "rotation": coordinators.rotation,
}
tally = Counter()  # of plans and mended plans, whoever made them


def ours(facts, seed):
    return plan(facts, seed).places


def our_repair(facts, places, absent):
    return plan(at_the_door(facts, places, absent), "at the door").places


def run() -> dict[str, object]:
    """Processor time of one core: whatever else the machine does meanwhile does not count."""
    seasons = int(os.environ.get("SEASONS", "3"))
    medium = season_table(MEDIUM, seasons)
    small = season_table(SMALL, seasons)
    door, courts = door_table(MEDIUM), courts_table()
    return (
        told_of("", medium)
        | told_of("small_", small)
        | door
        | courts
        | {"days_planned": tally["planned"], "days_checked": tally["checked"], "days_broken": tally["broken"]}
    )


def season_table(size, seasons):
    """A line for each way of seating: means over the seasons."""
    print(f"\n{WEEKS} Saturdays, {size.hearings} hearings of {size.seats} seats, about {size.people} people")
    print(
        f"{'':32}{'lost':>6}{'open %':>8}{'on time %':>11}{'Gini':>7}{'drought':>9}{'never':>7}{'seconds':>9}"
    )
    rows = {}
    for name, seat, repair in (
        *((name, way, coordinators.repaired) for name, way in WAYS.items()),
        ("ours, mended by hand", ours, coordinators.repaired),
        ("rotation, mended by ours", coordinators.rotation, our_repair),
        ("ours", ours, our_repair),
    ):
        played = [_season(World(number, size), seat, repair) for number in range(1, seasons + 1)]
        row = rows[name] = {key: statistics.fmean(each[key] for each in played) for key in played[0]}
        print(
            f"{name:<32}{row['lost']:>6.1f}{row['open']:>8.1f}{row['on_time']:>11.1f}{row['gini']:>7.3f}"
            f"{row['drought']:>9.1f}{row['never']:>7.1f}{row['seconds']:>9.1f}",
            flush=True,
        )
    return rows


def _season(world, seat, repair):
    began = time.process_time()
    told = play(world, seat, repair)
    seconds = time.process_time() - began
    tally["planned"] += 2 * WEEKS  # each day before it and at the door
    tally["checked"] += told.checked
    tally["broken"] += len(told.broken)
    return {
        "lost": told.lost,
        "open": told.open_percent,
        "on_time": told.on_time_percent,
        "gini": told.gini,
        "drought": told.longest_drought,
        "never": told.never_seated,
        "seconds": seconds,
    }


def checked(facts, places):
    """Hold a plan against every rule."""
    tally["planned"] += 1
    broken = check(facts, "a seed", places)
    tally["checked"] += 1
    tally["broken"] += len(broken)
    return places


def told_of(prefix, rows):
    our, first = rows["ours"], rows["first-come"]
    return {
        f"{prefix}lost_ours": our["lost"],
        f"{prefix}lost_first_come": first["lost"],
        f"{prefix}open_ours": round(our["open"], 2),
        f"{prefix}gini_ours": round(our["gini"], 4),
        f"{prefix}gini_ratio": round(our["gini"] / first["gini"], 4),
        f"{prefix}on_time_ours": round(our["on_time"], 2),
        f"{prefix}on_time_first_come": round(first["on_time"], 2),
        f"{prefix}drought_ours": our["drought"],
    }


def door_table(size, days=4):
    """The same plans with people missing, mended by hand and by us."""
    print(f"\nAt the door: {days} days of {size.hearings} hearings, means")
    print(f"{'':32}{'lost':>6}{'open':>8}{'moved':>8}{'slowest, s':>12}")
    figures = {}
    for share in (0.1, 0.2, 0.3):
        for name, repair in (("by hand", coordinators.repaired), ("ours", our_repair)):
            rows = [_door(number, size, share, repair) for number in range(days)]
            lost, open_, moved, _seconds = (statistics.fmean(column) for column in zip(*rows, strict=True))
            slowest = max(row[-1] for row in rows)
            print(
                f"{share:.0%} missing, {name:<19}{lost:>6.1f}{open_:>8.1f}{moved:>8.1f}{slowest:>12.2f}",
                flush=True,
            )
            if name == "ours":
                figures[f"door_{share:.0%}_seconds".replace("%", "")] = round(slowest, 3)
    return figures


def _door(number, size, share, repair):
    facts = court_day(100 + number, size)
    places = ours(facts, "the plan")
    called = sorted({who for who, _role, _where in places})
    absent = {who for which, who in enumerate(called) if (which * 7919 + number) % 100 < 100 * share}
    began = time.process_time()
    mended = repair(facts, places, absent)
    seconds = time.process_time() - began
    checked(at_the_door(facts, places, absent), mended)
    panels = [[place for place in each if place[1] in ("juror", "foreperson")] for each in (places, mended)]
    seats = size.hearings * size.seats
    stayed = {(who, where) for who, role, where in mended if role != "reserve"}
    had = {(who, where) for who, role, where in places if role != "reserve" and who not in absent}
    lost = size.hearings - len({where for _who, _role, where in panels[1]})
    return lost, seats - len(panels[1]), len(had - stayed), seconds


def courts_table():
    """How long the Saturday of every court takes."""
    everyone = os.environ.get("COURTS") == "all"
    print(f"\nOne Saturday in 1,050 courts{'' if everyone else ', a sample of them'}")
    print(f"{'':32}{'courts':>7}{'planned':>9}{'median s':>10}{'longest s':>11}{'certified':>11}{'open':>6}")
    total, figures, planned = 0.0, {}, 0
    for size, courts in COURTS.items():
        took, certified, open_ = [], 0, 0
        for number in range(courts if everyone else SAMPLE[size]):
            facts = court_day(number, size)
            began = time.process_time()
            made = plan(facts, f"court {number}")
            took.append(time.process_time() - began)
            checked(facts, made.places)
            planned += 1
            certified += made.proof == "certificate"
            open_ += made.counted["seats"]
        total += statistics.fmean(took) * courts
        name = f"{size.name}: {size.hearings} by {size.seats} of {size.people}"
        print(
            f"{name:<32}{courts:>7}{len(took):>9}{statistics.median(took):>10.2f}{max(took):>11.2f}"
            f"{certified:>11}{open_:>6}",
            flush=True,
        )
        figures |= {
            f"{size.name}_seconds_median": round(statistics.median(took), 3),
            f"{size.name}_seconds_longest": round(max(took), 3),
        }
    scale = sum(COURTS.values()) / planned
    print(
        f"All 1,050 on one core: {total:,.0f} s"
        + ("" if everyone else f", reckoned from every {scale:.0f}th court")
    )
    return figures | {
        "courts_seconds": round(total),
        "courts_planned": planned,
        "courts_is_reckoned": not everyone,
    }
