"""People: their names, their ages, their guardians, their ties."""

from datetime import date

import pytest

from tests import make
from youthcourt import models as m

KIN, KNOWS = m.TieKind.KIN, m.TieKind.KNOWS


@pytest.mark.parametrize(
    ("given", "family", "short"),
    [
        ("Jordan", "Tate", "Jordan T."),
        ("Zoë", "Nguyễn", "Zoë N."),
        ("Mary Ann", "de la Cruz", "Mary Ann d."),
        ("Þórhildur", "Ólafsdóttir", "Þórhildur Ó."),
        ("小明", "王", "小明 王."),
        ("Prince", "", "Prince"),
    ],
)
def test_jurors_read_a_first_name_and_an_initial(given, family, short):
    person = m.Person(given_name=given, family_name=family)

    assert (person.short_name, m.short_name(given, family)) == (short, short)


def test_a_name_without_a_family_name_has_no_blank():
    assert m.Person(given_name="Prince", family_name="").name == "Prince"


def test_the_age_of_somebody_whose_birthday_nobody_knows_is_not_known():
    person = m.Person(given_name="Renee", family_name="Tate", born_on=None)

    assert person.age_on(date(2026, 3, 7)) is None


def test_guardians_are_those_who_stand_for_a_young_person_now(court, cast):
    ward = make.admitted(court, cast.cora).respondent
    mother, father = ward.guardians[0], make.person(court, "Rob Tate")
    ward.guardianships.append(m.Guardianship(court=court, guardian=father))
    both = list(ward.guardians)

    ward.guardianships[0].ended_on = court.today

    assert (both, ward.guardians) == ([mother, father], [father])


def test_a_tie_holds_both_ways_and_is_logged(court, cast, session, logged):
    amara, ben = (juror.person for juror in cast.jurors[:2])

    m.Tie.between(amara, ben, KIN, by=cast.cora, note="Cousins.")

    assert (amara.ties_of_all(session), ben.ties_of_all(session)) == ({ben.id: KIN}, {amara.id: KIN})
    assert logged() == [("tie.noted", cast.cora, {"kind": "kin", "person": amara.id, "other": ben.id})]


def test_ties_of_others_are_not_ones_own(court, cast, session):
    amara, ben, chloe = (juror.person for juror in cast.jurors[:3])
    m.Tie.between(amara, ben, KNOWS, by=cast.cora)

    assert chloe.ties_of_all(session) == {}


BORN = date(2010, 5, 1)


@pytest.mark.parametrize(
    ("given", "family", "born_on", "found"),
    [
        ("Amara", "Obi", BORN, True),
        ("AMARA", "obi", None, True),
        ("Amara", "Obi", date(2010, 5, 2), False),
        ("Amara", "Obie", BORN, False),
        ("Obi", "Amara", BORN, False),
    ],
)
def test_namesakes_share_the_name_and_the_birthday_where_both_are_known(
    court, cast, given, family, born_on, found
):
    expected = [cast.jurors[0].person] if found else []

    assert m.namesakes(court, given, family, born_on) == expected


def test_somebody_whose_birthday_is_not_known_may_be_the_same(court, cast):
    nameless_day = make.person(court, "Kim Roe", born_on=None)

    assert m.namesakes(court, "Kim", "Roe", BORN) == [nameless_day]


def test_namesakes_of_another_court_are_nobodys_business(court, cast):
    bay = make.court("Bay County Youth Court")

    assert m.namesakes(bay, "Amara", "Obi", BORN) == []
