"""Working on the plan: hours, letters, seminars, one after the other, and how the case ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from youthcourt.models import ActivityKind, Case, DispositionOrder, Obligation
from youthcourt.procedures.decision.signing import sign_order

from . import words
from .ending import be_dismissed, give_back, stay_open, withdraw
from .sanctions import items_in_the_end
from .season import DAYS_TO_COMPLETE, End, Fate, Turn
from .stage import Stage, Story

# What happens to a plan at a moment, unless the case is closed by then.
Chore = tuple[datetime, Callable[[], None]]

SHIFTS = (180, 240, 300, 360)  # minutes of service at a time
WHOLE = 30  # half an hour, or thirty cents: nobody writes down less
IN_TIME = 0.9  # the share of items that are done by their own due date, where they are done
LAST_CHORE = {End.COMPLETES: -4, End.RETURNED: -45, End.WITHDRAWS: -2, End.OPEN: 0}  # days before the end


def work(stage: Stage, case: Case, fate: Fate) -> Story:
    """From the signed order to the end of the case."""
    rng = Random(f"{stage.season.seed}/{fate.number}/work")
    for moment, act in sorted(_chores(stage, case, fate, rng), key=lambda chore: chore[0]):
        yield moment
        if case.is_closed:
            return
        act()
    endings = {
        End.COMPLETES: be_dismissed,
        End.RETURNED: give_back,
        End.WITHDRAWS: withdraw,
        End.OPEN: stay_open,
    }
    yield from endings[fate.end](stage, case, fate, rng)


def _chores(stage: Stage, case: Case, fate: Fate, rng: Random) -> Iterator[Chore]:
    begun_on, until = stage.court.today, _until(stage, fate)
    for obligation in case.obligations:
        kind = obligation.activity.kind
        if kind is ActivityKind.JURY_DUTY or (kind is ActivityKind.WORKSHOP and fate.takes(Turn.EXCUSED)):
            continue
        last = min(until, obligation.due_on) if rng.random() < IN_TIME else until
        for amount in _portions(obligation, fate, rng):
            day = begun_on + timedelta(days=rng.randint(4, max(5, (last - begun_on).days - 3)))
            yield (
                _moment(stage, day, rng),
                partial(_credit, stage, obligation, amount, day, _vouches(kind, rng)),
            )
    if fate.takes(Turn.STAYS_ON):
        asks = partial(stage.is_refused, case.ask_dismissal, "The family asks already.", by=stage.coordinator)
        yield stage.at(begun_on + timedelta(days=8), 10), asks
    if fate.takes(Turn.AMENDED):
        yield stage.at(begun_on + timedelta(days=25), 9, 40), partial(_amend, stage, case, fate, rng)
    if fate.takes(Turn.EXTENDED):
        yield (
            stage.at(begun_on + timedelta(days=DAYS_TO_COMPLETE - 4), 14),
            partial(_extend, stage, case, rng),
        )


def _until(stage: Stage, fate: Fate) -> date:
    """The last day on which something is done for this plan."""
    if fate.takes(Turn.DEMO_FAMILY):
        return stage.court.today + timedelta(days=38)
    if fate.end is End.OPEN:
        return stage.court.today + timedelta(days=DAYS_TO_COMPLETE - 6)
    assert fate.ends_on is not None
    return fate.ends_on + timedelta(days=LAST_CHORE[fate.end])


def _moment(stage: Stage, day: date, rng: Random) -> datetime:
    """The log reaches the office some days later."""
    return stage.at(day + timedelta(days=rng.randint(1, 3)), rng.randint(9, 16), rng.randint(0, 59))


def _portions(obligation: Obligation, fate: Fate, rng: Random) -> list[int]:
    """The amounts in which something gets done; those who will not finish do a part of it."""
    owed = obligation.amount_owed
    shares = {End.COMPLETES: 1.0, End.RETURNED: 0.4, End.WITHDRAWS: 0.3, End.OPEN: 0.94}
    share = 0.6 if fate.takes(Turn.DEMO_FAMILY) else shares[fate.end]
    kind = obligation.activity.kind
    if kind not in (ActivityKind.SERVICE, ActivityKind.TUTORING, ActivityKind.RESTITUTION):
        return [1] * owed if rng.random() < share else []
    done = owed * share * (1 if _is_steady(fate) else rng.random())
    portions, left = [], int(done) // WHOLE * WHOLE
    while left > 0:
        portion = min(left, rng.choice(SHIFTS) if kind is ActivityKind.SERVICE else owed // 3)
        portions.append(portion)
        left -= portion
    if portions and fate.takes(Turn.MORE_THAN_OWED) and kind is ActivityKind.SERVICE:
        portions[-1] += 90
    return portions


def _is_steady(fate: Fate) -> bool:
    return fate.end is End.COMPLETES or fate.takes(Turn.DEMO_FAMILY)


def _vouches(kind: ActivityKind, rng: Random) -> tuple[str, str]:
    """Who vouches for it, and where it was done."""
    if kind is ActivityKind.SERVICE:
        return rng.choice(words.SUPERVISORS), rng.choice(words.SITES)[0]
    if kind is ActivityKind.WORKSHOP:
        return rng.choice(words.WORKSHOP_LEADERS), ""
    return "Wen Li", ""


def _credit(
    stage: Stage, obligation: Obligation, amount: int, done_on: date, vouches: tuple[str, str]
) -> None:
    if not obligation.is_open:
        return
    vouched_by, site = vouches
    if amount > obligation.amount_left:
        stage.is_refused(
            obligation.credit, amount, done_on=done_on, vouched_by=vouched_by, by=stage.colleague
        )
    note = "Stayed on to finish the shelf; the rest is a gift." if amount > obligation.amount_left else ""
    obligation.credit(
        amount, done_on=done_on, vouched_by=vouched_by, site=site, note=note, by=stage.colleague
    )


def _amend(stage: Stage, case: Case, fate: Fate, rng: Random) -> None:
    """The judge amends the order; the amendment points back to it."""
    order = case.order
    assert order is not None
    amendment = DispositionOrder.amendment_of(order, by=order.judge)
    amendment.change(items_in_the_end(amendment, fate), rng.choice(words.AMENDMENT_REASONS), by=order.judge)
    stage.keep()
    sign_order(amendment, seen=amendment.fingerprint(), by=order.judge)


def _extend(stage: Stage, case: Case, rng: Random) -> None:
    for obligation in case.open_obligations:
        later = obligation.due_on + timedelta(days=28)
        obligation.extend(later, rng.choice(words.EXTENSION_REASONS), by=stage.coordinator)
