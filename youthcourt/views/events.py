"""What happened, in sentences: the audit trail as people read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from youthcourt import models
from youthcourt.documents.kinds import KINDS
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l

from .text import amount, moment, short_day


@dataclass(frozen=True)
class Told:
    """How one kind of event reads: a line, more below it, and its mark."""

    line: Any
    more: Any = ""
    sign: str = "dot"
    kind: str = ""


_REASON = "%(reason)s"

EVENTS: dict[str, Told] = {
    "referral.received": Told(_l("Referral received from %(agency)s"), sign="file"),
    "case.accepted": Told(_l("Case accepted"), "%(override_reason)s", sign="check", kind="ok"),
    "case.declined": Told(_l("Case not accepted: %(reason)s"), "%(note)s", sign="cross", kind="warn"),
    "appointment.made": Told(_l("First meeting set for %(starts_at)s"), "%(place)s", sign="calendar"),
    "case.intake_held": Told(_l("Intake interview held on %(held_on)s"), sign="chat", kind="ok"),
    "case.agreed": Told(_l("Agreement signed: %(party)s"), _l("On %(signed_on)s. %(how)s."), "pencil", "ok"),
    "case.withdrawn": Told(_l("%(person)s withdrew from the court"), _REASON, sign="out", kind="warn"),
    "case.dismissal_asked": Told(_l("The judge was asked to dismiss the case"), "%(note)s", sign="flag"),
    "case.kept_open": Told(
        _l("The judge wants something more first"), "%(reason)s", sign="undo", kind="warn"
    ),
    "case.dismissed": Told(_l("Case dismissed: the plan is completed"), sign="star", kind="ok"),
    "case.returned": Told(_l("Case returned to the referrer: %(reason)s"), "%(note)s", "back", "warn"),
    "case.contact_changed": Told(_l("Contact of %(person)s changed"), sign="home"),
    "case.guardian_added": Told(_l("Guardian added: %(person)s"), "%(relation)s", sign="user"),
    "case.guardian_ended": Told(_l("%(person)s no longer stands for the young person"), sign="user"),
    "case.access_opened": Told(_l("%(person)s may sign in and see the case"), sign="lock"),
    "safe_contact.noted": Told(_l("The address of %(person)s is out of sight"), sign="lock"),
    "safe_contact.lifted": Told(_l("The address of %(person)s can be seen again"), sign="undo"),
    "letter.sent": Told(_l("Letter sent: %(kind)s"), sign="mail", kind="ok"),
    "letter.written": Told(_l("Letter written: %(kind)s"), sign="mail"),
    "hearing.placed": Told(_l("Hearing set for %(starts_at)s, %(room)s"), sign="calendar"),
    "hearing.moved": Told(_l("Hearing moved to %(now)s, %(room)s"), _l("It was %(was)s."), sign="calendar"),
    "hearing.adjourned": Told(
        _l("Hearing adjourned from %(was)s to %(now)s: %(reason)s"), "%(note)s", "clock", "warn"
    ),
    "hearing.cancelled": Told(_l("Hearing cancelled"), _REASON, sign="cross", kind="warn"),
    "hearing.failed_to_appear": Told(_l("The family did not come to the hearing"), "%(note)s", "warn", "bad"),
    "hearing.checked_in": Told(_l("%(person)s came to the hearing"), sign="user"),
    "hearing.check_in_undone": Told(_l("Check-in of %(person)s undone"), sign="undo"),
    "hearing.step_begun": Told(_l("In the room: %(step)s"), "%(note)s", sign="clock"),
    "hearing.step_undone": Told(_l("In the room, undone: %(step)s"), sign="undo"),
    "hearing.question_asked": Told(_l("A juror asked a question"), sign="chat"),
    "hearing.question_undone": Told(_l("A question of a juror undone"), sign="undo"),
    "hearing.words_written": Told(_l("What was said was written down: %(step)s"), sign="pencil"),
    "hearing.noted_by_judge": Told(_l("The judge made a private note"), sign="lock"),
    "hearing.hold_undone": Told(_l("The panel came back into the hearing"), sign="undo"),
    "hearing.remarked": Told(_l("A remark for the judge was written"), sign="chat"),
    "hearing.adjournment_undone": Told(_l("Adjournment taken back: the hearing is on %(now)s"), sign="undo"),
    "hearing.failure_undone": Told(_l("They came after all: the hearing can be held"), sign="undo"),
    "arrival.noted": Told(_l("Judge or interpreter came"), sign="user"),
    "arrival.undone": Told(_l("Arrival of a judge or an interpreter undone"), sign="undo"),
    "hearing.absence_noted": Told(_l("%(person)s did not come to the hearing"), sign="cross"),
    "hearing.absence_undone": Told(_l("“Did not come” of %(person)s undone"), sign="undo"),
    "notice.served": Told(_l("Family told of the hearing"), "%(how)s", sign="mail"),
    "notice.taken_back": Told(_l("“Family told” undone"), sign="undo"),
    "interpreter.booked": Told(_l("Interpreter booked"), sign="chat"),
    "interpreter.released": Told(_l("Interpreter no longer booked"), sign="undo"),
    "hearing.held": Told(_l("Hearing held before %(jurors)s jurors"), sign="gavel", kind="ok"),
    "panel.drawn": Told(_l("Panel drawn by lot"), sign="users"),
    "panel.seated": Told(_l("A juror was seated"), sign="users"),
    "panel.dissolved": Told(_l("Panel dissolved"), _REASON, sign="users"),
    "panel.called_back": Told(_l("Panel called back"), sign="undo"),
    "panel.foreperson_named": Told(_l("Foreperson named"), sign="star"),
    "seat.sworn": Told(_l("A juror took the oath"), sign="users"),
    "seat.oath_undone": Told(_l("Oath of a juror undone"), sign="undo"),
    "seat.reinstated": Told(_l("A juror who was stood down has the seat again"), sign="undo"),
    "seat.given_up": Told(_l("A juror left a place when the seating was mended"), _REASON, sign="users"),
    "seat.changed": Told(_l("A juror took another role on the panel"), sign="users"),
    "seat.stood_down": Told(_l("A juror stood down"), _REASON, sign="users", kind="warn"),
    "deliberation.found": Told(_l("The panel answered: %(question)s"), "%(answer)s. %(reason)s", sign="chat"),
    "deliberation.proposed": Told(
        _l("The panel put into the plan: %(activity)s"), _l("Due %(due_on)s."), "plus"
    ),
    "deliberation.dropped": Told(_l("The panel took out of the plan: %(activity)s"), sign="minus"),
    "deliberation.handed_in": Told(_l("A juror wrote alone what they think"), sign="pencil"),
    "deliberation.opened": Told(_l("The panel began to talk"), sign="chat"),
    "deliberation.noted": Told(_l("The panel made a note"), sign="pencil"),
    "deliberation.deadlocked": Told(
        _l("The panel left the amount to the judge: %(activity)s"), sign="gavel", kind="warn"
    ),
    "deliberation.vote_called": Told(_l("The vote was called, round %(round)s"), sign="flag"),
    "deliberation.voted": Told(_l("Somebody voted in round %(round)s"), sign="check"),
    "deliberation.vote_counted": Told(
        _l("Round %(round)s was counted"), _l("%(agreeing)s agree, %(not_yet)s not yet."), sign="check"
    ),
    "seat.took_over": Told(_l("A reserve took a seat on the panel"), sign="users"),
    "deliberation.decided": Told(_l("The panel sent its plan to the judge"), sign="gavel", kind="ok"),
    "deliberation.approved": Told(_l("The judge approved the plan"), sign="check", kind="ok"),
    "deliberation.changed": Told(_l("The judge changed the plan"), _REASON, sign="pencil", kind="warn"),
    "deliberation.returned": Told(_l("The judge sent the plan back to the panel"), _REASON, "back", "warn"),
    "order.changed": Told(_l("Draft of the order changed"), _REASON, sign="pencil"),
    "order.signed": Told(_l("Order %(number)s signed"), sign="pencil", kind="ok"),
    "order.unsigned": Told(_l("The judge took order %(number)s back"), _REASON, sign="undo", kind="warn"),
    "order.paper_issued": Told(_l("Paper kept as it was handed out: %(kind)s"), sign="file"),
    "order.accepted": Told(_l("%(person)s said yes to the order"), "%(how)s", sign="check", kind="ok"),
    "order.rejected": Told(_l("%(person)s said no to the order"), _REASON, sign="cross", kind="warn"),
    "order.appealed": Told(
        _l("%(person)s asks the judge to look again at parts of the order"), sign="chat", kind="warn"
    ),
    "appeal_item.answered": Told(
        _l("The judge answered about %(activity)s: %(answer)s"), _REASON, sign="gavel"
    ),
    "obligation.taken_back": Told(
        _l("%(what)s: %(amount)s taken back"), _l("The day was reopened."), sign="undo", kind="warn"
    ),
    "obligation.credited": Told(
        _l("%(what)s: %(amount)s credited"),
        _l("%(vouched_by)s vouched for it. Left: %(left)s."),
        "check",
        "ok",
    ),
    "obligation.excused": Told(_l("%(what)s: excused"), _REASON, sign="minus"),
    "obligation.extended": Told(_l("%(what)s: more time, until %(now)s"), _REASON, sign="clock"),
    "sealing.sealed": Told(_l("Record sealed"), "%(rule)s", sign="lock"),
    "sealing.unsealed": Told(_l("Record opened again"), _REASON, sign="undo", kind="warn"),
    "legal_hold.placed": Told(_l("Legal hold placed: %(reason)s"), "%(note)s", sign="lock", kind="warn"),
    "legal_hold.lifted": Told(_l("Legal hold lifted"), "%(note)s", sign="undo"),
    "destruction.proposed": Told(_l("Destruction of the record proposed"), sign="warn", kind="warn"),
    "destruction.withdrawn": Told(_l("Destruction of the record no longer proposed"), sign="undo"),
    # Events that belong to no case: the court, its days, its people.
    "court.founded": Told(_l("Court founded"), sign="home"),
    "court.changed": Told(_l("Settings of the court changed"), sign="pencil"),
    "script_line.written": Told(_l("A line of the script was written anew"), sign="pencil"),
    "script_line.taken_back": Told(_l("A line of the script is the usual one again"), sign="undo"),
    "word_form.uploaded": Told(_l("Word form kept: %(name)s"), sign="file"),
    "word_form.removed": Told(_l("Word form removed: %(name)s"), sign="minus"),
    "paper.issued": Told(_l("Paper handed out: %(kind)s"), sign="file"),
    "paper.withdrawn": Told(_l("Paper withdrawn: %(kind)s"), _REASON, sign="undo", kind="warn"),
    "paper_text.written": Told(_l("A passage of a paper was written anew"), sign="pencil"),
    "paper_text.taken_back": Told(_l("A passage of a paper is the usual one again"), sign="undo"),
    "court.grid_changed": Told(_l("Grid of the court changed"), sign="pencil"),
    "court.record_destroyed": Told(_l("A record was destroyed"), "%(rule)s", sign="lock"),
    "court.restored": Told(
        _l("All records were brought back from a copy of %(made_at)s"),
        _l("What was written between that moment and this line is not in them."),
        sign="undo",
        kind="warn",
    ),
    "court_session.planned": Told(_l("Hearing day planned for %(held_on)s"), sign="calendar"),
    "docket_version.published": Told(_l("Docket published, version %(number)s"), sign="check"),
    "court_session.closed": Told(_l("Hearing day closed"), sign="lock"),
    "court_session.reopened": Told(_l("Closed hearing day reopened"), _REASON, sign="undo", kind="warn"),
    "seating_rules.changed": Told(_l("Rules for seating changed"), sign="pencil"),
    "look.changed": Told(_l("Look of the papers changed"), sign="pencil"),
    "look.given_up": Told(_l("Papers have the usual look again"), sign="undo"),
    "draw.committed": Told(_l("Lots of the next draw laid down"), sign="lock"),
    "draw.asked": Told(_l("Draw of a hearing day begun"), sign="users"),
    "draw.started_again": Told(_l("Draw of a hearing day begun again"), sign="refresh"),
    "draw.proposed": Told(_l("Draw of a hearing day worked out"), sign="users"),
    "draw.published": Told(_l("Draw of a hearing day put into force"), sign="check", kind="ok"),
    "draw.discarded": Told(_l("Draw of a hearing day thrown away"), sign="cross"),
    "packet.asked": Told(_l("All papers of a hearing day printed: %(kind)s"), sign="print"),
    "packet.started_again": Told(_l("All papers of a hearing day printed again: %(kind)s"), sign="refresh"),
    "pin.made": Told(_l("A juror was given a place before the draw"), _REASON, sign="users"),
    "pin.lifted": Told(_l("A place given before the draw was taken back"), sign="undo"),
    "bar.made": Told(_l("A juror is kept off a panel"), _REASON, sign="users"),
    "bar.lifted": Told(_l("A juror is no longer kept off a panel"), sign="undo"),
    "account.opened": Told(_l("Account opened"), sign="user"),
    "account.role_granted": Told(_l("Role granted"), sign="user"),
    "account.role_ended": Told(_l("Role taken back"), sign="user"),
    "account.password_set": Told(_l("Password chosen"), sign="lock"),
    "account.password_changed": Told(_l("Password changed"), sign="lock"),
    "account.invited_again": Told(_l("New invitation handed out"), sign="mail"),
    "account.reset_started": Told(_l("Link for a new password handed out"), sign="lock"),
    "account.signed_in": Told(_l("Signed in"), sign="user"),
    "account.sign_in_failed": Told(_l("Sign-in tried in vain: %(count)s times"), sign="warn", kind="warn"),
    "account.signed_out": Told(_l("Signed out"), sign="out"),
    "account.session_ended": Told(_l("Sign-ins ended"), sign="lock"),
    "account.ended": Told(_l("Account closed"), sign="lock", kind="warn"),
    "factor.added": Told(_l("Second step added to a sign-in"), "%(name)s", sign="lock"),
    "factor.removed": Told(_l("Second step of a sign-in removed"), _REASON, sign="lock", kind="warn"),
    "recovery_codes.made": Told(_l("Recovery codes made"), sign="lock"),
    "recovery_code.used": Told(_l("Recovery code used"), sign="lock", kind="warn"),
    "county_sign_in.linked": Told(_l("County sign-in linked"), sign="lock"),
    "county_sign_in.removed": Told(_l("County sign-in removed"), sign="lock"),
    "tablet_code.given": Told(_l("Code for the court tablet given"), sign="lock"),
    "tablet_code.used": Told(_l("Signed in on the court tablet"), sign="lock"),
    "tie.noted": Told(_l("Tie between two people noted"), sign="users"),
    "tie.taken_back": Told(_l("Tie between two people taken back"), sign="undo"),
    "juror.enrolled": Told(_l("Juror enrolled"), sign="user"),
    "juror.stayed_on": Told(_l("Juror stayed on"), sign="user"),
    "juror.trained": Told(_l("Juror trained on %(held_on)s"), sign="star"),
    "juror.absence_noted": Told(_l("Absence noted from %(starts_on)s to %(ends_on)s"), sign="calendar"),
    "availability.stated": Told(_l("A juror said when they can come"), sign="calendar"),
    "availability.withdrawn": Told(_l("A juror took back when they can come"), sign="undo"),
    "schedule.proposed": Told(
        _l("Schedule of jurors proposed, %(starts_on)s to %(ends_on)s"), sign="calendar"
    ),
    "schedule.changed": Told(_l("Schedule of jurors changed: %(held_on)s"), sign="pencil"),
    "schedule.published": Told(
        _l("Schedule of jurors published, %(starts_on)s to %(ends_on)s"), sign="calendar", kind="ok"
    ),
    "schedule.discarded": Told(_l("Proposal for a schedule of jurors thrown away"), sign="undo"),
    "open_date.offered": Told(_l("Open day offered to jurors: %(held_on)s"), sign="calendar"),
    "open_date.taken": Told(_l("A juror took a place of an open day: %(held_on)s"), sign="check"),
    "open_date.closed": Told(_l("Day no longer offered to jurors: %(held_on)s"), sign="minus"),
    "swap.asked": Told(_l("A juror looks for somebody to come instead"), sign="users"),
    "swap.answered": Told(_l("A juror offered to exchange days"), sign="users"),
    "swap.turned_down": Told(_l("An exchange of days was turned down"), sign="undo"),
    "swap.agreed": Told(_l("Two jurors agreed to swap"), sign="users"),
    "swap.done": Told(_l("Two jurors swapped"), sign="check", kind="ok"),
    "swap.withdrawn": Told(_l("A juror no longer looks for somebody"), sign="undo"),
    "swap.refused": Told(_l("A swap was not possible"), _REASON, sign="minus"),
    "juror.left": Told(_l("Juror left"), sign="out"),
    "sitting.booked": Told(_l("Juror booked for %(held_on)s"), sign="calendar"),
    "sitting.checked_in": Told(_l("Juror checked in"), sign="check"),
    "sitting.check_in_undone": Told(_l("Check-in undone"), sign="undo"),
    "sitting.excused": Told(_l("Juror excused"), _REASON, sign="minus"),
    "sitting.missed": Told(_l("Juror did not come"), sign="cross"),
    "sitting.miss_undone": Told(_l("Written down by mistake that a juror did not come"), sign="undo"),
    "sitting.credit_withheld": Told(_l("No credit for a sitting"), _REASON, sign="minus"),
    "sitting.credit_granted": Told(_l("Credit for a sitting after all"), sign="undo"),
    "sitting.credit_taken_back": Told(_l("Credit for a sitting taken back"), sign="undo", kind="warn"),
    "sitting.credited": Told(_l("Sitting credited"), sign="check", kind="ok"),
    "reading.noticed": Told(_l("Somebody opened unusually many cases"), sign="warn", kind="warn"),
    "reading.looked_into": Told(_l("Looked into who opened unusually many cases"), "%(words)s", sign="check"),
    "time_credit.paid": Told(_l("Time credit paid"), sign="star"),
    "time_credit.taken_back": Told(_l("Time credit taken back"), sign="undo"),
}

# What a juror did in the jury room is told as the panel's doing: votes and words stay with no name.
_JUDGES_DOING = {"deliberation.approved", "deliberation.changed", "deliberation.returned"}

_PARTY_WORDS = {"youth": _l("the young person"), "guardian": _l("a guardian")}
_LETTER_WORDS = {
    "acceptance": _l("case accepted"),
    "decline": _l("case not accepted"),
    "dismissal": _l("case completed"),
    "return": _l("case returned"),
    "withdrawal": _l("family withdrew"),
    "sealing_notice": _l("notice of sealing"),
    "destruction_notice": _l("notice of destruction"),
    "hearing_change": _l("hearing changed"),
    "docket_change": _l("docket changed"),
    "juror_change": _l("time of a juror changed"),
}
_PAPER_WORDS = {"disposition_order": _l("the order"), "plain_copy": _l("the copy in plain words")}
_TITLES = {name: kind.title for name, kind in KINDS.items()}
_KINDS: dict[tuple[str, str], Mapping[Any, Any]] = {
    ("case.declined", "reason"): models.CLOSURE_WORDS,
    ("case.returned", "reason"): models.CLOSURE_WORDS,
    ("case.agreed", "party"): _PARTY_WORDS,
    ("case.agreed", "how"): models.HOW_SIGNED_WORDS,
    ("letter.written", "kind"): _LETTER_WORDS,
    ("letter.sent", "kind"): _LETTER_WORDS,
    ("legal_hold.placed", "reason"): models.HOLD_WORDS,
    ("hearing.step_begun", "step"): models.STEP_WORDS,
    ("hearing.step_undone", "step"): models.STEP_WORDS,
    ("hearing.words_written", "step"): models.STEP_WORDS,
    ("order.paper_issued", "kind"): _PAPER_WORDS,
    ("packet.asked", "kind"): models.PACKET_WORDS,
    ("packet.started_again", "kind"): models.PACKET_WORDS,
    ("paper.issued", "kind"): _TITLES,
    ("paper.withdrawn", "kind"): _TITLES,
    ("order.accepted", "how"): models.HOW_ANSWERED_WORDS,
    ("appeal_item.answered", "answer"): models.APPEAL_WORDS,
    ("hearing.adjourned", "reason"): models.ADJOURNMENT_WORDS,
    ("notice.served", "how"): models.HOW_SERVED_WORDS,
    ("deliberation.found", "question"): models.QUESTION_WORDS,
    ("deliberation.found", "answer"): models.ANSWER_WORDS,
}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def timeline(rows: Iterable[Any], case: models.Case, people: Mapping[int, str]) -> list[dict[str, Any]]:
    """The rows of an audit trail as a timeline shows them. The same line again and again is told once."""
    owed = {each.id: each for each in case.obligations}
    told: list[dict[str, Any]] = []
    for row in rows:
        entry = _entry(row, _facts(row, people, owed))
        last = told[-1] if told else None
        if last and (last["title"], last["day"], last["by"]) == (entry["title"], entry["day"], entry["by"]):
            last["times"] += 1
            last["detail"] = _("%(count)s times", count=last["times"])
        else:
            told.append(entry)
    return told


def people_named(rows: Iterable[Any]) -> set[int]:
    """The numbers of the people whom these rows name."""
    return {row.particulars["person"] for row in rows if row.particulars.get("person")}


def _entry(row: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    told = EVENTS.get(row.event) or Told(row.event)
    detail = str(told.more) % facts
    by_panel = row.event.startswith("deliberation.") and row.event not in _JUDGES_DOING
    return {
        "title": str(told.line) % facts,
        "detail": detail if detail.strip(" .") else "",
        "at": moment(row.at),
        "datetime": row.at.isoformat(),
        "day": row.at.date(),
        "by": _("The panel") if by_panel else row.by or _("Youthcourt"),
        "sign": told.sign,
        "kind": told.kind,
        "times": 1,
    }


def _facts(row: Any, people: Mapping[int, str], owed: Mapping[int, models.Obligation]) -> _Facts:
    facts = _Facts({key: _plain(value) for key, value in row.particulars.items()})
    for (event, key), words in _KINDS.items():
        if event == row.event:
            facts[key] = words.get(row.particulars.get(key), "")
    if "person" in facts:
        facts["person"] = people.get(row.particulars["person"], _("Somebody"))
    if row.subject == "obligation" and (obligation := owed.get(row.subject_id)):
        facts["what"] = obligation.activity
        for key in facts.keys() & {"amount", "left"}:
            facts[key] = amount(row.particulars[key], obligation.activity.unit)
    return facts


def _plain(value: Any) -> Any:
    """A kept value as it reads: days and times as such, everything else as it is."""
    if not isinstance(value, str) or not value[:4].isdigit():
        return "" if value is None else value
    try:
        return moment(datetime.fromisoformat(value)) if "T" in value else short_day(date.fromisoformat(value))
    except ValueError:
        return value
