"""A court with something of everything, the people of it, and the address of every page there is."""

from contextlib import contextmanager
from types import SimpleNamespace

from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from tests import make
from tests.authorization.table import PAPERS
from tests.browser import PlainClient
from tests.cast import cast_of
from tests.signing_in import begun, browser_with
from tests.word import word_form
from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.models import (
    Bar,
    ExtraPaper,
    IssuedPaper,
    PaperKind,
    PersonHarmed,
    Pin,
    SeatRole,
    Tie,
    TieKind,
    User,
    WordForm,
)
from youthcourt.notices.referrer import tell_referrer
from youthcourt.permissions import Role
from youthcourt.views.papers import PRINTING


def house(**names):
    """A case before its panel today, with its papers and letters, and who may look at it."""
    court = make.court()
    cast = cast_of(court)
    case = make.admitted(court, cast.cora, **names)
    day = make.court_session(court, cast.cora)
    hearing = make.hearing(case, day, cast.judy, cast.cora)
    make.booked(cast.jurors, day, cast.cora)
    panel = make.drawn(hearing, cast.cora)
    make.sworn(hearing, cast.cora)
    hearing.hold(by=cast.judy)
    order = make.signed(make.proposed(hearing), cast.judy)
    kept = IssuedPaper.keep(order, PaperKind.ORDER, b"%PDF", "en", by=cast.judy, code="01234-56789")
    seat, respondent = panel.sitting_seats[0], case.respondent
    letter = tell_referrer(make.accepted(court, cast.cora, name="Lena Later"), by=cast.cora)
    people = {
        "cora": cast.cora,
        "judy": cast.judy,
        "ada": cast.ada,
        "seated": make.juror_user(court, seat.juror),
        "youth": make.user(court, respondent.name, Role.FAMILY, email="y@example.org", person=respondent),
        "guardian": make.user(
            court, "A Guardian", Role.FAMILY, email="g@example.org", person=respondent.guardians[0]
        ),
    }
    wishes = {"court": court, "court_session": day, "hearing": hearing, "juror": seat.juror}
    wishes |= {"reason": "Asked for it.", "made_at": clock.now(), "made_by": cast.cora}
    pin, bar = Pin(role=SeatRole.JUROR, **wishes), Bar(**wishes)
    db.session.add_all([pin, bar])
    db.session.flush()
    extra = ExtraPaper.add(court, by=cast.cora, name="Ride", words="{respondent} comes on {hearing_day}.")
    form = WordForm.upload(court, "County form", ["number"], word_form("number"), by=cast.cora)
    harmed = PersonHarmed(court=court, name="Corner Shop", wants_notice=True)
    case.persons_harmed.append(harmed)
    db.session.flush()
    sitting = next(each for each in day.sittings if each.juror is seat.juror)
    numbers = {
        "letter_id": letter.id,
        "court_id": court.id,
        "offence_id": case.offence.id,
        "own_juror_id": seat.juror.id,
        "case_id": case.id,
        "hearing_id": hearing.id,
        "court_session_id": day.id,
        "deliberation_id": hearing.deliberation.id,
        "order_id": order.id,
        "paper_id": kept.id,
        "code": kept.code,
        "obligation_id": case.obligations[0].id,
        "juror_id": seat.juror.id,
        "seat_id": seat.id,
        "draw_id": panel.draw_id,
        "pin_id": pin.id,
        "bar_id": bar.id,
        "tie_id": Tie.between(respondent, cast.jurors[-1].person, TieKind.KNOWS, by=cast.cora).id,
        "sitting_id": sitting.id,
        "person_id": respondent.guardians[0].id,
        "party": "youth",
        "group": "office",
        "step": "guardian",
        "key": "rise",
        "paper": "hearing_notice",
        "name": "lead",
        "language": "en",
        "kind": "rooms",
        "row_id": court.rooms[0].id,
        "extra_id": extra.id,
        "form_id": form.id,
        "word_form_id": form.id,
        "harmed_id": harmed.id,
        "token": "no-such-token",
        "filename": "app.css",
    }
    return SimpleNamespace(court=court, cast=cast, case=case, people=people, numbers=numbers)


PAPER_OF = {kind: number for kind, (number, _row) in PAPERS.items()}


def addresses(app, numbers, method="GET"):
    """Every rule that answers this method, with an address. What a new page asks for gets a likely value."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method not in rule.methods:
            continue
        for values in _values(rule, numbers):
            yield rule, adapter.build(rule.endpoint, values, method, force_external=False)


def _values(rule, numbers):
    if rule.endpoint in ("papers.show", "papers.check"):
        assert set(PAPER_OF) == set(PRINTING), "name the record that the new paper is of"
        return [{"kind": kind, "record_id": numbers.get(name, 1)} for kind, name in PAPER_OF.items()]
    return [{name: numbers.get(name, _likely(rule, name)) for name in rule.arguments}]


def _likely(rule, name):
    return 1 if isinstance(rule._converters[name], IntegerConverter) else "x"


def browsers_of(app, people):
    """A signed-in client for each of these people, named with their address, and one for nobody."""
    browsers = {name: PlainClient(app, app.response_class) for name in (*people, "nobody")}
    for name, secret in secrets_of(app, people).items():
        browsers[name].set_cookie("session", cookie_of(app, secret))
    return browsers


def secrets_of(app, people):
    """The secret of a sign-in of each, with the second factor shown."""
    with app.app_context(), writing():
        found = db.session.scalars(
            select(User).where(User.email.in_(people.values()), User.ended_at.is_(None))
        )
        users = {user.email: user for user in found}
        secrets = {name: begun(users[email]) for name, email in people.items() if email in users}
        db.session.commit()
    return secrets


def cookie_of(app, secret):
    """The cookie that carries this secret."""
    client = browser_with(app, secret)
    return client.get_cookie("session").value


@contextmanager
def leaking(app, words):
    """A planted fault: every page that opens also says what `words` finds."""

    def leaky(response):
        if response.mimetype == "text/html" and response.status_code == 200:
            told = ", ".join(words())
            response.set_data(response.get_data(as_text=True).replace("</main>", f"{told}</main>"))
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, leaky)
    try:
        yield
    finally:
        app.after_request_funcs[None].remove(leaky)
