"""What is said in a hearing, by whom, at which step: the usual words, and those that a court wrote itself.

Between { and } stands what differs from case to case; see SAID_OF_CASE.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from markupsafe import Markup, escape
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from youthcourt.i18n import language_now
from youthcourt.i18n import lazy as _l
from youthcourt.models.audit import Audited
from youthcourt.models.base import CourtOwned, Record, Versioned

from .court_list import put
from .hearing_step import Step

if TYPE_CHECKING:
    from youthcourt.models.accounts.user import User
    from youthcourt.models.case import Case

    from .court import Court

# What a line may name of the case; anything else between { and } is read as it stands.
SAID_OF_CASE = ("name", "number", "offense", "day")


_OF_CASE = re.compile("|".join("{" + name + "}" for name in SAID_OF_CASE))


def filled(said: str, **facts: Any) -> Markup:
    """A line with what it says of the case, safe to show; whatever else stands in it is read as it is."""
    parts = zip(_OF_CASE.split(said), [*_OF_CASE.findall(said), ""], strict=True)
    return Markup("").join(escape(words) + escape(facts.get(name[1:-1], "")) for words, name in parts)


class Speaker(StrEnum):
    """Who says a line aloud. NOBODY: it is what is done, not said."""

    NOBODY = "nobody"
    LEADER = "leader"
    JUDGE = "judge"
    FOREPERSON = "foreperson"
    JURORS = "jurors"
    EVERYBODY = "everybody"


SPEAKER_WORDS = {
    Speaker.NOBODY: _l("What is done"),
    Speaker.LEADER: _l("Case presenter"),
    Speaker.JUDGE: _l("Judge"),
    Speaker.FOREPERSON: _l("Foreperson"),
    Speaker.JURORS: _l("Jurors"),
    Speaker.EVERYBODY: _l("Everybody"),
}


class Only(StrEnum):
    """When a line has its place at all."""

    ALWAYS = "always"
    THEY_SPEAK = "they_speak"
    STATEMENT = "statement"
    NO_VOICE = "no_voice"


@dataclass(frozen=True)
class Line:
    """One line of the script as most courts would say it."""

    key: str
    step: Step
    speaker: Speaker
    words: Any
    only: Only = Only.ALWAYS


_S, _W, _O = Step, Speaker, Only

SCRIPT: tuple[Line, ...] = (
    Line(
        "rise",
        _S.ANNOUNCE,
        _W.LEADER,
        _l("Please rise. This court is in session. Please put your phones away."),
    ),
    Line(
        "called",
        _S.ANNOUNCE,
        _W.LEADER,
        _l("{name}, your case is called. Please sit here in front, with your family beside you."),
    ),
    Line(
        "welcome",
        _S.ANNOUNCE,
        _W.JUDGE,
        _l(
            "Good day, and please sit. This is a court of young people for young people. Nobody here decides "
            "about guilt: {name} has said what happened and has chosen to put it right with us."
        ),
    ),
    Line("choice", _S.CHOICE, _W.JUDGE, _l("{name}, do you still want this court to hear your case?")),
    Line(
        "choice_no",
        _S.CHOICE,
        _W.NOBODY,
        _l(
            "If the answer is no, stop here. The case goes back to the referrer, and nothing is held against "
            "anybody."
        ),
    ),
    Line("oath_intro", _S.OATH, _W.JUDGE, _l("Everybody in this room, please say after me:")),
    Line(
        "oath",
        _S.OATH,
        _W.EVERYBODY,
        _l(
            "I promise that what I hear in this room stays in this room. I will not tell anybody, by words "
            "or by signs, who was here or what was said."
        ),
    ),
    Line(
        "knows",
        _S.OATH,
        _W.JUDGE,
        _l(
            "Jurors: does anybody know this young person or the family, go to the same school, or know what "
            "happened from somewhere else? Say so now, and somebody else will sit."
        ),
    ),
    Line(
        "oath_of_panel",
        _S.OATH,
        _W.JUDGE,
        _l(
            "Please stand. Do you promise to listen to everybody, to be fair, and to decide only on what you "
            "hear in this room?"
        ),
    ),
    Line("i_do", _S.OATH, _W.JURORS, _l("I do.")),
    Line(
        "charge",
        _S.CHARGE,
        _W.LEADER,
        _l("Case {number}: {offense}, on {day}. This is what the referral says:"),
    ),
    Line(
        "own_words",
        _S.OWN_WORDS,
        _W.JUDGE,
        _l("{name}, please tell us in your own words what happened. Take your time."),
    ),
    Line(
        "family",
        _S.GUARDIAN,
        _W.JUDGE,
        _l(
            "Now the family. What has happened at home since, and what do you think would help? You may say "
            "what should be in the plan."
        ),
    ),
    Line(
        "harmed_speaks",
        _S.PERSON_HARMED,
        _W.NOBODY,
        _l("The person harmed wishes to speak. Ask whether now is a good moment."),
        _O.THEY_SPEAK,
    ),
    Line(
        "harmed_wrote",
        _S.PERSON_HARMED,
        _W.LEADER,
        _l("This is what the person harmed wrote to the panel:"),
        _O.STATEMENT,
    ),
    Line(
        "harmed_nobody",
        _S.PERSON_HARMED,
        _W.NOBODY,
        _l("Nobody asked to speak, and no statement was given. Go on."),
        _O.NO_VOICE,
    ),
    Line(
        "questions_how",
        _S.QUESTIONS,
        _W.NOBODY,
        _l(
            "The foreperson leads and calls on the others. Each juror asks at least one question. The guide "
            "helps. The judge only keeps it respectful."
        ),
    ),
    Line(
        "questions",
        _S.QUESTIONS,
        _W.FOREPERSON,
        _l(
            "Thank you for coming. We have some questions for you and your family. If you do not understand "
            "one, ask us to say it another way."
        ),
    ),
    Line(
        "last_word",
        _S.LAST_WORDS,
        _W.FOREPERSON,
        _l("{name}, is there anything we did not ask that we should know?"),
    ),
    Line(
        "steps_out",
        _S.STEP_OUT,
        _W.JUDGE,
        _l("Thank you. Please wait outside while the panel decides. We will call you back in."),
    ),
    Line(
        "decides",
        _S.STEP_OUT,
        _W.NOBODY,
        _l(
            "The panel answers four questions, each with its reasons, and then makes the plan. An adult is "
            "near and does not vote."
        ),
    ),
    Line(
        "comes_back",
        _S.READ_OUT,
        _W.NOBODY,
        _l(
            "The family comes back. The foreperson stands and reads the findings, then each part of the "
            "plan, with what it repairs or builds and the day by which it is done."
        ),
    ),
    Line(
        "understood",
        _S.READ_OUT,
        _W.JUDGE,
        _l(
            "{name}, do you understand each part? Is there anything that you cannot do? Your family: have "
            "you any question?"
        ),
    ),
    Line(
        "judge_decides",
        _S.READ_OUT,
        _W.NOBODY,
        _l(
            "The judge signs, changes the plan with a reason that everybody hears, or asks the panel to "
            "think again."
        ),
    ),
    Line(
        "closing",
        _S.CLOSING,
        _W.JUDGE,
        _l(
            "Thank you all. When everything in the plan is done, this case is over. Remember your promise: "
            "what you heard stays here. This hearing is closed."
        ),
    ),
    Line(
        "dates",
        _S.CLOSING,
        _W.NOBODY,
        _l("The coordinator goes over the dates with the family before they leave."),
    ),
)

LINES = {line.key: line for line in SCRIPT}


class ScriptLine(CourtOwned, Versioned, Audited, Record):
    """A line that the court says in its own words; without such a row it says the usual ones."""

    __table_args__ = (UniqueConstraint("court_id", "key"),)

    key: Mapped[str]
    words: Mapped[str]
    words_es: Mapped[str] = mapped_column(default="")

    @classmethod
    def of(cls, court: Court) -> dict[str, Self]:
        """The lines that this court has written itself, by key."""
        found = court.session.scalars(select(cls).where(cls.court_id == court.id))
        return {line.key: line for line in found}

    @classmethod
    def write(cls, court: Court, key: str, by: User | None, words: str, words_es: str = "") -> None:
        """Say a line in the court's own words; no words at all take it out of the script."""
        line = cls.of(court).get(key)
        if line is None:
            line = cls(court=court, key=key, words="", words_es="")
            court.session.add(line)
            court.session.flush()
        was, now = put(line, {"words": words, "words_es": words_es})
        if now:
            line.record("script_line.written", by=by, key=key, was=was, now=now)

    @classmethod
    def back_to_default(cls, court: Court, key: str, by: User | None) -> None:
        """Say the usual words again."""
        if line := cls.of(court).get(key):
            line.record("script_line.taken_back", by=by, key=key, words=line.words)
            court.session.delete(line)


def voices_in(case: Case) -> frozenset[Only]:
    """How the person harmed is heard: in person, by a statement, both, or not at all."""
    heard = set()
    if any(each.wants_to_speak for each in case.persons_harmed):
        heard.add(Only.THEY_SPEAK)
    if statements_in(case):
        heard.add(Only.STATEMENT)
    return frozenset(heard or {Only.NO_VOICE})


def statements_in(case: Case) -> list[str]:
    """What persons harmed wrote to the panel. Who they are stays out of it."""
    return [each.statement.strip() for each in case.persons_harmed if each.statement.strip()]


@dataclass(frozen=True)
class Spoken:
    """A line as this court says it, in the language of whoever reads."""

    key: str
    speaker: Speaker
    words: str


def spoken(own: Mapping[str, ScriptLine], step: Step, voices: frozenset[Only]) -> list[Spoken]:
    """The lines of one step; a line that the court left empty is not said. `voices`: who is heard here."""
    language = language_now()
    lines = [line for line in SCRIPT if line.step is step and line.only in voices | {Only.ALWAYS}]
    said = [Spoken(line.key, line.speaker, _words(line, own.get(line.key), language)) for line in lines]
    return [line for line in said if line.words]


def _words(line: Line, own: ScriptLine | None, language: str) -> str:
    if own is None:
        return str(line.words)
    return (own.words_es or own.words) if language == "es" else own.words
