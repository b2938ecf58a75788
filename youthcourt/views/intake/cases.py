"""Cases, from screening to closing."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from youthcourt.forms.base import TaskForm
from youthcourt.forms.completion.closing import (
    DismissalRequestForm,
    KeepOpenForm,
    ReturnForm,
    WithdrawalForm,
)
from youthcourt.forms.intake.family import (
    ContactForm,
    FamilyAccessForm,
    NewGuardianForm,
    RespondentContactForm,
)
from youthcourt.forms.intake.intake import AgreementForm, AppointmentForm, InterviewForm
from youthcourt.forms.intake.screening import AcceptanceForm, DeclineForm
from youthcourt.i18n import _
from youthcourt.models import Appointment, Case, CaseStage, Letter, Party
from youthcourt.models.accounts.invitation import INVITATION_DAYS
from youthcourt.models.case_lists import at_stage, case_list, like
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Permission
from youthcourt.procedures.intake import family
from youthcourt.reports.accounts import accounts
from youthcourt.views.access import load, me, permitted
from youthcourt.views.listing import listing
from youthcourt.views.page import page
from youthcourt.views.searching import searched

from . import case_page

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.route("/", methods=["GET", "POST"])
@permitted(Permission.SEE_CASE)
@searched("stage")
def index(search):
    looked_at = search.filters["stage"] or ("all" if search.words else "open")
    today = current_user.court.today
    found = listing(like(at_stage(case_list(me()), looked_at, today), search.words))
    template = "cases/_list.html" if search.is_part else "cases/index.html"
    return render_template(template, found=found, search=search, stages=CaseStage, today=today)


@bp.route("/<int:case_id>")
@permitted(Permission.SEE_CASE)
def show(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.EVERYTHING)
    return page("cases/show.html", **case_page.facts_of(case, me()))


# Screening


@bp.route("/<int:case_id>/screening", methods=["GET", "POST"])
@permitted(Permission.SCREEN_CASE)
def screen(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.EVERYTHING)
    form = AcceptanceForm()
    if form.validate_on_submit() and form.carry_out(
        case.accept, by=me(), override_reason=form.override_reason.data
    ):
        return _told(case, _("Case %(number)s is accepted.", number=case.number))
    intake_by = case.intake_by or case.referral.referred_on + timedelta(days=case.court.days_to_intake)
    return page("cases/screen.html", form, case=case, against=case.rules_against(), intake_by=intake_by)


@bp.route("/<int:case_id>/decline", methods=["GET", "POST"])
@permitted(Permission.SCREEN_CASE)
def decline(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = DeclineForm(reason=next((reason for reason, _why in case.rules_against()), None))
    if form.validate_on_submit() and form.carry_out(case.decline, form.reason.data, form.note.data, by=me()):
        return _told(case, _("Case %(number)s is not accepted.", number=case.number))
    return page("cases/decline.html", form, case=case)


# Intake


@bp.route("/<int:case_id>/first-meeting", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def appoint(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES, selectinload(Case.appointments))
    form = AppointmentForm(case)
    if form.validate_on_submit() and form.carry_out(
        Appointment.make, case, form.moment, form.place.data, by=me()
    ):
        flash(_("The first meeting is set. Print the letter to the family next."))
        return redirect(url_for("papers.check", kind="intake_appointment", record_id=case.id))
    return page("cases/appoint.html", form, case=case)


@bp.route("/<int:case_id>/interview", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def intake(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = InterviewForm(case)
    if form.validate_on_submit() and form.carry_out(case.hold_intake, form.interview(), by=me()):
        flash(_("The interview is kept. Next come the agreements."))
        return redirect(url_for("cases.agree", case_id=case.id, party=Party.YOUTH))
    return page("cases/intake.html", form, case=case)


@bp.route("/<int:case_id>/agreements/<party>", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def agree(case_id, party):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    if party not in set(Party):
        abort(404)
    form = AgreementForm(case, Party(party))
    if form.validate_on_submit() and form.carry_out(case.agree, form.agreement(), by=me()):
        return _agreed(case)
    return page("cases/agree.html", form, case=case, party=Party(party))


def _agreed(case):
    if case.is_agreed:
        flash(_("Both have agreed. A hearing can be set."))
        return redirect(url_for("cases.show", case_id=case.id))
    missing = next(party for party in Party if not case.agreement_of(party))
    flash(_("The agreement is kept. One more is needed."))
    return redirect(url_for("cases.agree", case_id=case.id, party=missing))


# Closing


@bp.route("/<int:case_id>/withdrawal", methods=["GET", "POST"])
@permitted(Permission.CLOSE_CASE)
def withdraw(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = WithdrawalForm(case)
    if form.validate_on_submit() and form.carry_out(
        case.withdraw, form.person.record, form.reason.data, by=me()
    ):
        return _told(case, _("Case %(number)s is withdrawn.", number=case.number))
    return page("cases/withdraw.html", form, case=case)


@bp.route("/<int:case_id>/return", methods=["GET", "POST"])
@permitted(Permission.CLOSE_CASE)
def return_to_referrer(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = ReturnForm()
    if form.validate_on_submit() and form.carry_out(
        case.return_to_referrer, form.reason.data, form.note.data, by=me()
    ):
        return _told(case, _("Case %(number)s is returned.", number=case.number))
    return page("cases/return.html", form, case=case)


@bp.route("/<int:case_id>/dismissal-request", methods=["GET", "POST"])
@permitted(Permission.CLOSE_CASE)
def ask_dismissal(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = DismissalRequestForm()
    if form.validate_on_submit() and form.carry_out(case.ask_dismissal, form.note.data, by=me()):
        flash(_("The judge is asked to dismiss the case."))
        return redirect(url_for("cases.show", case_id=case.id))
    return page("cases/ask_dismissal.html", form, case=case)


@bp.route("/<int:case_id>/dismissal", methods=["GET", "POST"])
@permitted(Permission.DISMISS_CASE)
def dismiss(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.EVERYTHING)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(case.dismiss, by=me()):
        return _told(case, _("Case %(number)s is dismissed: completed.", number=case.number))
    return page("cases/dismiss.html", form, case=case)


@bp.route("/<int:case_id>/reopening", methods=["GET", "POST"])
@permitted(Permission.DISMISS_CASE)
def keep_open(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = KeepOpenForm()
    if form.validate_on_submit() and form.carry_out(case.keep_open, form.reason.data, by=me()):
        flash(_("The case stays open. The coordinator reads why."))
        return redirect(url_for("desk.show"))
    return page("cases/keep_open.html", form, case=case)


@bp.route("/letters/<int:letter_id>/sending", methods=["POST"])
@permitted(Permission.CLOSE_CASE)
def send_letter(letter_id):
    letter = load(Letter.visible_to(me()), letter_id, joinedload(Letter.docket_version))
    letter.send(by=me())
    flash(_("The letter is noted as sent."))
    if letter.docket_version:
        day_id = letter.docket_version.court_session_id
        return redirect(url_for("preparations.dockets", court_session_id=day_id))
    return redirect(url_for("cases.show", case_id=letter.case_id))


def _told(case, words):
    """The referrer gets a letter; then back to the case."""
    letter = tell_referrer(case, by=me())
    flash(words + " " + _("A letter to %(name)s is in the outbox.", name=letter.to_name))
    return redirect(url_for("cases.show", case_id=case.id))


# The family


@bp.route("/<int:case_id>/people/<int:person_id>", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def person(case_id, person_id):
    case, who = member(case_id, person_id)
    form = RespondentContactForm(who) if who is case.respondent else ContactForm(who)
    if form.validate_on_submit() and form.carry_out(
        family.change_contact, case, who, form.contact(), by=me()
    ):
        flash(_("The contact of %(name)s is kept.", name=who))
        return redirect(url_for("cases.show", case_id=case.id))
    return page("cases/person.html", form, case=case, who=who, account=family.account_of(who))


@bp.route("/<int:case_id>/guardians/new", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def add_guardian(case_id):
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    form = NewGuardianForm()
    if form.validate_on_submit() and form.carry_out(family.welcome_guardian, case, form.facts(), by=me()):
        flash(_("%(name)s is noted as guardian.", name=form.given_name.data))
        return redirect(url_for("cases.show", case_id=case.id))
    return page("cases/add_guardian.html", form, case=case)


@bp.route("/<int:case_id>/guardians/<int:person_id>/end", methods=["GET", "POST"])
@permitted(Permission.HOLD_INTAKE)
def end_guardianship(case_id, person_id):
    case, who = member(case_id, person_id)
    if who is case.respondent:
        abort(404)
    form = TaskForm()
    if form.validate_on_submit() and form.carry_out(family.end_guardianship, case, who, by=me()):
        flash(_("%(name)s no longer stands for the young person.", name=who))
        return redirect(url_for("cases.show", case_id=case.id))
    why_not = family.why_not_end_guardianship(case)
    return page("cases/end_guardianship.html", form, case=case, who=who, refusal=why_not)


@bp.route("/<int:case_id>/people/<int:person_id>/access", methods=["GET", "POST"])
@permitted(Permission.KEEP_ACCOUNTS)
def open_access(case_id, person_id):
    case, who = member(case_id, person_id)
    form = FamilyAccessForm(email=who.email)
    if form.validate_on_submit() and (
        secret := form.carry_out(family.open_access, case, who, form.email.data, by=me())
    ):
        return _access_opened(case, who, secret)
    account = family.account_of(who)
    email = accounts.shown_email(account)
    return page("cases/open_access.html", form, case=case, who=who, account=account, account_email=email)


def _access_opened(case, who, secret):
    """The link with which they join, shown this once; nothing to show for somebody who signs in already."""
    if secret is not True:
        link = url_for("accounts.join", token=secret, _external=True)
        return render_template(
            "cases/access_opened.html", case=case, who=who, link=link, days=INVITATION_DAYS
        )
    flash(_("%(name)s can see the case with the account they have.", name=who))
    return redirect(url_for("cases.show", case_id=case.id))


def member(case_id, person_id):
    """A case and one of its family, loaded; 404 for anybody else."""
    case = load(Case.visible_to(me()), case_id, *case_page.RULES)
    people = [case.respondent, *case.respondent.guardians]
    who = next((each for each in people if each.id == person_id), None)
    return (case, who) if who else abort(404)
