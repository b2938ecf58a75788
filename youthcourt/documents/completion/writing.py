"""Guides to what is written, a letter of apology or an essay, and the sheet that lies on top of it."""

from __future__ import annotations

from youthcourt.documents.kind import Kind, Phase
from youthcourt.documents.paper import LETTERHEAD_NEEDED, Paper, language_for, letterhead, named
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import ActivityKind, Obligation

_OF_COURT = {
    "court_name": _l("The name of the court"),
    "court_phone": _l("The court's phone number"),
}

APOLOGY_GUIDE = Kind(
    "apology_guide",
    _l("Guide to a letter of apology"),
    Phase.COMPLETION,
    says=_OF_COURT,
    texts={
        "lead": _l(
            "Saying sorry on paper is hard, and it is brave. You cannot make undone what happened. You can "
            "show that you understand it. Take your time: nobody writes a good letter at the first try."
        ),
        "did": _l("Say in plain words what you did. No excuse, no “but”, and nothing about what others did."),
        "felt": _l(
            "Who was hurt, scared or angry? What was it like for that person? Put yourself in their place."
        ),
        "changed": _l("What was different afterwards: for that person, at your school, in your own family?"),
        "since": _l("What have you understood or done since then? What do you do differently now?"),
        "next": _l(
            "What will you do when it could happen again? Say what exactly, so that one can believe it."
        ),
        "rules": _l(
            "- About one page, in your own words, written by hand if you can.\n"
            "- Begin with “Dear”. Use the name of the person only if we gave it to you. Sign with your "
            "**first name** only.\n"
            "- Write no address and no phone number, and do not ask for anything, not even to be forgiven.\n"
            "- Read it aloud to a parent or guardian before you bring it."
        ),
        "way": _l(
            "Bring the letter to us, with the cover sheet on top. **Do not send it yourself.** We read it, "
            "and ask the person whether they would like to have it. Some people do not want a letter. Your "
            "work counts all the same."
        ),
    },
)

ESSAY_GUIDE = Kind(
    "essay_guide",
    _l("Guide to an essay"),
    Phase.COMPLETION,
    says=_OF_COURT,
    texts={
        "lead": _l(
            "An essay is thinking on paper. We do not grade your spelling. We want to hear what you think, "
            "in words that only you would use."
        ),
        "before": _l(
            "- Read the topic on the cover sheet twice. If it is not clear, call us: {court_phone}.\n"
            "- Talk about it with somebody older whom you trust, and ask what they think.\n"
            "- Write down everything that comes to your mind, in any order. Then choose."
        ),
        "parts": _l(
            "- **Beginning:** What is it about, and why does it matter to you?\n"
            "- **Middle:** What do you know about it, and from where? Whom does it touch, and how? Tell of "
            "something that you saw or lived through yourself.\n"
            "- **End:** What do you think now, and what will you do with it?"
        ),
        "rules": _l(
            "- At least 500 words: about two pages by hand, or one and a half typed.\n"
            "- By hand so that one can read it, or typed in letters of 12 point with margins of one inch.\n"
            "- In your own words. Where you use somebody else's, put them in quotation marks and say whose "
            "they are.\n"
            "- Name no other young person who was involved."
        ),
        "own_work": _l(
            "We check whether a text was copied, or written for you by somebody else or by a program. Such a "
            "text does not count: we call you and your family, and you write it again, with something added. "
            "Help with spelling is fine."
        ),
    },
)

COVER_SHEET = Kind(
    "cover_sheet",
    _l("Cover sheet of an essay or apology"),
    Phase.COMPLETION,
    says={
        "respondent": _l("The young person"),
        "number": _l("The case number"),
        "due_on": _l("By when"),
        **_OF_COURT,
    },
    texts={
        "lead": _l(
            "Fill in this sheet, lay it on top of your pages, and bring both to the court by {due_on}. This "
            "sheet stays with us: nobody outside the court reads it."
        ),
        "own_words": _l("I wrote this myself, in my own words."),
        "read_to_me": _l("It was read aloud to me before it was handed in."),
    },
)


def apology_guide(obligation: Obligation) -> Paper:
    """What a letter of apology says, and what becomes of it. It says nothing of any case."""
    return _guide(APOLOGY_GUIDE, obligation)


def essay_guide(obligation: Obligation) -> Paper:
    """What the court asks of an essay. It says nothing of any case."""
    return _guide(ESSAY_GUIDE, obligation)


def _guide(kind: Kind, obligation: Obligation) -> Paper:
    """The same for everybody who reads one language, so that it is set only once."""
    court = obligation.court
    return Paper(
        kind=kind,
        title=kind.title,
        reference=court.case_prefix,
        language=language_for(obligation.case.respondent),
        facts=letterhead(court),
        needed=LETTERHEAD_NEEDED,
    )


WRITTEN = (ActivityKind.APOLOGY, ActivityKind.ESSAY)


def cover_sheet(obligation: Obligation) -> Paper:
    """Whose pages these are, when they are due, and what the court says to them."""
    case, activity = obligation.case, obligation.activity
    if activity.kind not in WRITTEN:
        raise RuleBroken(_("A cover sheet is for an essay or an apology."))
    return Paper(
        kind=COVER_SHEET,
        title=_l("Cover sheet, case %(number)s", number=case.number),
        reference=case.number,
        language=language_for(case.respondent),
        facts={
            **letterhead(case.court),
            "number": case.number,
            "respondent": named(case.respondent),
            "kind": activity.kind.value,
            "activity": activity.name,
            "topic": activity.description or None,
            "builds": obligation.builds,
            "due_on": obligation.due_on,
        },
        needed=LETTERHEAD_NEEDED
        | ({"topic": _l("The topic of the essay")} if activity.kind is ActivityKind.ESSAY else {}),
    )
