"""How a hearing is prepared: the family is told, an interpreter is booked, nothing is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, declared_attr, relationship

from youthcourt import clock
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.permissions import Role

from .attendance import ReceivesFamily
from .preparation import HowServed, InterpreterBooking, NoticeServed
from .readiness import Lack, Missing

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .docket_version import DocketRow


class GetsPrepared(ReceivesFamily):
    """The part of a hearing that is made ready before its day."""

    __abstract__ = True

    @declared_attr
    def notices(cls) -> Mapped[list[NoticeServed]]:
        return relationship(
            "NoticeServed", back_populates="hearing", order_by="NoticeServed.id", cascade="all, delete-orphan"
        )

    @declared_attr
    def interpreters(cls) -> Mapped[list[InterpreterBooking]]:
        return relationship(
            "InterpreterBooking",
            back_populates="hearing",
            order_by="InterpreterBooking.id",
            cascade="all, delete-orphan",
        )

    # Questions

    @property
    def languages_needed(self) -> list[str]:
        """The languages into which somebody of the family has asked to have things interpreted."""
        return list(dict.fromkeys(each.language for each in self.family if each.needs_interpreter))

    @property
    def languages_missing(self) -> list[str]:
        booked = {each.language for each in self.interpreters}
        return [each for each in self.languages_needed if each not in booked]

    @property
    def notice(self) -> NoticeServed | None:
        """The last word to the family on when and where it is heard."""
        return self.notices[-1] if self.notices else None

    @property
    def is_family_told(self) -> bool:
        return self.notice is not None and self.notice.is_current

    @property
    def published(self) -> DocketRow | None:
        """The time, room and judge on which people rely: as published; None while nothing was."""
        version = self.court_session.published
        return version.row_of(self) if version else None

    def missing(self) -> list[Missing]:
        """What keeps this hearing off a docket that is published."""
        number, panel = self.case.number, self.panel
        found = []
        if self.judge.ended_at or Role.JUDGE not in self.judge.given_roles:
            found.append((Lack.JUDGE, _("%(case)s: the judge no longer sits in this court.", case=number)))
        if self.room not in self.court_session.rooms:
            found.append((Lack.ROOM, _("%(case)s: the room is not one of this day.", case=number)))
        if not self.case.is_agreed:
            found.append((Lack.AGREEMENTS, _("%(case)s: the agreements are not signed.", case=number)))
        if panel is None:
            found.append((Lack.PANEL, _("%(case)s: no panel yet.", case=number)))
        elif len(panel.sitting_seats) < self.court.panel_minimum:
            found.append((Lack.PANEL, _("%(case)s: the panel is short of jurors.", case=number)))
        elif panel.foreperson is None:
            found.append((Lack.PANEL, _("%(case)s: the panel has no foreperson.", case=number)))
        return [Missing(*each, hearing_id=self.id) for each in found]

    def still_to_do(self) -> list[Missing]:
        """What has to be done for this hearing until its day; the docket can be published before."""
        number, panel = self.case.number, self.panel
        found = []
        if panel and len(panel.sitting_seats) >= self.court.panel_minimum:
            if len(panel.sitting_seats) < self.court.panel_size:
                words = _(
                    "%(case)s: %(have)s of %(want)s seats are taken.",
                    case=number,
                    have=len(panel.sitting_seats),
                    want=self.court.panel_size,
                )
                found.append((Lack.RESERVES, words))
            elif len(panel.reserves) < self.court.panel_reserves:
                found.append((Lack.RESERVES, _("%(case)s: too few jurors in reserve.", case=number)))
        found += [
            (Lack.INTERPRETER, _("%(case)s: an interpreter is not booked.", case=number))
            for _language in self.languages_missing
        ]
        if self.notice is None:
            found.append((Lack.NOTICE, _("%(case)s: the family has no notice yet.", case=number)))
        elif not self.is_family_told:
            found.append((Lack.NOTICE, _("%(case)s: the family was told another time or room.", case=number)))
        return [Missing(*each, hearing_id=self.id) for each in found]

    # Verbs

    def why_not_serve(self) -> str | None:
        if not self.is_ahead:
            return _("This hearing is settled.")
        return _("The family has been told already.") if self.is_family_told else None

    def serve(self, how: HowServed, by: User) -> NoticeServed:
        """The family was told when and where it is heard, as it stands now."""
        if why_not := self.why_not_change_day() or self.why_not_serve():
            raise RuleBroken(why_not)
        served = NoticeServed(
            court=self.court,
            how=how,
            told_starts_at=self.block.starts_at,
            told_room=self.room.name,
            served_at=clock.now(),
            by=by,
        )
        self.notices.append(served)
        self.record("notice.served", by=by, how=how)
        return served

    def take_back_notice(self, by: User) -> None:
        """It was noted by mistake: the family was not told."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        if self.notices:
            self.notices.pop()
            self.record("notice.taken_back", by=by)

    def book_interpreter(self, language: str, name: str, by: User) -> InterpreterBooking:
        """Somebody will interpret. Who is booked for a language again takes the place of who was."""
        if why_not := self.why_not_change_day() or (None if self.is_ahead else _("This hearing is settled.")):
            raise RuleBroken(why_not)
        if language not in self.languages_needed:
            raise RuleBroken(_("Nobody of this family has asked for this language."), field="language")
        if not name.strip():
            raise RuleBroken(_("Write who interprets."), field="name")
        booking = next((each for each in self.interpreters if each.language == language), None)
        if booking is None:
            booking = InterpreterBooking(court=self.court, language=language)
            self.interpreters.append(booking)
        booking.name, booking.booked_at, booking.by = name.strip(), clock.now(), by
        self.record("interpreter.booked", by=by, language=language)
        return booking

    def release_interpreter(self, language: str, by: User) -> None:
        """Whoever was booked does not come after all."""
        if why_not := self.why_not_change_day():
            raise RuleBroken(why_not)
        for booking in [each for each in self.interpreters if each.language == language]:
            self.interpreters.remove(booking)
            self.record("interpreter.released", by=by, language=language)
