"""What the pages of the jury room share: what is loaded, where the reader belongs now, and what is new."""

from flask import url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.errors import RuleBroken
from youthcourt.extensions import db
from youthcourt.i18n import _
from youthcourt.models import (
    Case,
    Court,
    Deliberation,
    GridLine,
    Hearing,
    Panel,
    Phase,
    Proposal,
    Seat,
    VotingRound,
    Worksheet,
)
from youthcourt.models.jury.juror import Juror
from youthcourt.reports import beats
from youthcourt.views import live
from youthcourt.views.access import load, me
from youthcourt.views.page import page

_case = joinedload(Hearing.case)
_room = joinedload(Hearing.deliberation)
_NAMES = (_case.joinedload(Case.respondent), _case.joinedload(Case.offence))
CASE = (
    *_NAMES,
    _case.joinedload(Case.referral),
    _case.joinedload(Case.interview),
)
SEATS = (
    selectinload(Hearing.panels)
    .selectinload(Panel.seats)
    .joinedload(Seat.juror, innerjoin=True)
    .joinedload(Juror.person, innerjoin=True)
)
LIMITS = joinedload(Hearing.court).options(
    selectinload(Court.activities), selectinload(Court.grid).joinedload(GridLine.activity)
)
STATE = (
    SEATS,
    _room.selectinload(Deliberation.worksheets),
    _room.selectinload(Deliberation.rounds).selectinload(VotingRound.voters),
    _room.selectinload(Deliberation.sign_offs),
)
_DECISION = (
    _room.selectinload(Deliberation.findings),
    _room.selectinload(Deliberation.proposals).joinedload(Proposal.activity),
)
# All that a vote asks: everybody of the panel opens and sends it within the same minute.
VOTE = (*_NAMES, *STATE, *_DECISION)
ROOM = (
    *CASE,
    *STATE,
    LIMITS,
    *_DECISION,
    _room.selectinload(Deliberation.notes),
    _room.selectinload(Deliberation.worksheets).selectinload(Worksheet.ratings),
    _room.selectinload(Deliberation.worksheets).selectinload(Worksheet.ideas),
)


def in_room(hearing_id, options=ROOM):
    """The hearing that this juror sits on today and its deliberation, once it was held."""
    hearing = load(Hearing.deliberated_by(current_user), hearing_id, *options)
    if hearing.deliberation is None:
        raise RuleBroken(_("This hearing has not been held."))
    return hearing, hearing.deliberation


def is_lead(hearing):
    """Whether the reader leads this panel."""
    panel = hearing.panel
    return panel is not None and panel.foreperson is not None and panel.foreperson is panel.seat_of(me())


# How far a panel is before the case was heard.
LISTENING = "listening"
# Where a juror belongs while the panel is so far.
_PLACES = {
    Phase.ALONE: "deliberations.alone",
    Phase.TOGETHER: "deliberations.table",
    Phase.VOTING: "ballots.vote",
    Phase.AGREED: "ballots.vote",
    Phase.SENT: "deliberations.reading",
}


def place(hearing):
    """Where the reader goes on; back to the hearing while it is not heard, or once more."""
    if hearing.deliberation is None:
        return url_for("deliberations.show", hearing_id=hearing.id)
    return url_for(_PLACES[hearing.deliberation.phase], hearing_id=hearing.id)


def beat(hearing):
    """What has happened in this case so far, counted; read before the facts."""
    return live.mark(beats.of_case(db.session(), hearing.court_id, hearing.case_id))


def standing(hearing):
    """Where the panel stands, as far as everybody at the table may know: counts and never names."""
    deliberation = hearing.deliberation
    if deliberation is None:
        return {"phase": LISTENING, "is_lead": is_lead(hearing), "state": LISTENING}
    here = deliberation.round
    seat = hearing.panel.seat_of(me()) if hearing.panel else None
    return {
        "phase": deliberation.phase.value,
        "seated": len(deliberation.sitting),
        "handed_in": len(deliberation.sitting) - deliberation.not_in,
        "has_handed_in": seat is not None and deliberation.worksheet_of(seat) is not None,
        "round": here,
        "voted": len(here.has_voted) if here else 0,
        "has_voted": bool(here and seat and seat.id in here.has_voted),
        "is_lead": is_lead(hearing),
        "is_back": deliberation.judges_question is not None,
        "seat_is_open": is_lead(hearing) and deliberation.why_not_fill_up() is None,
        "state": state_of(hearing),
    }


def state_of(hearing):
    """Another one whenever a page of the room has to be opened anew."""
    if hearing.deliberation is None:
        return LISTENING
    here = hearing.deliberation.round
    return f"{hearing.deliberation.phase.value}-{here.number if here else 0}"


def room_page(template, form, hearing, **context):
    """A page of the jury room, with what stands in the way of writing in it."""
    deliberation = hearing.deliberation
    return page(
        template,
        form,
        hearing=hearing,
        deliberation=deliberation,
        stands=standing(hearing),
        why_not_write=deliberation.why_not_write(me()),
        is_lead=is_lead(hearing),
        place=place(hearing),
        **context,
    )
