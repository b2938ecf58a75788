"""The accounts of a court: who works and sits here, as what, and how each comes in again."""

from flask import Blueprint, flash, redirect, url_for

from youthcourt.extensions import db
from youthcourt.forms.accounts.people import ROLE_HINTS, ROLE_WORDS, RolesForm, StaffForm
from youthcourt.forms.base import TaskForm
from youthcourt.i18n import _
from youthcourt.models import SignedIn
from youthcourt.models.accounts.invitation import INVITATION_DAYS
from youthcourt.permissions import STAFF, Permission, Role
from youthcourt.procedures.accounts import staffing
from youthcourt.reports.accounts import accounts
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page

from . import throttling

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.route("/")
@permitted(Permission.KEEP_ACCOUNTS)
def index():
    found = listing(accounts.listed(me()), per_page=accounts.PER_PAGE)
    roles = accounts.roles_of(db.session(), me().court_id, [row.id for row in found.rows])
    asked = throttling.asked_for_password(db.session.execute(accounts.alive(me())).all())
    return page("people/index.html", found=found, roles=roles, role_words=ROLE_WORDS, asked=asked)


@bp.route("/new", methods=["GET", "POST"])
@permitted(Permission.KEEP_STAFF, fresh=True)
def new():
    form = StaffForm()
    if form.validate_on_submit():
        facts = {"email": form.email.data, "name": form.name.data, "roles": set(form.roles.data)}
        if token := form.carry_out(staffing.invite_staff, me().court, **facts, by=me()):
            return _link(form.name.data, "accounts.join", token, back=url_for("people.index"))
    return page("people/new.html", form, hints=ROLE_HINTS)


@bp.route("/<int:user_id>")
@permitted(Permission.KEEP_ACCOUNTS)
def show(user_id):
    user = _load(user_id)
    return page(
        "people/show.html",
        user=user,
        email=accounts.shown_email(user),
        roles=told_roles(user),
        role_words=ROLE_WORDS,
        why_not=user.why_not_keep(me()),
        why_not_end=user.why_not_end(me()),
        has_factor=accounts.has_factor(user),
        last_seen=accounts.last_seen(user),
        open_count=sum(not each.is_over for each in db.session.scalars(SignedIn.open_ones(user))),
    )


def _load(user_id):
    return load(accounts.kept_by(me()), user_id)


def told_roles(user):
    """The parts of somebody. That a juror or a colleague is also family is told by the case alone."""
    others = user.roles - {Role.FAMILY}
    return [role for role in Role if role in (others or user.roles)]


@bp.route("/<int:user_id>/roles", methods=["GET", "POST"])
@permitted(Permission.KEEP_STAFF, fresh=True)
def change_roles(user_id):
    user = _load(user_id)
    form = RolesForm(roles=[role for role in user.roles if role in STAFF])
    if form.validate_on_submit():
        roles = set(form.roles.data) | (user.roles - STAFF)
        if form.carry_out(user.change_roles, roles, by=me()):
            flash(_("Saved. %(name)s signs in again to go on.", name=user))
            return _to(user)
    return page("people/roles.html", form, user=user, hints=ROLE_HINTS, why_not=user.why_not_keep(me()))


def _to(user):
    return redirect(url_for("people.show", user_id=user.id))


@bp.route("/<int:user_id>/link", methods=["GET", "POST"])
@permitted(Permission.KEEP_ACCOUNTS, fresh=True)
def hand_out_link(user_id):
    user = _load(user_id)
    form = TaskForm()
    if form.validate_on_submit() and (token := form.carry_out(staffing.hand_out_link, user, by=me())):
        throttling.forget_asking(user.email)
        door = "accounts.reset" if user.password_hash else "accounts.join"
        return _link(user.name, door, token, back=url_for("people.show", user_id=user.id))
    return page("people/link.html", form, user=user, days=INVITATION_DAYS, why_not=user.why_not_keep(me()))


def _link(name, door, token, back):
    """The page that shows a link this once."""
    link = url_for(door, token=token, _external=True)
    is_reset = door == "accounts.reset"
    return page(
        "people/link_ready.html", name=name, link=link, is_reset=is_reset, days=INVITATION_DAYS, back=back
    )


@bp.route("/<int:user_id>/sign-out", methods=["POST"])
@permitted(Permission.KEEP_ACCOUNTS)
def sign_out(user_id):
    user = _load(user_id)
    form = TaskForm()
    if form.carry_out(staffing.sign_out_everywhere, user, by=me()) is not None:
        flash(_("%(name)s is signed out everywhere.", name=user))
    else:
        flash(form.refusal or "", "error")
    return _to(user)


@bp.route("/<int:user_id>/end", methods=["GET", "POST"])
@permitted(Permission.KEEP_ACCOUNTS, fresh=True)
def end(user_id):
    user = _load(user_id)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(user.end, by=me()):
        flash(_("The account of %(name)s is closed.", name=user))
        return redirect(url_for("people.index"))
    return page("people/end.html", form, user=user, why_not=user.why_not_end(me()))
