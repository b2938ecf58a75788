"""What a panel may ask: the court's question guide, in sets for every hearing and for kinds of offence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.errors import RuleBroken
from youthcourt.i18n import _, language_now, speaking
from youthcourt.i18n import lazy as _l

from .court_list import CourtList

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User

    from .court import Court, Offence


# How courts name an offence, and what to ask about it; then what fits every hearing.
# Restorative questions: what happened, who was touched, what repairs it, what comes next.
USUAL: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    (
        "shoplift, theft, larceny, steal, stolen, robb",
        _l("About taking things"),
        (
            _l("Did you go in meaning to take it?"),
            _l("Did you have money with you?"),
            _l("What happened to the things? Were they returned or paid?"),
            _l("Who pays when a shop loses things?"),
        ),
    ),
    (
        "vandal, graffiti, property, damage, mischief, arson",
        _l("About damage"),
        (
            _l("Did you know whose it was?"),
            _l("Who has to clean or repair it, and what does it cost them?"),
            _l("What would it be like if that were your home or your school?"),
        ),
    ),
    (
        "assault, affray, fight, threat, harass, bully, batter",
        _l("About a fight or a threat"),
        (
            _l("What happened between you before that day?"),
            _l("Was there a moment when you could have walked away?"),
            _l("Do you feel safe with each other now? What would help?"),
            _l("Who could have stopped it, and how?"),
        ),
    ),
    (
        "alcohol, drink, drug, marijuana, cannabis, vap, tobacco, paraphernalia, possession",
        _l("About alcohol, tobacco and drugs"),
        (
            _l("How did you get it? Was it the first time?"),
            _l("What do you think it does for you? What does it take from you?"),
            _l("Whom could you talk to about it?"),
        ),
    ),
    (
        "truan, curfew, disorder, trespass, disrupt, school",
        _l("About rules and places"),
        (
            _l("What is that rule for? Who is safer because of it?"),
            _l("Where else could you have gone?"),
            _l("Who was looking for you, or had to come?"),
        ),
    ),
    (
        "",
        _l("What happened"),
        (
            _l("Tell us about that day in your own words. How did it start?"),
            _l("What were you thinking just before? And just after?"),
            _l("Were you alone? Whose idea was it?"),
            _l("When did you know that it was going wrong?"),
        ),
    ),
    (
        "",
        _l("Who was touched by it"),
        (
            _l("Who was hurt or put out by it, and how?"),
            _l("What did it change at home? At school?"),
            _l("What would you say to them today?"),
        ),
    ),
    (
        "",
        _l("Putting it right"),
        (
            _l("What have you done about it since?"),
            _l("What do you think would be fair?"),
            _l("What are you good at that could help somebody?"),
        ),
    ),
    (
        "",
        _l("What comes next"),
        (
            _l("What would you do differently?"),
            _l("Who could help you keep to a plan?"),
            _l("What will you do when a friend asks you to do it again?"),
        ),
    ),
    (
        "",
        _l("For the family"),
        (
            _l("How did you hear about it, and what did you think?"),
            _l("What happened at home because of it? Was that fair?"),
            _l("What has changed since? What would help?"),
        ),
    ),
)


@dataclass(frozen=True)
class Section:
    """One part of the guide as jurors read it."""

    heading: str
    questions: tuple[str, ...]


class QuestionSet(CourtList):
    """Some questions under one heading, in both languages, one a line."""

    name_es: Mapped[str] = mapped_column(default="")
    # Which hearings it is for: words in the name of the offence, with commas, and a class of offence.
    # Neither: every hearing.
    offence_words: Mapped[str] = mapped_column(default="")
    offence_class: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    questions: Mapped[str]
    questions_es: Mapped[str] = mapped_column(default="")

    @property
    def is_for_every_hearing(self) -> bool:
        return not (self.offence_words or self.offence_class)

    def fits(self, offence: Offence) -> bool:
        """Whether it has its place in a hearing about this offence."""
        if self.is_for_every_hearing:
            return True
        of_class = self.offence_class.casefold()
        return of_class == offence.offence_class.casefold() or is_named(offence, self.offence_words)

    def section(self) -> Section:
        """As the reader's language has it; a set without Spanish is read in English."""
        in_spanish = language_now() == "es"
        heading = (self.name_es if in_spanish else "") or self.name
        typed = (self.questions_es if in_spanish else "") or self.questions
        return Section(heading, tuple(line.strip() for line in typed.splitlines() if line.strip()))

    @classmethod
    def of(cls, court: Court) -> Sequence[Self]:
        mine = select(cls).where(cls.court_id == court.id).order_by(cls.position, cls.id)
        return court.session.scalars(mine).all()

    @classmethod
    def guide_for(cls, court: Court, offence: Offence) -> list[Section]:
        """What fits this offence alone first, then what is for every hearing.

        A court that has written no sets of its own asks the usual questions.
        """
        own = cls.of(court)
        if not own:
            return usual_guide_for(offence)
        fitting = sorted((each for each in own if each.fits(offence)), key=lambda e: e.is_for_every_hearing)
        return [each.section() for each in fitting]

    @classmethod
    def begin_with_usual(cls, court: Court, by: User | None) -> list[Self]:
        """Put the usual questions on the list, in both languages, for the court to change."""
        if cls.of(court):
            raise RuleBroken(_("The list has questions already."))
        return [
            cls.add(
                court,
                by=by,
                position=10 * place,
                offence_words=words,
                **_in("en", heading, questions, ""),
                **_in("es", heading, questions, "_es"),
            )
            for place, (words, heading, questions) in enumerate(USUAL)
        ]


def is_named(offence: Offence, words: str) -> bool:
    """Whether one of these words, parted by commas, stands in the name of the offence."""
    said = offence.name.casefold()
    return any(word.strip() in said for word in words.casefold().split(",") if word.strip())


def usual_guide_for(offence: Offence) -> list[Section]:
    fitting = [each for each in USUAL if not each[0] or is_named(offence, each[0])]
    return [Section(str(heading), tuple(map(str, questions))) for _words, heading, questions in fitting]


def _in(language: str, heading: object, questions: Sequence[object], suffix: str) -> dict[str, str]:
    with speaking(language):
        return {f"name{suffix}": str(heading), f"questions{suffix}": "\n".join(map(str, questions))}
