"""What a hearing day can still miss before it is ready for court."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from youthcourt.i18n import _, ngettext

if TYPE_CHECKING:
    from .court_session import CourtSession
    from .hearing import Hearing

# The papers without which an evening cannot be held when the lights go out.
PAPERS_OF_DAY = ("docket", "sign_in_sheets", "room_sheets")
PAPERS_OF_HEARING = ("hearing_script", "deliberation_sheet")


class Lack(StrEnum):
    """What is missing; it says where that is mended."""

    HEARINGS = "hearings"
    JUDGE = "judge"
    ROOM = "room"
    AGREEMENTS = "agreements"
    PANEL = "panel"
    RESERVES = "reserves"
    INTERPRETER = "interpreter"
    PUBLICATION = "publication"
    NOTICE = "notice"
    PAPERS = "papers"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, in a sentence, and the hearing it belongs to."""

    lack: Lack
    sentence: str
    hearing_id: int | None = None

    def __str__(self) -> str:
        return self.sentence


def missing_of(day: CourtSession) -> list[Missing]:
    """All that a day still misses, the hearings by time and room, then what is of the whole day."""
    docket = day.docket
    if not docket:
        return [Missing(Lack.HEARINGS, _("No hearing is placed on this day yet."))]
    ahead = [hearing for hearing in docket if hearing.is_ahead]
    found = [each for hearing in ahead for each in (*hearing.missing(), *hearing.still_to_do())]
    found += _publication(day)
    if to_print := papers_to_print(day):
        words = ngettext(
            "%(num)s paper of the evening is not printed.",
            "%(num)s papers of the evening are not printed.",
            len(to_print),
        )
        found.append(Missing(Lack.PAPERS, words))
    return found


def _publication(day: CourtSession) -> Iterator[Missing]:
    if day.published is None:
        yield Missing(Lack.PUBLICATION, _("The docket is not published."))
    elif not day.is_over and (day.changes() or day.jurors_changed()):
        yield Missing(Lack.PUBLICATION, _("The docket has changed since it was published."))


def papers_to_print(day: CourtSession) -> list[tuple[str, Hearing | None]]:
    """The papers that nobody has printed as the docket stands: the kind, and of which hearing."""
    ahead: list[Hearing] = [hearing for hearing in day.docket if hearing.is_ahead]
    wanted: list[tuple[str, Hearing | None]] = [(kind, None) for kind in PAPERS_OF_DAY if ahead]
    wanted += [(kind, hearing) for kind in PAPERS_OF_HEARING for hearing in ahead]
    return [each for each in wanted if not _is_printed(day, *each)]


def _is_printed(day: CourtSession, kind: str, hearing: Hearing | None) -> bool:
    """Printed since the docket was published, and nothing of it has been published otherwise since."""
    last = day.published
    if last is None:
        return False
    of_versions = {
        each.of_version
        for each in day.prints
        if each.kind == kind and each.hearing_id == (hearing.id if hearing else None)
    }
    if hearing is None:
        return last.number in of_versions
    row = last.row_of(hearing)
    return any(each.number in of_versions and each.row_of(hearing) == row for each in day.docket_versions)
