"""The test client itself is tested: each planted fault must be found."""

import pytest

from tests.browser import faults_of, without_tokens

SOUND = """<!doctype html><html lang="en"><head><title>Sound</title></head><body><h1>Sound</h1>
<form method="post"><input type="hidden" name="csrf_token">
<label for="a">A</label><input id="a" name="a"></form>
</body></html>"""


def test_a_sound_page_has_no_faults():
    assert faults_of(SOUND) == []


@pytest.mark.parametrize(
    ("was", "planted", "fault"),
    [
        ("<h1>Sound</h1>", "<h1>Sound</h1><h1>Twice</h1>", "2 h1"),
        ("<title>Sound</title>", "<title> </title>", "no title"),
        (' lang="en"', "", "no lang"),
        ("<h1>Sound</h1>", '<h1 id="a">Sound</h1>', "id twice: a"),
        ('<label for="a">A</label>', "", "no label: a"),
        ("<h1>", '<h1 style="color:red">', "inline style or script on h1"),
        ('<input type="hidden" name="csrf_token">', "", "a form without its token: None"),
    ],
)
def test_a_planted_fault_in_a_page_is_found(was, planted, fault):
    assert faults_of(SOUND.replace(was, planted)) == [fault]


def test_only_the_tokens_of_a_form_are_left_out_of_a_comparison():
    form = b'<input name="csrf_token" type="hidden" value="%s"><input name="words" value="%s">'

    assert without_tokens(form % (b"a", b"x")) == without_tokens(form % (b"b", b"x"))
    assert without_tokens(form % (b"a", b"x")) != without_tokens(form % (b"a", b"y"))


def test_markup_that_does_not_close_is_found():
    assert faults_of(SOUND.replace("</h1>", "</div></h1>")) != []
