"""A county's sign-in is known by its issuer and number, never by an e-mail address."""

from tests.refusals import refused
from youthcourt.models import CountyIdentity

COUNTY = "https://sign-in.county.example"


def test_a_linked_sign_in_finds_its_account_by_issuer_and_number(cast, session, logged):
    CountyIdentity.link(cast.cora, COUNTY, "1234", by=cast.cora)
    session.flush()

    found = [
        CountyIdentity.known_as(session(), *each)
        for each in ((COUNTY, "1234"), (COUNTY, "1235"), ("https://other.example", "1234"))
    ]

    assert [each and each.user for each in found] == [cast.cora, None, None]
    assert logged() == [("county_sign_in.linked", cast.cora, {})]


def test_one_county_sign_in_opens_one_account_and_one_account_has_one(cast, session):
    CountyIdentity.link(cast.cora, COUNTY, "1234", by=cast.cora)
    session.flush()

    taken = refused(CountyIdentity.link, cast.judy, COUNTY, "1234", by=cast.judy)
    second = refused(CountyIdentity.link, cast.cora, COUNTY, "99", by=cast.cora)

    assert "belongs to an account already" in taken
    assert "Remove it first" in second


def test_after_it_is_removed_it_opens_nothing(cast, session):
    linked = CountyIdentity.link(cast.cora, COUNTY, "1234", by=cast.cora)
    session.flush()

    linked.unlink(by=cast.cora)
    session.flush()

    assert CountyIdentity.known_as(session(), COUNTY, "1234") is None
