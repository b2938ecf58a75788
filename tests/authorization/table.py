"""Who may open what: the rule as a court would write it down, not read from the code.

y  the page opens, whatever it then says (200, a redirect onward, 409, 422)
3  403: nobody in this role does such a thing
4  404: not this person's business, as if it were not there
s  please sign in
o  open to everyone

The parts are those that people play towards one case: `judge` hears it, `seated` decides it,
`foreperson` leads those who decide it, `reserve` waits, `on_the_day` came without a seat, `other_day` comes
another day, `excused` and `stood_down` were to sit, `ex_guardian` no longer stands for the young person,
`stranger` and `other_guardian` are another family, `f_` is the other court. The columns are in this order.
"""

# Read across: co = coordinator, ju = judge, aj = another judge, and so on.
PARTS = (
    *("coordinator", "judge", "another_judge", "administrator"),
    *("seated", "foreperson", "reserve", "on_the_day", "other_day", "excused", "stood_down"),
    *("youth", "guardian", "ex_guardian", "stranger", "other_guardian"),
    *("f_coordinator", "f_judge", "f_administrator", "f_juror", "f_family"),
    "without_role",
)
# Whoever is not signed in, for whatever reason, is nobody; also who has typed a password and owes the second
# step, save for the pages on which it is done.
NOBODY = ("nobody", "invited", "ended", "signed_out", "at_the_door")

#                co ju aj ad   se fp re od xd ex sd   yo gu xg st og   fc fj fa fr ff   no
COORDINATOR = "  y  3  3  3   3  3  3  3  3  3  3   3  3  3  3  3   4  3  3  3  3   3"
FAMILY_DOOR = "  y  3  3  4   3  3  3  3  3  3  3   3  3  3  3  3   4  3  4  3  3   3"
COORDINATORS = " y  3  3  3   3  3  3  3  3  3  3   3  3  3  3  3   y  3  3  3  3   3"
COURT_STAFF = "  y  y  4  3   3  3  3  3  3  3  3   3  3  3  3  3   4  4  3  3  3   3"
ANY_STAFF = "    y  y  y  3   3  3  3  3  3  3  3   3  3  3  3  3   y  y  3  3  3   3"
JUDGE = "        3  y  4  3   3  3  3  3  3  3  3   3  3  3  3  3   3  4  3  3  3   3"
JUDGES = "       3  y  y  3   3  3  3  3  3  3  3   3  3  3  3  3   3  y  3  3  3   3"
SEATED = "       3  3  3  3   y  y  4  4  4  4  4   3  3  3  3  3   3  3  3  4  3   3"
# The place that `seated` has on the day; each has their own.
OWN_PLACE = "    3  3  3  3   y  4  4  4  4  4  4   3  3  3  3  3   3  3  3  4  3   3"
# Staff; and of the jurors the foreperson. A clerk and a bailiff lead as well: tests/views/test_scripts.py.
LEADERS = "      y  y  4  3   4  y  4  4  4  4  4   3  3  3  3  3   4  4  3  4  3   3"
JURORS = "       3  3  3  3   y  y  y  y  y  y  y   3  3  3  3  3   3  3  3  y  3   3"
OWN_JURORS = "   3  3  3  3   y  y  y  y  y  y  y   3  3  3  3  3   3  3  3  4  3   3"
OTHER_DAY = "    3  3  3  3   4  4  4  4  y  4  4   3  3  3  3  3   3  3  3  4  3   3"
ANSWERED = "     y  3  3  3   3  3  3  3  3  3  3   4  y  4  4  4   4  3  3  3  4   3"
OWN_FAMILY = "   3  3  3  3   3  3  3  3  3  3  3   y  y  4  4  4   3  3  3  3  4   3"
FAMILIES = "     3  3  3  3   3  3  3  3  3  3  3   y  y  y  y  y   3  3  3  3  y   3"
KEEPERS = "      y  3  3  y   3  3  3  3  3  3  3   3  3  3  3  3   y  3  y  3  3   3"
OWN_KEEPERS = "  y  3  3  y   3  3  3  3  3  3  3   3  3  3  3  3   4  3  4  3  3   3"
SIGNED_IN = "    y  y  y  y   y  y  y  y  y  y  y   y  y  y  y  y   y  y  y  y  y   3"
ADMINISTRATORS = "  3  3  3  y   3  3  3  3  3  3  3   3  3  3  3  3   3  3  y  3  3   3"
OWN_ADMINISTRATOR = "3 3  3  y   3  3  3  3  3  3  3   3  3  3  3  3   3  3  4  3  3   3"
OWN_ALONE = "    y  4  4  4   4  4  4  4  4  4  4   4  4  4  4  4   4  4  4  4  4   3"
NO_COUNTY = "    4  4  4  4   4  4  4  4  4  4  4   4  4  4  4  4   4  4  4  4  4   3"
NOT_OWN = "      4  4  4  4   4  4  4  4  4  4  4   4  4  4  4  4   4  4  4  4  4   3"
ADMINISTRATOR = "3  3  3  y   3  3  3  3  3  3  3   3  3  3  3  3   3  3  4  3  3   3"
# Between the password and the second step: whoever is through, or not there yet, is led to the door.
AT_THE_DOOR = "  s  s  s  s   s  s  s  s  s  s  s   s  s  s  s  s   s  s  s  s  s   s"
EVERYONE = "     o  o  o  o   o  o  o  o  o  o  o   o  o  o  o  o   o  o  o  o  o   o"

# Papers: the same page for every kind, and each kind has its readers.
OFFICE_PAPER = " y  3  3  3   3  3  3  3  3  3  3   3  3  3  3  3   4  3  3  3  3   3"
ROOM_PAPER = "   y  y  4  3   3  3  3  3  3  3  3   3  3  3  3  3   4  4  3  3  3   3"
FAMILY_PAPER = " y  3  3  3   3  3  3  3  3  3  3   y  y  4  4  4   4  3  3  3  4   3"
OWN_JUROR_PAPER = "y 3  3  3   4  4  4  4  y  4  4   3  3  3  3  3   4  3  3  4  3   3"
JUROR_DAY_PAPER = "y 3  3  3   y  y  y  y  4  4  y   3  3  3  3  3   4  3  3  4  3   3"
ORDER_PAPER = "  y  y  4  3   3  3  3  3  3  3  3   y  y  4  4  4   4  4  3  3  4   3"

# About no case at all: whoever works in a hearing room of this court.
COURT_PAPER = "  y  y  y  3   3  3  3  3  3  3  3   3  3  3  3  3   4  4  3  3  3   3"

PAGES = {
    COORDINATOR: """
        cases.add_guardian cases.agree cases.appoint cases.ask_dismissal cases.decline cases.end_guardianship
        cases.intake cases.person cases.return_to_referrer cases.screen cases.withdraw cases.send_letter
        court_sessions.book court_sessions.place
        preparations.show preparations.publish preparations.dockets preparations.serve preparations.serve_all
        preparations.take_back preparations.interpreter preparations.release
        closings.show closings.miss closings.miss_all closings.undo_miss closings.came closings.withhold
        closings.grant closings.attend closings.note_absence closings.undo_absence closings.swear
        closings.reopen
        hearings.adjourn hearings.fail hearings.move hearings.change_judge paper_ballots.new
        paper_nights.show paper_nights.arrivals paper_nights.sheet
        jurors.be_away jurors.invite jurors.leave jurors.show jurors.train
        obligations.credit obligations.excuse obligations.extend obligations.show
        boards.show boards.part boards.find boards.wall boards.walk_in panels.take_over
        boards.judge_came boards.judge_left boards.interpreter_came boards.interpreter_left
        boards.miss boards.undo_miss
        draws.index draws.mend draws.draw_panel draws.publish draws.discard draws.start_again
        draws.compare draws.pin draws.bar draws.lift_pin draws.lift_bar
        packets.index packets.show packets.progress packets.start_again packets.read
        panels.conflict panels.foreperson panels.objection
        panels.seat panels.stand_down panels.reinstate
        hearings.undo_adjournment hearings.undo_failure
        safe_contacts.note safe_contacts.show safe_contacts.lift sittings.excuse
        tablets.give tablets.give_family tablets.index
        papers.handed_out papers.kept papers.withdraw papers.extra word_forms.fill
        records.hold records.lift
        availabilities.of_juror availabilities.strike availabilities.write_days availabilities.write_usual
        open_dates.close open_dates.offer
        schedules.day schedules.discard schedules.publish schedules.show schedules.take_out schedules.want
        swaps.decide
        ties.of_case ties.of_juror ties.strike_from_case ties.strike_from_juror
    """,
    FAMILY_DOOR: "access_log.case cases.open_access",
    COORDINATORS: """
        referrals.new jurors.index jurors.new jurors.turns court_sessions.new reports.index obligations.index
        paper_texts.preview
        forecasts.index open_dates.index schedules.index schedules.new swaps.index
    """,
    COURT_STAFF: """
        cases.show hearings.show hearings.check_in hearings.undo_check_in hearings.hold panels.swear
        panels.swear_all panels.undo_oath draws.show draws.progress court_sessions.show
        sittings.check_in sittings.undo_check_in orders.show remarks.write
        boards.check_in boards.undo_check_in boards.check_in_family boards.undo_check_in_family
        boards.swear_all boards.swear boards.undo_oath scripts.stop
    """,
    ANY_STAFF: "cases.index court_sessions.index",
    JUDGE: """
        cases.dismiss cases.keep_open orders.amend orders.approve orders.change orders.decide orders.draft
        orders.send_back orders.sign judge_notes.edit orders.unsign
        orders.answer
    """,
    JUDGES: "orders.waiting orders.waiting_part",
    LEADERS: """
        scripts.show scripts.step scripts.now scripts.undo scripts.swear scripts.ask scripts.undo_question
        scripts.write scripts.send_out scripts.call_back scripts.swear_one scripts.undo_oath
    """,
    SEATED: """
        deliberations.alone deliberations.check deliberations.findings deliberations.open_table
        deliberations.plan deliberations.reading deliberations.send deliberations.show deliberations.step
        deliberations.step_aside deliberations.table deliberations.take_over deliberations.waiting
        ballots.call ballots.close ballots.leave_open ballots.vote
    """,
    OWN_PLACE: "sittings.cancel sittings.why swaps.ask",
    JURORS: """
        sittings.index availabilities.mine availabilities.say_away availabilities.say_days
        availabilities.say_usual
    """,
    # Days of the court that any of its jurors may take.
    OWN_JURORS: "open_dates.take swaps.answer",
    # What one juror alone has said or asked: in this world, the one who comes another day.
    OTHER_DAY: "availabilities.take_back swaps.agree swaps.turn_down swaps.withdraw",
    OWN_FAMILY: "my_cases.show",
    # The address names the guardian: the young person does not answer for her.
    ANSWERED: "answers.accept answers.appeal answers.reject",
    FAMILIES: "my_cases.index",
    KEEPERS: """
        access_log.index access_log.trail people.index
        settings.show settings.add settings.change settings.grid settings.rows
        seating_rules.show seating_rules.change seating_rules.put_before seating_rules.add_quota
        seating_rules.remove_quota
        looks.change looks.preview looks.seal looks.give_up
        script_lines.index script_lines.change script_lines.take_back script_lines.take_questions
        paper_texts.index paper_texts.show paper_texts.change paper_texts.take_back word_forms.index
        records.index records.work_out records.destroyed
    """,
    OWN_KEEPERS: """
        access_log.look_into settings.edit settings.remove word_forms.remove
        people.show people.sign_out people.hand_out_link people.end
        records.certificate
        records.seal records.write_notice records.notice records.propose records.withdraw records.confirm
    """,
    ADMINISTRATORS: "people.new records.sealed",
    OWN_ADMINISTRATOR: "people.change_roles records.unseal",
    SIGNED_IN: """
        desk.show drafts.save drafts.drop own_account.show own_account.password own_account.end_others
        own_account.confirm own_account.stay own_account.ask_passkey
        own_factors.show own_factors.add_app own_factors.remove_app own_factors.add_passkey
        own_factors.ask_new_passkey own_factors.make_codes
    """,
    # No county sign-in is set up here.
    NO_COUNTY: "county.link county.unlink",
    NOT_OWN: "own_factors.remove_passkey",
    ADMINISTRATOR: "lost_factors.remove",
    AT_THE_DOOR: """
        second_steps.show second_steps.recover second_steps.ask_passkey second_steps.show_passkey
        second_steps.set_up second_steps.set_up_app second_steps.ask_new_passkey second_steps.set_up_passkey
    """,
    OWN_ALONE: "own_account.end_one",
    EVERYONE: """
        doors.show boards.wall_part checks.ask checks.answer
        accounts.sign_in accounts.join accounts.language accounts.sign_out accounts.reset accounts.forgotten
        accounts.asked styleguide.index static tablets.enter
        county.sign_in county.back passkeys.ask_anybody passkeys.sign_in
        well_known.robots well_known.security
    """,
}

# The kind of paper: the number that names its record, and its readers.
PAPERS = {
    "hearing_notice": ("hearing_id", FAMILY_PAPER),
    "docket": ("court_session_id", ROOM_PAPER),
    "docket_for_jurors": ("court_session_id", OFFICE_PAPER),
    "sign_in_sheets": ("court_session_id", OFFICE_PAPER),
    "room_sheets": ("court_session_id", OFFICE_PAPER),
    "hearing_script": ("hearing_id", ROOM_PAPER),
    "deliberation_sheet": ("hearing_id", ROOM_PAPER),
    "disposition_order": ("order_id", ORDER_PAPER),
    "plain_copy": ("order_id", ORDER_PAPER),
    "decision_letter": ("letter_id", OFFICE_PAPER),
    "door_list": ("court_session_id", OFFICE_PAPER),
    "oath_cards": ("court_id", COURT_PAPER),
    "question_guide": ("offence_id", COURT_PAPER),
    "appeal_form": ("order_id", ORDER_PAPER),
    "obligation_plan": ("case_id", FAMILY_PAPER),
    "time_sheet": ("obligation_id", FAMILY_PAPER),
    "site_letter": ("obligation_id", OFFICE_PAPER),
    "apology_guide": ("obligation_id", FAMILY_PAPER),
    "essay_guide": ("obligation_id", FAMILY_PAPER),
    "cover_sheet": ("obligation_id", FAMILY_PAPER),
    "progress_letter": ("case_id", OFFICE_PAPER),
    "warning": ("case_id", OFFICE_PAPER),
    "noncompliance_report": ("case_id", OFFICE_PAPER),
    "return_to_referrer": ("case_id", OFFICE_PAPER),
    "completion_certificate": ("case_id", FAMILY_PAPER),
    "referral_acknowledgement": ("case_id", OFFICE_PAPER),
    "intake_appointment": ("case_id", FAMILY_PAPER),
    "agreement": ("case_id", FAMILY_PAPER),
    "media_consent": ("case_id", FAMILY_PAPER),
    "text_consent": ("case_id", FAMILY_PAPER),
    "harmed_notice": ("harmed_id", OFFICE_PAPER),
    "impact_statement": ("harmed_id", OFFICE_PAPER),
    "harmed_invitation": ("harmed_id", OFFICE_PAPER),
    "case_cover": ("case_id", OFFICE_PAPER),
    "case_file": ("case_id", OFFICE_PAPER),
    "juror_application": ("court_id", OFFICE_PAPER),
    "juror_form": ("juror_id", OFFICE_PAPER),
    "juror_schedule": ("schedule_id", OFFICE_PAPER),
    "juror_days": ("own_juror_id", OWN_JUROR_PAPER),
    "juror_notice": ("court_session_id", JUROR_DAY_PAPER),
    "service_certificate": ("juror_id", OFFICE_PAPER),
    "service_letter": ("juror_id", OFFICE_PAPER),
    "credit_statement": ("own_juror_id", OWN_JUROR_PAPER),
    "final_report": ("case_id", OFFICE_PAPER),
    "sealing_notice": ("case_id", FAMILY_PAPER),
    "labels_30": ("court_session_id", OFFICE_PAPER),
    "labels_14": ("court_session_id", OFFICE_PAPER),
    "labels_21": ("court_session_id", OFFICE_PAPER),
    "envelope_pages": ("court_session_id", OFFICE_PAPER),
}

# What opens to these parts only while the case is so, and is as if it were not there at any other time.
JURY_MAY_READ = (
    *(
        "on the day",
        "on another judge's docket",
        "deciding",
        "decided",
        "sent back to the panel",
        "signed",
        "dismissal asked",
    ),
    "sent back after the day closed",
)
ORDER_IS_SIGNED = ("signed", "day closed", "dismissal asked", "completed", "returned")
JURY_PAGES = (
    *(f"ballots.{page}" for page in ("call", "close", "leave_open", "vote")),
    *(f"deliberations.{page}" for page in ("alone", "check", "findings", "open_table", "plan", "reading")),
    *(f"deliberations.{page}" for page in ("send", "show", "step", "step_aside", "table", "take_over")),
    "deliberations.waiting",
)
_READ_BY_THE_JURY = {"seated": JURY_MAY_READ, "foreperson": JURY_MAY_READ}
# The room is led on the day alone, until it is closed; what the judge sends back later is for the jury room.
_LED_ON_THE_DAY = {
    "foreperson": tuple(each for each in JURY_MAY_READ if each != "sent back after the day closed")
}
_ANSWERED_ONCE_SIGNED = {"coordinator": ORDER_IS_SIGNED, "guardian": ORDER_IS_SIGNED}
_READ_ONCE_SIGNED = {"youth": ORDER_IS_SIGNED, "guardian": ORDER_IS_SIGNED}
# Old records: only what is closed is sealed or destroyed; a hold, a proposal and a seal have to be there.
CASE_IS_CLOSED = ("screened out", "completed", "returned", "withdrawn", "withdrawn in the hearing")
_OLD = {"coordinator": CASE_IS_CLOSED, "administrator": CASE_IS_CLOSED}
_NOT_THERE: dict[str, tuple[str, ...]] = {"coordinator": (), "administrator": ()}
_OWN_SWAP = {"other_day": ("a swap",)}
ONLY_WHILE = {
    "records.seal": _OLD,
    "records.propose": _OLD,
    "records.hold": {"coordinator": CASE_IS_CLOSED},
    # Nobody answers their own swap, and takes back or agrees to no other.
    "swaps.answer": {"other_day": ("a swap of a bystander",)},
    "swaps.agree": _OWN_SWAP,
    "swaps.turn_down": _OWN_SWAP,
    "swaps.withdraw": _OWN_SWAP,
    "records.lift": _NOT_THERE,
    "records.withdraw": _NOT_THERE,
    "records.confirm": _NOT_THERE,
    "records.unseal": _NOT_THERE,
    "records.write_notice": _NOT_THERE,
    "records.notice": _NOT_THERE,
    **dict.fromkeys(JURY_PAGES, _READ_BY_THE_JURY),
    **dict.fromkeys(PAGES[LEADERS].split(), _LED_ON_THE_DAY),
    "orders.show": {"coordinator": ORDER_IS_SIGNED, "judge": ORDER_IS_SIGNED},
    "orders.unsign": {"judge": ORDER_IS_SIGNED},
    "orders.answer": {"judge": ORDER_IS_SIGNED},
    "answers.accept": _ANSWERED_ONCE_SIGNED,
    "answers.appeal": _ANSWERED_ONCE_SIGNED,
    "answers.reject": _ANSWERED_ONCE_SIGNED,
    "papers.show disposition_order": _READ_ONCE_SIGNED,
    "papers.check disposition_order": _READ_ONCE_SIGNED,
    "papers.show plain_copy": _READ_ONCE_SIGNED,
    "papers.check plain_copy": _READ_ONCE_SIGNED,
    "papers.show appeal_form": _READ_ONCE_SIGNED,
    "papers.check appeal_form": _READ_ONCE_SIGNED,
}

# Pages about a panel, of which there is none any more.
NO_PANEL = {"panels.seat": "did not come", "panels.swear_all": "did not come"}

# A sealed case is there for nobody; neither are the accounts of people the court knows by it alone.
SEALED = {"youth": "s", "guardian": "s", "ex_guardian": "s"}
# But an administrator finds it among the old records: to open it again, or to propose that it be destroyed.
OF_SEALED = ("records.unseal", "records.seal", "records.propose")

# What weighs most asks once more who it is, of everybody it would open to.
ASKS_AGAIN = (
    *("lost_factors.remove", "people.change_roles", "people.new"),
    *("people.end", "people.hand_out_link", "own_factors.add_app"),
    *("own_factors.add_passkey", "own_factors.ask_new_passkey", "own_factors.make_codes"),
    *("own_factors.remove_app", "own_factors.remove_passkey", "county.link", "county.unlink"),
    *("records.seal", "records.unseal", "records.propose", "records.confirm"),
    "closings.reopen",
)

# Methods that a page answers beside those it is made for are refused to everybody alike.
UNDECLARED = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


def rows():
    """Each page's row, by endpoint; a paper is `papers.show docket`."""
    found = {page: row for row, pages in PAGES.items() for page in pages.split()}
    for kind, (_number, row) in PAPERS.items():
        found |= {f"papers.show {kind}": row, f"papers.check {kind}": row}
    return found


ROWS = rows()


def expected(page, part, state):
    """What the table says of one page, one part and one state."""
    if part in NOBODY:
        is_open = ROWS[page] == EVERYONE or (part == "at_the_door" and ROWS[page] == AT_THE_DOOR)
        return "o" if is_open else "s"
    says = ROWS[page].split()[PARTS.index(part)]
    if state == "sealed" and part == "administrator" and page in OF_SEALED:
        return says
    if state == "sealed":
        return SEALED.get(part, "4" if says == "y" else says)
    if says == "y" and NO_PANEL.get(page) == state:
        return "4"
    while_so = ONLY_WHILE.get(page, {}).get(part)
    return "4" if says == "y" and while_so is not None and state not in while_so else says
