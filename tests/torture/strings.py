"""Strings that nobody thought of, through each kind of text field and back onto the page."""

import random
from types import SimpleNamespace

from config import settings_from_env
from tests.forms.test_nasty_text import Elements, given, wrong_outcomes
from tests.nasty import STRINGS
from youthcourt import create_app
from youthcourt.forms.fields import Address, LinesField, line, paragraph

HOW_MANY = 100_000
KINDS = SimpleNamespace(
    line=line("Name"), paragraph=paragraph("Note"), address=Address("E-mail"), lines=LinesField("Names")
)


def generated(how_many, seed=1):
    """Pieces of the known ones, put together with characters of every plane."""
    lots = random.Random(seed)
    for _number in range(how_many):
        pieces = []
        for _piece in range(lots.randint(1, 4)):
            known = lots.choice(STRINGS)
            start = lots.randrange(len(known) + 1)
            pieces.append(known[start : start + lots.randint(1, 40)])
            pieces.append("".join(chr(lots.randrange(0x110000)) for _character in range(lots.randint(0, 3))))
        yield "".join(pieces)


def figures():
    app = create_app(settings_from_env({"YOUTHCOURT_ENV": "test", "DATABASE_URL": "sqlite://"}))
    with app.test_request_context():
        strings = list(generated(HOW_MANY))
        for kind, field in vars(KINDS).items():
            wrong = list(wrong_outcomes(field, strings))
            assert not wrong, (kind, ascii(wrong[:3]))
        for typed in strings[::10]:
            bound, _is_valid = given(KINDS.paragraph, typed)
            page = Elements(str(bound()))
            assert page.tags == ["textarea"], ascii(typed)
            assert page.text.removeprefix("\r\n") == bound._value(), ascii(typed)
    return {"generated hostile strings typed into fields": len(strings) * len(vars(KINDS))}
