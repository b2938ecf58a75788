"""Between the browser and the row of its sign-in: the secret in the cookie, who is here, how long for.

A sign-in ends to the second after its owner was last here. The row's `seen_at` is written about once a
minute, in a short transaction after the answer; in between, the answer gives the browser a signed note of
the moment to bring along. The newer of the two counts. A note can only tell of a moment that was, so whoever
copies one gains nothing; a browser without it is signed out at most a minute early.
"""

from datetime import UTC, datetime, timedelta

from flask import Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from youthcourt import clock
from youthcourt.extensions import db, writing
from youthcourt.i18n import _
from youthcourt.models import WHY_ENDED_WORDS, HowSignedIn, SignedIn, User, WhyEnded
from youthcourt.views.text import moment
from youthcourt.walls import enter, in_court, leave

from .devices import device_of, device_words
from .returning import here_again

NOTED_EVERY = timedelta(minutes=1)
# Where somebody goes who has shown a password and owes a second factor.
FACTOR_PAGE = "second_steps.show"


# ---- Who is here ------------------------------------------------------------------------------------


def signed_in() -> SignedIn | None:
    """The sign-in of this browser, also while it owes a second factor; None when there is none that lives."""
    if "signed_in" not in g:
        g.signed_in = _find()
        if g.signed_in:
            g.seen = _sight_of(g.signed_in)
    found: SignedIn | None = g.signed_in
    if found:
        enter(found.court_id)  # from here on the request acts in this court and in no other
    return found


def reader(_request: object) -> User | None:
    """The account of whoever asks. Whoever owes a second factor is nobody yet."""
    found = signed_in()
    if found is None or found.awaiting_factor:
        return None
    day_id = found.sitting.court_session_id if found.sitting else None
    case_id = found.hearing.case_id if found.hearing else None
    found.user.tablet_day_id = day_id  # type: ignore[misc]  # of this request alone
    found.user.tablet_case_id = case_id  # type: ignore[misc]
    return found.user


def _sight_of(row: SignedIn) -> tuple[int, int, datetime, int]:
    """What the end of the request asks of the row, when the row itself may be gone from memory."""
    return row.id, row.court_id, row.seen_at, row.idle_minutes


def idle_seconds() -> int:
    """How long the reader may leave this page alone; 0 when nobody is signed in."""
    return g.seen[3] * 60 if "seen" in g else 0


def _find() -> SignedIn | None:
    token = session.get("signed_in")
    found = User.signed_in_by(db.session(), token) if token else None
    if found is None:
        return None
    with in_court(found.court_id):
        g.why_over = found.why_over(_brought_along(found.id))
    if g.why_over:
        g.over = found
        return None
    return found


# ---- Coming and going -------------------------------------------------------------------------------


def begin(user: User, how: HowSignedIn = HowSignedIn.PASSWORD, **facts: object) -> SignedIn:
    """A fresh session: whatever was known of the reader before stays behind, except their language.

    `facts` as SignedIn.begin() takes them.
    """
    before = signed_in()
    if before and not before.is_over:  # a new password has ended it already
        before.end(WhyEnded.SIGNED_IN_AGAIN, by=before.user)
        db.session.flush()
    _leave()
    leave()
    enter(user.court_id)
    device = device_of(request.user_agent.string)
    facts.setdefault("awaiting_factor", how is HowSignedIn.PASSWORD and owes_factor(user))
    begun, token = SignedIn.begin(user, how=how, device=device, **facts)  # type: ignore[arg-type]
    db.session.flush()
    hold(begun, token)
    _tell_of_new_devices(begun)
    return begun


def owes_factor(user: User) -> bool:
    """Whether a password alone does not let them in: who has a second step shows it, staff set one up."""
    return user.has_factor or (user.works_here and current_app.config["STAFF_NEED_SECOND_FACTOR"])


def hold(row: SignedIn, token: str) -> None:
    """Give this browser the secret of its sign-in: at the start, and whenever it was changed."""
    session["signed_in"] = token
    g.signed_in, g.seen = row, _sight_of(row)
    g.pop("_login_user", None)  # whoever was here before is asked for anew


def show_password_here() -> None:
    """Whoever is here has shown their password again: the sign-in goes on under a new secret."""
    here = signed_in()
    assert here is not None, "nobody is signed in here"
    hold(here, here.show_password())


def show_factor_here() -> None:
    """Whoever is here has shown a second factor: the sign-in goes on under a new secret."""
    here = signed_in()
    assert here is not None, "nobody is signed in here"
    hold(here, here.show_factor())


def end() -> str:
    """Sign out here. Returns the page for whoever comes next."""
    here = signed_in()
    if here:
        here.end(WhyEnded.SIGNED_OUT, by=here.user)
    _leave()
    return door_of(here)


def door_of(row: SignedIn | None) -> str:
    """Where one signs in on this device."""
    return "tablets.enter" if row and row.how is HowSignedIn.SESSION_CODE else "accounts.sign_in"


def _leave() -> None:
    spoken = session.get("language")
    session.clear()
    if spoken:
        session["language"] = spoken
    g.signed_in = None
    g.pop("seen", None)
    g.pop("_login_user", None)


def _tell_of_new_devices(begun: SignedIn) -> None:
    """Who owns the account hears of each sign-in from a device that was not seen before, the next time."""
    untold = select(SignedIn).where(
        SignedIn.court_id == begun.court_id,
        SignedIn.user_id == begun.user_id,
        SignedIn.is_new_device.is_(True),
        SignedIn.owner_told_at.is_(None),
        SignedIn.id != begun.id,
    )
    for each in db.session.scalars(untold.order_by(SignedIn.began_at)):
        each.owner_told_at = clock.now()
        device = device_words(each.browser, each.system)
        words = _(
            "Somebody signed in to your account on %(when)s from %(device)s, which we had not seen before. "
            "Was it not you? Change your password and call the court office.",
            when=moment(each.began_at),
            device=device,
        )
        flash(words, "warning")


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and back here; say why, when a sign-in has just ended."""
    if (here := signed_in()) and here.awaiting_factor:
        return redirect(url_for(FACTOR_PAGE, next=here_again()))
    if why := g.get("why_over"):
        session.pop("signed_in", None)
        if why is not WhyEnded.SIGNED_OUT:
            flash(str(WHY_ENDED_WORDS[why]), "info")
    return redirect(url_for(door_of(g.get("over")), next=here_again()))


# ---- How long for -----------------------------------------------------------------------------------


def note_seen(response: Response) -> Response:
    """After the answer: they were here now. Pages that ask for news by themselves do not count."""
    if "seen" not in g or g.get("failed") or request.headers.get("X-Background"):
        return response
    number, court, seen_at, _idle = g.seen
    now = clock.now()
    if now - seen_at >= NOTED_EVERY and _write_down(number, court, now):
        return response
    if now > seen_at:
        note = _notes().dumps([number, int(now.timestamp() * 1000)])
        flags = {
            "secure": current_app.config["SESSION_COOKIE_SECURE"],
            "samesite": current_app.config["SESSION_COOKIE_SAMESITE"],
        }
        response.set_cookie(_note_name(), note, httponly=True, path="/", **flags)
    return response


def _write_down(number: int, court: int, now: datetime) -> bool:
    here = update(SignedIn).where(
        SignedIn.id == number, SignedIn.court_id == court, SignedIn.seen_at < now, SignedIn.ended_at.is_(None)
    )
    with writing():
        try:
            db.session.execute(here.values(seen_at=now))
            db.session.commit()
        except OperationalError:  # a full disk, a long queue: the page is answered all the same
            db.session.rollback()
            return False
    return True


def _brought_along(number: int) -> datetime | None:
    """The moment that this browser's note tells of, if the note is ours and about this sign-in."""
    try:
        of, at = _notes().loads(request.cookies.get(_note_name(), ""))
    except BadSignature:
        return None
    return datetime.fromtimestamp(at / 1000, UTC) if of == number else None


def _notes() -> URLSafeSerializer:
    keys = [*(current_app.config.get("SECRET_KEY_FALLBACKS") or []), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt="seen")


def _note_name() -> str:
    return str(current_app.config["SESSION_COOKIE_NAME"]) + "-seen"
