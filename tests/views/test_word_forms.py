"""A court's own Word forms: what is let in, and what comes out filled in."""

import io
import re
import zipfile

import pytest

from tests import make
from tests.word import word_form
from youthcourt import models as m
from youthcourt.documents.intake import word_form as word_form_of
from youthcourt.extensions import db
from youthcourt.permissions import Role

TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
FROM_ELSEWHERE = (
    f'<Relationship Id="r9" Type="{TEMPLATE}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'


@pytest.fixture
def browser(sign_in, cast):
    return sign_in(cast.cora)


def upload(browser, content, name="County form"):
    return browser.post(
        "/settings/word-forms/", data={"name": name, "file": (io.BytesIO(content), "form.docx")}
    )


def words_in(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode()).strip()


def test_a_form_is_kept_and_filled_in_for_a_case(browser, court, cast):
    case = make.admitted(court, cast.cora)
    db.session.commit()

    kept = upload(browser, word_form("respondent", "number", "hearing_day"))

    form = db.session.query(m.WordForm).one()
    listed = browser.get(f"/papers/of-case/{case.id}").text
    answer = browser.get(f"/settings/word-forms/{form.id}/case/{case.id}")
    assert (kept.status_code, form.fields) == (302, ["hearing_day", "number", "respondent"])
    assert "County form" in listed
    assert words_in(answer.data) == f"Dear Jordan Tate{case.number}____________________"
    assert f'form-{case.number}.docx"' in answer.headers["Content-Disposition"]


def test_a_form_of_the_same_name_takes_the_place_of_the_old_one_and_it_can_be_removed(browser, court, logged):
    upload(browser, word_form("number"))
    upload(browser, word_form("respondent"), name="county FORM")

    (form,) = db.session.query(m.WordForm).all()
    browser.post(f"/settings/word-forms/{form.id}/removal")

    assert form.fields == ["respondent"]
    assert db.session.query(m.WordForm).count() == 0
    assert [event for event, *_rest in logged()] == ["word_form.uploaded"] * 2 + ["word_form.removed"]


def test_hostile_facts_stay_words(browser, court, cast):
    case = make.admitted(court, cast.cora, "<w:p>&amp; {{ 7*7 }}")
    db.session.commit()
    upload(browser, word_form("respondent"))
    form = db.session.query(m.WordForm).one()

    filled = browser.get(f"/settings/word-forms/{form.id}/case/{case.id}").data

    assert words_in(filled) == "Dear &lt;w:p&gt;&amp;amp; {{ 7*7 }}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip at all", "This is no Word form"),
        (word_form("money"), "We have no fact for the field money."),
        (word_form("number", relation=FROM_ELSEWHERE), "This is no Word form"),
        (word_form("number", more={"word/vbaProject.bin": b"x"}), "This is no Word form"),
        (word_form("number", more={"word/settings.xml": BOMB}), "This is no Word form"),
        (word_form("number", more={"word/media/a.xml": b"\0" * 30_000_000}), "This is no Word form"),
    ],
    ids=["no zip", "a strange field", "fetches", "runs", "entities", "a bomb"],
)
def test_what_is_no_plain_form_is_refused_beside_the_field(browser, court, content, said):
    answer = upload(browser, content)

    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert db.session.query(m.WordForm).count() == 0


def test_another_courts_form_is_not_found(browser, court, cast):
    elsewhere = make.court("Bay Youth Court")
    elsa = make.user(elsewhere, "Elsa Else", Role.COORDINATOR)
    form = m.WordForm.upload(elsewhere, "Theirs", ["number"], word_form("number"), by=elsa)
    case = make.admitted(court, cast.cora)
    db.session.commit()

    assert browser.get(f"/settings/word-forms/{form.id}/case/{case.id}").status_code == 404


def test_a_file_of_too_many_bytes_is_not_even_opened(browser, monkeypatch):
    monkeypatch.setattr(word_form_of, "LARGEST", 100)
    monkeypatch.setattr(word_form_of, "answer_of", None)

    answer = upload(browser, word_form("number"))

    assert "The file is too large" in answer.text
    assert db.session.query(m.WordForm).count() == 0
