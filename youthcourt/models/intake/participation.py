"""Whether somebody took part before, asked without keeping who took part.

A mark is HMAC-SHA256 over the court, the name as it sounds to a clerk and the birth date. The key is a
setting of the installation and stands in no backup, so the marks alone name nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import delete, select

from youthcourt.models.completion.retention import ParticipationMark
from youthcourt.models.person import Person

if TYPE_CHECKING:
    from youthcourt.models.case import Case

_PURPOSE = b"youthcourt: took part before, 1"


def normalised(person: Person) -> str:
    """A name without accents, case, signs and double spaces, and the birth date."""
    apart = unicodedata.normalize("NFKD", person.name).casefold()
    letters = "".join(each if each.isalnum() else " " for each in apart if not unicodedata.combining(each))
    return f"{' '.join(letters.split())}|{person.born_on.isoformat() if person.born_on else ''}"


def _keys() -> list[bytes]:
    """The key of the installation, and those before it: a mark is recognised by any of them."""
    settings = current_app.config
    secrets = [settings.get("PARTICIPATION_KEY"), settings["SECRET_KEY"], *settings["SECRET_KEY_FALLBACKS"]]
    return [hmac.digest(secret.encode(), _PURPOSE, "sha256") for secret in secrets if secret]


def marks_of(person: Person) -> list[str]:
    """The marks that this person could have left here, the one to be written now first."""
    said = f"{person.court_id}|{normalised(person)}".encode()
    return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in _keys()]


def keep_mark(case: Case) -> None:
    """Leave a mark for as long as the court looks back: only of who took part, only while it counts."""
    court = case.court
    if case.screening is None or not case.screening.is_accepted or case.closure is None:
        return
    keep_until = case.closure.closed_on + timedelta(days=court.earlier_participation_days)
    if keep_until <= court.today or case.respondent.born_on is None:
        return
    mark = marks_of(case.respondent)[0]
    found = select(ParticipationMark).where(
        ParticipationMark.court_id == court.id, ParticipationMark.mark == mark
    )
    kept = case.session.scalars(found).first()
    if kept is None:
        case.session.add(ParticipationMark(court=court, mark=mark, keep_until=keep_until))
    else:
        kept.keep_until = max(kept.keep_until, keep_until)


def drop_mark(case: Case) -> None:
    """The case can be seen again, so it speaks for itself."""
    theirs = ParticipationMark.mark.in_(marks_of(case.respondent))
    case.session.execute(delete(ParticipationMark).where(ParticipationMark.court_id == case.court_id, theirs))


def took_part_before(person: Person, on: date) -> bool:
    """Whether this person left a mark that still counts on this day."""
    court = person.court
    if not court.earlier_participation_days or person.born_on is None:
        return False
    theirs = select(ParticipationMark.id).where(
        ParticipationMark.court_id == court.id,
        ParticipationMark.mark.in_(marks_of(person)),
        ParticipationMark.keep_until > on,
    )
    return person.session.scalar(theirs.limit(1)) is not None
