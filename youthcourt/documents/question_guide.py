"""What a panel may ask: questions that fit every hearing, and more for some kinds of offence."""

from __future__ import annotations

from flask_babel import LazyString

from youthcourt.i18n import lazy as _l

Section = tuple[LazyString, tuple[LazyString, ...]]

# Restorative questions: what happened, who was touched, what repairs it, what comes next.
FOR_EVERYBODY: tuple[Section, ...] = (
    (
        _l("What happened"),
        (
            _l("Tell us about that day in your own words. How did it start?"),
            _l("What were you thinking just before? And just after?"),
            _l("Were you alone? Whose idea was it?"),
            _l("When did you know that it was going wrong?"),
        ),
    ),
    (
        _l("Who was touched by it"),
        (
            _l("Who was hurt or put out by it, and how?"),
            _l("What did it change at home? At school?"),
            _l("What would you say to them today?"),
        ),
    ),
    (
        _l("Putting it right"),
        (
            _l("What have you done about it since?"),
            _l("What do you think would be fair?"),
            _l("What are you good at that could help somebody?"),
        ),
    ),
    (
        _l("What comes next"),
        (
            _l("What would you do differently?"),
            _l("Who could help you keep to a plan?"),
            _l("What will you do when a friend asks you to do it again?"),
        ),
    ),
    (
        _l("For the family"),
        (
            _l("How did you hear about it, and what did you think?"),
            _l("What happened at home because of it? Was that fair?"),
            _l("What has changed since? What would help?"),
        ),
    ),
)

# How courts name an offence, and what to ask about it.
BY_OFFENCE: tuple[tuple[tuple[str, ...], Section], ...] = (
    (
        ("shoplift", "theft", "larceny", "steal", "stolen", "robb"),
        (
            _l("About taking things"),
            (
                _l("Did you go in meaning to take it?"),
                _l("Did you have money with you?"),
                _l("What happened to the things? Were they returned or paid?"),
                _l("Who pays when a shop loses things?"),
            ),
        ),
    ),
    (
        ("vandal", "graffiti", "property", "damage", "mischief", "arson"),
        (
            _l("About damage"),
            (
                _l("Did you know whose it was?"),
                _l("Who has to clean or repair it, and what does it cost them?"),
                _l("What would it be like if that were your home or your school?"),
            ),
        ),
    ),
    (
        ("assault", "affray", "fight", "threat", "harass", "bully", "batter"),
        (
            _l("About a fight or a threat"),
            (
                _l("What happened between you before that day?"),
                _l("Was there a moment when you could have walked away?"),
                _l("Do you feel safe with each other now? What would help?"),
                _l("Who could have stopped it, and how?"),
            ),
        ),
    ),
    (
        (
            "alcohol",
            "drink",
            "drug",
            "marijuana",
            "cannabis",
            "vap",
            "tobacco",
            "paraphernalia",
            "possession",
        ),
        (
            _l("About alcohol, tobacco and drugs"),
            (
                _l("How did you get it? Was it the first time?"),
                _l("What do you think it does for you? What does it take from you?"),
                _l("Whom could you talk to about it?"),
            ),
        ),
    ),
    (
        ("truan", "curfew", "disorder", "trespass", "disrupt", "school"),
        (
            _l("About rules and places"),
            (
                _l("What is that rule for? Who is safer because of it?"),
                _l("Where else could you have gone?"),
                _l("Who was looking for you, or had to come?"),
            ),
        ),
    ),
)


def questions_about(offence: str) -> list[Section]:
    """Those for this offence first, by the words in its name, then those for everybody."""
    said = offence.lower()
    fitting = [section for words, section in BY_OFFENCE if any(word in said for word in words)]
    return [*fitting[:1], *FOR_EVERYBODY]
