"""Draws: asked for, worked out, thrown away or chosen. What went in and what came out is kept whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.models import AT_WORK, CourtSession, Draw, DrawKind, DrawState, Hearing, Juror, Person, User
from youthcourt.models.base import rows_changed
from youthcourt.planning.day import Day, Facts, digest
from youthcourt.planning.eligibility import impossible_pins
from youthcourt.planning.lots import commitment
from youthcourt.planning.plan import METHOD, Plan

from . import day_facts, panel_lots

# Nothing was heard of whoever worked on it for so long: they are gone, and it can be started again.
PATIENCE = timedelta(seconds=30)


# ---- Asking ---------------------------------------------------------------------------------------


def why_not_ask(court_session: CourtSession) -> str | None:
    """What stands in the way of planning this day now."""
    if court_session.is_over or court_session.is_closed:
        return _("This day is over.")
    if not any(hearing.is_ahead for hearing in court_session.hearings):
        return _("There is no hearing to plan on this day.")
    if any(draw.is_at_work and not is_stalled(draw) for draw in court_session.draws):
        return _("A plan of this day is being worked out now.")
    return None


def why_not_draw(hearing: Hearing) -> str | None:
    """What stands in the way of drawing the panel of one hearing anew."""
    if not hearing.is_ahead:
        return _("This hearing is settled.")
    if hearing.panel and any(seat.is_sworn for seat in hearing.panel.seats):
        return _("The panel has taken the oath. Stand jurors down one by one instead.")
    return None


def ask(
    court_session: CourtSession,
    by: User,
    kind: DrawKind = DrawKind.DAY,
    only: Hearing | None = None,
    here_only: bool = False,
    public: str = "",
) -> Draw:
    """Freeze the facts of a day and take the secret that was laid down for it; a new one is laid down.

    The draw waits until somebody works it out.
    """
    if why_not := (only and why_not_draw(only)) or why_not_ask(court_session):
        raise RuleBroken(why_not)
    facts = day_facts.facts_of(court_session, kind, only=only, here_only=here_only)
    if not facts["hearings"]:
        raise RuleBroken(_("Every panel of this day has taken the oath."))
    _refuse_impossible(facts, court_session)
    asked = Draw.next_of(court_session)
    asked.kind, asked.state, asked.public = kind, DrawState.WAITING, public.strip()
    asked.facts, asked.facts_digest = facts, digest(facts)
    asked.asked_at, asked.asked_by = clock.now(), by
    asked.record("draw.asked", by=by, kind=kind, facts=asked.facts_digest)
    asked.session.flush()
    Draw.commit_to(court_session)
    return asked


def _refuse_impossible(facts: Facts, court_session: CourtSession) -> None:
    """A place that its own person may not take is told now, not as a day without a plan."""
    broken = impossible_pins(Day.of(facts))
    if broken:
        who = court_session.session.get_one(Juror, int(broken[0][0]))
        name = court_session.session.get_one(Person, who.person_id).name
        raise RuleBroken(
            _("%(name)s was given a place that a rule of the court forbids. Take it back first.", name=name)
        )


# ---- Working it out -------------------------------------------------------------------------------


def is_stalled(draw: Draw) -> bool:
    """Whether nobody works on it any more, although nobody has said so."""
    last = draw.heard_at or draw.asked_at
    return draw.is_at_work and last is not None and clock.now() - last > PATIENCE


def begin(draw: Draw) -> int:
    """Somebody works on it from now on: which try this is, 0 when another has it already."""
    waits = update(Draw).where(Draw.id == draw.id, Draw.state == DrawState.WAITING)
    taken = waits.values(state=DrawState.RUNNING, attempt=Draw.attempt + 1, heard_at=clock.now())
    if not rows_changed(draw.session, taken):
        return 0
    draw.session.refresh(draw)
    return draw.attempt


def is_wanted(draw: Draw, attempt: int) -> bool:
    """Whether whoever works on it should go on: nobody has cancelled it or begun anew."""
    return draw.state is DrawState.RUNNING and draw.attempt == attempt


def hear(draw: Draw, attempt: int, line: dict[str, Any]) -> None:
    """What the worker tells: the aim it works on, the plan, or why there is none."""
    if not is_wanted(draw, attempt):
        return
    draw.heard_at = clock.now()
    if "aim" in line:
        draw.progress = {**(draw.progress or {}), "aim": line["aim"]}
    elif "plan" in line:
        _keep(draw, Plan.of(line["plan"]))
    elif "no_plan" in line:
        fail(draw, attempt, "no_plan")
    else:  # what is short, and the ways out
        draw.progress = {**(draw.progress or {}), **line}


def _keep(draw: Draw, plan: Plan) -> None:
    draw.method, draw.versions = plan.method, plan.solver
    draw.result = plan.facts()
    draw.counted = dict(plan.counted)
    draw.digest = digest(evidence(draw))


def evidence(draw: Draw) -> dict[str, Any]:
    """What the digest of a draw is over, and what an independent checker examines."""
    return {
        "facts": draw.facts,
        "facts_digest": draw.facts_digest,
        "secret": draw.secret,
        "public": draw.public,
        "commitment": draw.commitment,
        "seed": draw.seed,
        "places": [list(place) for place in draw.places],
        "counted": draw.counted,
    }


def finish(draw: Draw, attempt: int) -> None:
    """The worker has told all it had to: from now on this is a proposal, or a try that came to nothing."""
    if not is_wanted(draw, attempt):
        return
    if draw.result is None:
        fail(draw, attempt, "ended")
        return
    told = draw.progress or {}
    draw.result = {**draw.result, **{name: told.get(name, []) for name in ("shortages", "ways_out")}}
    draw.state, draw.found_at, draw.progress = DrawState.PROPOSED, clock.now(), None
    draw.is_proven = draw.result["certificate"] is not None
    draw.record("draw.proposed", by=None, counted=draw.counted, digest=draw.digest)


def fail(draw: Draw, attempt: int, why: str) -> None:
    """Whoever worked on it is gone, or found no plan: nothing is kept but that."""
    if is_wanted(draw, attempt):
        draw.state, draw.result, draw.counted, draw.digest = DrawState.FAILED, None, None, ""
        draw.progress = {"why": why}


def solve(draw: Draw) -> None:
    """Work it out in this process: for the command line and the demonstration, never for a page."""
    # The solver is large, and a page must not load it.
    from youthcourt.planning.planning import plan
    from youthcourt.planning.solving import NoPlan

    attempt = begin(draw)
    assert draw.facts is not None, "what it takes is gone"
    try:
        hear(draw, attempt, {"plan": plan(draw.facts, draw.seed).facts()})
    except NoPlan:
        fail(draw, attempt, "no_plan")
        return
    finish(draw, attempt)


# ---- Ending it ------------------------------------------------------------------------------------


def why_not_start_again(draw: Draw) -> str | None:
    if draw.facts is None:
        return _("A record that was part of this draw is gone, so it cannot be worked out again.")
    stopped = draw.state is DrawState.FAILED or is_stalled(draw)
    return None if stopped else _("This plan did not stop.")


def start_again(draw: Draw, by: User) -> None:
    """The same facts and the same lots once more."""
    if why_not := why_not_start_again(draw):
        raise RuleBroken(why_not)
    draw.state, draw.progress, draw.result, draw.heard_at = DrawState.WAITING, None, None, None
    draw.asked_at = clock.now()
    draw.record("draw.started_again", by=by)


def why_not_discard(draw: Draw) -> str | None:
    if draw.state in (*AT_WORK, DrawState.PROPOSED, DrawState.FAILED):
        return None
    return _("This plan is no proposal any more.")


def discard(draw: Draw, by: User) -> None:
    """Throw a proposal away, or stop working on it. That it was made stays known."""
    if why_not := why_not_discard(draw):
        raise RuleBroken(why_not)
    draw.state, draw.settled_at, draw.settled_by = DrawState.DISCARDED, clock.now(), by
    draw.record("draw.discarded", by=by)


# ---- Making it again ------------------------------------------------------------------------------


def plan_of(draw: Draw) -> Plan:
    """The plan that a draw found, without what was told about the day beside it."""
    assert draw.result is not None, "what it says is gone"
    beside = ("shortages", "ways_out")
    return Plan.of({name: value for name, value in draw.result.items() if name not in beside})


def differences(draw: Draw) -> list[str]:
    """Make the draw again from what was kept. What came out otherwise; nothing when all is the same."""
    if draw.facts is None:
        return ["its facts are gone, because a record in it is"]
    if draw.method == panel_lots.METHOD:
        return panel_lots.differences(draw)
    if draw.method != METHOD:
        return [f"its method {draw.method or 'is unknown'} is another than {METHOD}"]
    found = []
    if commitment(draw.secret) != draw.commitment:
        found.append("its secret is not the one that was laid down")
    if digest(draw.facts) != draw.facts_digest:
        found.append("its facts are not those that were frozen")
    if digest(evidence(draw)) != draw.digest:
        found.append("its digest is another")
    return found + _other_plan(draw)


def _other_plan(draw: Draw) -> list[str]:
    # The solver is large, and a page must not load it.
    from youthcourt.planning.planning import plan

    assert draw.facts is not None, "what it takes is gone"
    made, found = plan(draw.facts, draw.seed), []
    if [tuple(place) for place in draw.places] != list(made.places):
        found.append("other places come out")
    if made.counted != draw.counted:
        found.append("other figures come out")
    return found
