"""Every form that is sent carries its token, and a number that makes sending it twice count once."""

import re

from .test_templates import SOURCES

FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.S)
# The loop over a form's hidden fields writes both.
BOTH = "f.widget.input_type|default('') == 'hidden'"
# Sending these twice does what sending them once does, so the token is enough.
TWICE_IS_ONCE = {
    "boards/show.html",  # a tap says what is so: said twice, it is the same; a search changes nothing
    "components/post_button.html",  # `form=` gives it a number; without one the verb itself refuses a repeat
    "components/find.html",  # a search changes nothing
    "components/typed.html",  # hands back the number of the form that was not kept
    "layout/base.html",  # the language, the sign-out
    "own_account/confirm.html",  # says the password once more, which changes nothing kept
    "own_account/confirm_factor.html",  # sends on the number of the form that it confirms
    "second_steps/_passkey.html",  # each question to a passkey can be answered once
    "second_steps/passkey.html",
}


def lacking(name, text):
    """The forms of a template that lack the token, or the number where they need one."""
    for form in FORM.findall(text):
        if BOTH in form:
            continue
        if "csrf_token" not in form:
            yield f"{name}: no token"
        if name not in TWICE_IS_ONCE and "request_id" not in form:
            yield f"{name}: no number"


def test_a_planted_form_without_its_number_is_found():
    planted = '<form method="post"><input name="csrf_token"></form><form method="post"><p></p></form>'

    assert list(lacking("a.html", planted)) == ["a.html: no number", "a.html: no token", "a.html: no number"]


def test_every_form_carries_its_token_and_its_number():
    forms = sum(len(FORM.findall(text)) for text in SOURCES.values())
    found = [fault for name, text in SOURCES.items() for fault in lacking(name, text)]

    print(f"count: forms written out in templates = {forms}")
    assert found == []
