"""Remarks for the judge: kept as typed, once the hearing was held."""

from tests import make, stages
from tests.refusals import refused, refused_beside
from youthcourt import models as m

WORDS = "  <b>Cried</b> when the shop was named.\n"


def test_a_remark_is_kept_as_it_was_typed(court, cast, logged):
    hearing = make.held(court, cast)

    m.MonitorRemark.write(hearing, WORDS, by=cast.cora)
    m.MonitorRemark.write(hearing, "One more.", by=cast.judy)

    assert [(each.text, each.by) for each in hearing.remarks] == [
        (WORDS, cast.cora),
        ("One more.", cast.judy),
    ]
    assert logged()[-1] == ("hearing.remarked", cast.judy, {})


def test_an_empty_remark_or_one_before_the_hearing_is_refused(court, cast):
    hearing = stages.seated(court, cast)

    early = refused(m.MonitorRemark.write, hearing, WORDS, by=cast.cora)
    make.sworn(hearing, cast.cora).hold(by=cast.judy)

    assert early == "Remarks are written once the hearing was held."
    assert refused_beside(m.MonitorRemark.write, hearing, " ", by=cast.cora) == (
        "text",
        "Write what you noticed.",
    )
