"""All papers of a hearing day in one file: asked for, watched while they are made, printed again."""

from flask import Blueprint, abort, after_this_request, current_app, redirect, url_for
from sqlalchemy.orm import joinedload

from youthcourt.documents import packing
from youthcourt.documents.court.packet import LOADED, contents_of
from youthcourt.extensions import db
from youthcourt.forms.base import TaskForm
from youthcourt.forms.court.packet import PacketForm
from youthcourt.i18n import reader_language
from youthcourt.models import CourtSession, Packet, PacketKind, PrintedPaper
from youthcourt.permissions import Permission
from youthcourt.views import readings
from youthcourt.views.access import load, me, permitted
from youthcourt.views.page import page
from youthcourt.views.papers import as_pdf

bp = Blueprint("packets", __name__, url_prefix="/court-sessions/<int:court_session_id>/packets")


def _day_of_reader(court_session_id, *options):
    return load(CourtSession.visible_to(me()), court_session_id, *options)


def _packet_of(day, packet_id):
    found = Packet.of_day(day).where(Packet.id == packet_id).options(joinedload(Packet.asked_by))
    return db.session.scalars(found).first() or abort(404)


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.KEEP_SESSION)
def index(court_session_id):
    """The two packets of a day, what is still missing in them, and the button that prints each."""
    day = _day_of_reader(court_session_id, *LOADED)
    form = PacketForm()
    asked = {"kind": form.kind.data, "language": reader_language(), "by": me()}
    if form.validate_on_submit() and (packet := form.carry_out(Packet.ask, day, **asked)):
        return _make(packet)
    newest = {each.kind: each for each in reversed(db.session.scalars(Packet.of_day(day)).all())}
    missing = contents_of(day, PacketKind.FULL, reader_language()).missing if day.docket else []
    return page("packets/index.html", form, day=day, newest=newest, missing=missing)


def _make(packet):
    """Let a worker begin once the packet is kept, and show the page on which its progress is seen."""
    app, court_id, packet_id = current_app._get_current_object(), packet.court_id, packet.id  # type: ignore[attr-defined]

    @after_this_request
    def begin(response):
        if app.config["WORKS_IN_BACKGROUND"] and response.status_code < 400:
            packing.start(app, court_id, packet_id)
        return response

    where = {"court_session_id": packet.court_session_id, "packet_id": packet_id}
    return redirect(url_for("packets.show", **where))


@bp.route("/<int:packet_id>")
@permitted(Permission.KEEP_SESSION)
def show(court_session_id, packet_id):
    day = _day_of_reader(court_session_id, *LOADED)
    return _one(day, _packet_of(day, packet_id))


def _one(day, packet, form=None):
    was_published = day.published.number if day.published else 0
    is_old = was_published != packet.of_version or bool(day.changes())
    return page("packets/show.html", form, day=day, packet=packet, is_old=is_old)


@bp.route("/<int:packet_id>/progress")
@permitted(Permission.KEEP_SESSION)
def progress(court_session_id, packet_id):
    packet = _packet_of(_day_of_reader(court_session_id), packet_id)
    return page("packets/_progress.html", packet=packet)


@bp.route("/<int:packet_id>/again", methods=["POST"])
@permitted(Permission.KEEP_SESSION)
def start_again(court_session_id, packet_id):
    """Go on with what stopped; what was set before lies there."""
    day = _day_of_reader(court_session_id, *LOADED)
    packet, form = _packet_of(day, packet_id), TaskForm()
    if form.validate_on_submit() and form.carry_out(packet.start_again, by=me()):
        return _make(packet)
    return _one(day, packet, form)


@bp.route("/<int:packet_id>/pdf")
@permitted(Permission.KEEP_SESSION)
def read(court_session_id, packet_id):
    """The file itself, as long as it is there."""
    day = _day_of_reader(court_session_id, *LOADED)
    packet = _packet_of(day, packet_id)
    found = PrintedPaper.of(db.session(), packet.court_id, [packet.key]) if packet.is_ready else {}
    if packet.key not in found:
        abort(404)
    readings.prints_packet(packet, day)
    return as_pdf(found[packet.key].content, f"packet-{packet.kind}", day.held_on.isoformat())
