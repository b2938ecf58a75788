"""Who may open which page: a table that a lawyer could read, held against every page there is.

y  the page opens, whatever it then says (200, a redirect onward, 409, 422)
3  403: nobody in this role does such a thing
4  404: not this person's business, as if it were not there
s  please sign in
o  open to everyone
"""

from types import SimpleNamespace

import pytest

from tests import make
from youthcourt import models as m
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.views.papers import KINDS

ACTORS = [
    *("cora", "judy", "jude", "seated", "juror", "youth", "guardian", "ex_guardian", "stranger"),
    *("ada", "foreign_cora", "foreign_judge", "nobody"),
]

#                  cora judy jude seat juro yout guar ex_g stra ada  f_co f_ju nobody
COORDINATOR = "    y    3    3    3    3    3    3    3    3    3    4    3    s"
FAMILY_DOOR = "    y    3    3    3    3    3    3    3    3    4    4    3    s"
COORDINATORS = "   y    3    3    3    3    3    3    3    3    3    y    3    s"
COURT_STAFF = "    y    y    4    3    3    3    3    3    3    3    4    4    s"
ANY_STAFF = "      y    y    y    3    3    3    3    3    3    3    y    y    s"
JUDGE = "          3    y    4    3    3    3    3    3    3    3    3    4    s"
JUDGES = "         3    y    y    3    3    3    3    3    3    3    3    y    s"
SEATED = "         3    3    3    y    4    3    3    3    3    3    3    3    s"
JURORS = "         3    3    3    y    y    3    3    3    3    3    3    3    s"
OWN_FAMILY = "     3    3    3    3    3    y    y    4    4    3    3    3    s"
FAMILIES = "       3    3    3    3    3    y    y    y    y    3    3    3    s"
KEEPERS = "        y    3    3    3    3    3    3    3    3    y    y    3    s"
OWN_KEEPERS = "    y    3    3    3    3    3    3    3    3    y    4    3    s"
SIGNED_IN = "      y    y    y    y    y    y    y    y    y    y    y    y    s"
EVERYONE = "       o    o    o    o    o    o    o    o    o    o    o    o    o"

TABLE = {
    COORDINATOR: """
        cases.add_guardian cases.agree cases.ask_dismissal cases.decline cases.end_guardianship cases.intake
        cases.person cases.return_to_referrer cases.screen cases.withdraw
        court_sessions.book court_sessions.close court_sessions.make_ready court_sessions.place
        hearings.adjourn hearings.fail hearings.move
        jurors.be_away jurors.invite jurors.leave jurors.show jurors.train
        cases.send_letter obligations.credit obligations.excuse obligations.extend obligations.show
        panels.conflict panels.draw panels.draw_again panels.draws panels.foreperson panels.objection
        panels.seat panels.stand_down sittings.excuse
    """,
    FAMILY_DOOR: "cases.open_access",
    COORDINATORS: "referrals.new jurors.index jurors.new court_sessions.new reports.index obligations.index",
    COURT_STAFF: """
        cases.show hearings.show hearings.check_in hearings.undo_check_in hearings.hold panels.swear
        panels.swear_all court_sessions.show orders.show sittings.check_in sittings.undo_check_in
    """,
    ANY_STAFF: "cases.index court_sessions.index",
    JUDGE: """
        cases.dismiss cases.keep_open orders.amend orders.approve orders.change orders.decide orders.draft
        orders.send_back orders.sign
    """,
    JUDGES: "orders.waiting",
    SEATED: """
        deliberations.findings deliberations.plan deliberations.send deliberations.show deliberations.vote
        deliberations.votes sittings.cancel
    """,
    JURORS: "sittings.index",
    OWN_FAMILY: "my_cases.show",
    FAMILIES: "my_cases.index",
    KEEPERS: "settings.show settings.add settings.change settings.grid settings.rows",
    OWN_KEEPERS: "settings.edit settings.remove",
    SIGNED_IN: "desk.show",
    EVERYONE: """
        accounts.sign_in accounts.join accounts.language accounts.sign_out styleguide.index static
        well_known.robots well_known.security
    """,
}
EXPECTED = {endpoint: row.split() for row, endpoints in TABLE.items() for endpoint in endpoints.split()}

# Papers: one page for every kind, and each kind has its readers.
#                  cora judy jude seat juro yout guar ex_g stra ada  f_co f_ju nobody
ROOM_PAPER = "     y    y    4    3    3    3    3    3    3    3    4    4    s"
OFFICE_PAPER = "   y    3    3    3    3    3    3    3    3    3    4    3    s"
NOTICE = "         y    3    3    3    3    y    y    4    4    3    4    3    s"
ORDER = "          y    y    4    3    3    y    y    4    4    3    4    4    s"
PAPERS = {
    "hearing_notice": ("hearing_id", NOTICE),
    "docket": ("court_session_id", ROOM_PAPER),
    "docket_for_jurors": ("court_session_id", OFFICE_PAPER),
    "hearing_script": ("hearing_id", ROOM_PAPER),
    "deliberation_sheet": ("hearing_id", ROOM_PAPER),
    "disposition_order": ("order_id", ORDER),
    "decision_letter": ("letter_id", OFFICE_PAPER),
    "completion_certificate": ("case_id", NOTICE),
}


@pytest.fixture
def world(court, cast, session):
    """A case before its panel today, its people, and a second court with people of its own."""
    there = make.court(name="Other Court")
    case = make.admitted(court, cast.cora)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    panel = make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    deliberation = make.proposed(hearing)
    order = make.signed(deliberation, cast.judy)
    seat, reserve = panel.sitting_seats[0], panel.reserves[0]
    respondent = case.respondent
    leaver = make.person(court, "Former Guardian", born_on=None)
    respondent.guardianships.append(
        m.Guardianship(court=court, ward=respondent, guardian=leaver, ended_on=court.today)
    )
    other = make.admitted(court, cast.cora, name="Sami Stranger")
    actors = {
        "cora": cast.cora,
        "judy": cast.judy,
        "jude": make.user(court, "Jude Second", Role.JUDGE),
        "seated": make.juror_user(court, seat.juror),
        "juror": make.juror_user(court, reserve.juror),
        "youth": make.user(court, respondent.name, Role.FAMILY, person=respondent),
        "guardian": make.user(court, "Renee Tate", Role.FAMILY, person=respondent.guardians[0]),
        "ex_guardian": make.user(court, "Former Guardian", Role.FAMILY, person=leaver),
        "stranger": make.user(court, "Sami Stranger", Role.FAMILY, person=other.respondent),
        "ada": cast.ada,
        "foreign_cora": make.user(there, "Fay Foreign", Role.COORDINATOR),
        "foreign_judge": make.user(there, "Jo Foreign", Role.JUDGE),
    }
    letter = tell_referrer(make.accepted(court, cast.cora, name="Lena Later"), by=cast.cora)
    session.flush()
    sitting = next(each for each in day.sittings if each.juror is seat.juror)
    numbers = {
        "letter_id": letter.id,
        "case_id": case.id,
        "hearing_id": hearing.id,
        "court_session_id": day.id,
        "deliberation_id": deliberation.id,
        "order_id": order.id,
        "obligation_id": case.obligations[0].id,
        "juror_id": seat.juror.id,
        "seat_id": seat.id,
        "draw_id": panel.draws[0].id,
        "sitting_id": sitting.id,
        "person_id": respondent.guardians[0].id,
        "party": "youth",
        "group": "office",
        "kind": "rooms",
        "row_id": court.rooms[0].id,
        "token": "no such token",
        "filename": "app.css",
    }
    return SimpleNamespace(actors=actors, numbers=numbers)


def verdict(response):
    if response.status_code == 302 and "/sign-in" in response.location:
        return "s"
    return {403: "3", 404: "4"}.get(response.status_code, "y")


def cells(app, numbers):
    """Every page with every method, except papers, which have a table of their own."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("papers."):
            continue
        values = {name: numbers[name] for name in rule.arguments}
        path = adapter.build(rule.endpoint, values, force_external=False)
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, path


def test_every_page_opens_to_whom_the_table_says_and_nobody_else(app, world, sign_in):
    browsers = {name: sign_in(user) for name, user in world.actors.items()}
    browsers["nobody"] = app.test_client()
    asked = [
        (EXPECTED[endpoint][ACTORS.index(actor)], actor, endpoint, method, path)
        for endpoint, method, path in cells(app, world.numbers)
        for actor in ACTORS
        if EXPECTED[endpoint][ACTORS.index(actor)] != "o"
    ]
    # Refusals first: what is allowed may change who somebody is to the case.
    asked.sort(key=lambda cell: (cell[0] == "y", cell[3] == "POST", "end" in cell[2]))

    wrong = []
    for expected, actor, endpoint, method, path in asked:
        got = verdict(browsers[actor].open(path, method=method))
        if got != expected:
            wrong.append((endpoint, method, actor, f"expected {expected}, got {got}"))

    print(f"count: who-may-open cells = {len(asked)}")
    assert wrong == []


def test_the_table_names_every_page_and_no_other(app):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("papers.")}

    assert set(EXPECTED) == pages


def test_every_paper_opens_to_whom_the_table_says_and_nobody_else(app, world, sign_in):
    browsers = {name: sign_in(user) for name, user in world.actors.items()}
    browsers["nobody"] = app.test_client()

    wrong = []
    for kind, (number, row) in PAPERS.items():
        for actor, expected in zip(ACTORS, row.split(), strict=True):
            for page in ("", "/check"):
                got = verdict(browsers[actor].get(f"/papers/{kind}/{world.numbers[number]}{page}"))
                if got != expected:
                    wrong.append((kind + page, actor, f"expected {expected}, got {got}"))

    print(f"count: who-may-print cells = {len(PAPERS) * len(ACTORS) * 2}")
    assert wrong == []


def test_the_table_names_every_paper_and_no_other():
    assert set(PAPERS) == set(KINDS)
