"""Fields of our own: what people type and what comes out."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from youthcourt.forms.fields import (
    HoursField,
    KindField,
    KindRadioField,
    LinesField,
    RecordField,
    RecordRadioField,
    line,
    paragraph,
)
from youthcourt.models import DECLINE_WORDS, DeclineReason, School


class Planted(Form):
    school = RecordField("School")
    guardian = RecordRadioField("Guardian")
    reason = KindField("Reason", words=DECLINE_WORDS)
    how = KindRadioField("How", words=DECLINE_WORDS, only=[DeclineReason.OTHER])
    names = LinesField("Names")
    hours = HoursField("Hours")
    name = line("Name", "Enter the name.", longest=5)
    note = paragraph("Note")


@pytest.fixture
def schools():
    return [School(id=1, name="Lincoln High"), School(id=2, name="Harbor Middle")]


def form_of(schools, app, **typed):
    with app.test_request_context():
        form = Planted(MultiDict(typed))
        form.school.offer(schools)
        form.guardian.offer(schools)
        form.validate()
        return form


def test_a_record_is_chosen_out_of_those_that_are_offered(app, schools):
    form = form_of(schools, app, school="2")

    assert (form.school.record, list(form.school.errors)) == (schools[1], [])


@pytest.mark.parametrize("typed", ["3", "x", "-1"])
def test_a_record_that_is_not_offered_is_refused(app, schools, typed):
    form = form_of(schools, app, school=typed)

    assert (form.school.record, len(form.school.errors)) == (None, 1)


def test_no_record_is_no_error_unless_one_is_asked_for(app, schools):
    form = form_of(schools, app, school="")

    assert (form.school.record, list(form.school.errors)) == (None, [])


def test_a_list_begins_with_an_empty_choice_and_radios_do_not(app, schools):
    form = form_of(schools, app)

    assert [choice.value for choice in form.school.iter_choices()] == ["", "1", "2"]
    assert [choice.value for choice in form.guardian.iter_choices()] == ["1", "2"]
    assert [choice.value for choice in form.how.iter_choices()] == ["other"]


def test_a_kind_comes_out_as_its_member(app, schools):
    form = form_of(schools, app, reason="too_old")

    assert form.reason.data is DeclineReason.TOO_OLD


def test_an_unknown_kind_is_refused(app, schools):
    form = form_of(schools, app, reason="planted", how="too_old")

    assert (len(form.reason.errors), len(form.how.errors)) == (1, 1)


def test_lines_come_out_one_by_one_without_empty_ones(app, schools):
    form = form_of(schools, app, names=" Lee Moss\r\n\r\nKai Reed ")

    assert form.names.data == ["Lee Moss", "Kai Reed"]


@pytest.mark.parametrize(
    ("typed", "minutes"), [("2", 120), ("1.5", 90), ("1,5", 90), ("1:45", 105), (" 0.25 ", 15), ("", None)]
)
def test_hours_are_kept_as_minutes(app, schools, typed, minutes):
    form = form_of(schools, app, hours=typed)

    assert (form.hours.data, list(form.hours.errors)) == (minutes, [])


@pytest.mark.parametrize("typed", ["two", "1:xx", "nan", "inf", "1e999"])
def test_what_is_no_number_of_hours_is_refused_and_stays_as_typed(app, schools, typed):
    form = form_of(schools, app, hours=typed)

    assert list(form.hours.errors) == ["Write hours as a number, such as 2 or 1.5."]
    assert form.hours._value() == typed


def test_text_is_tidied_and_nothing_typed_is_empty_text(app, schools):
    form = form_of(schools, app, name="  Ada ")

    assert (form.name.data, form.note.data) == ("Ada", "")


@pytest.mark.parametrize(
    ("typed", "error"), [("   ", "Enter the name."), ("Abcdef", "Use at most 5 characters.")]
)
def test_text_that_is_missing_or_too_long_is_said(app, schools, typed, error):
    form = form_of(schools, app, name=typed)

    assert list(form.name.errors) == [error]
