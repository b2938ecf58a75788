"""The matrix is worth what it finds: faults planted in the policy one at a time, each of which it finds."""

from contextlib import ExitStack
from datetime import date
from types import SimpleNamespace

import pytest
from flask import abort
from sqlalchemy import and_, false, or_, select
from werkzeug.routing import Rule

from tests.authorization import table
from tests.authorization.asking import checksum, pages, walls_taken_down, without_drawing_pages
from youthcourt import models as m
from youthcourt.extensions import db
from youthcourt.models.court.hearing import _decides, _has_seat
from youthcourt.permissions import GRANTED, Permission, Role
from youthcourt.views import access, papers
from youthcourt.views.court import boards
from youthcourt.views.decision import answers
from youthcourt.views.intake import my_cases
from youthcourt.views.jury import panels, sittings
from youthcourt.walls import connection_of

# The policy is the same code on every database; the matrix itself is asked on both.
pytestmark = pytest.mark.only_on("sqlite")


class Faults:
    """Each plants one fault, and names the pages on which it shows."""

    def __init__(self, app, patch, stack):
        self.app, self.patch, self.stack = app, patch, stack

    def a_coordinator_sees_every_court(self):
        seen = classmethod(lambda cls, user: select(cls))
        self.patch.setattr(m.Case, "visible_to", seen)
        return {"cases.show"}

    def a_judge_sees_every_case_of_the_court(self):
        seen = classmethod(lambda cls, user: select(cls).where(cls.court_id == user.court_id))
        self.patch.setattr(m.Hearing, "visible_to", seen)
        return {"hearings.show"}

    def a_list_row_is_found_by_its_number_alone(self):
        """The wall between the courts goes with it: it would stand behind."""
        self.stack.enter_context(walls_taken_down())
        self.patch.setattr(m.Room, "visible_to", classmethod(lambda cls, user: select(cls)))
        return {"settings.edit"}

    def a_former_guardian_is_let_in(self):
        def of_family(user):
            wards = select(m.Guardianship.ward_id).where(m.Guardianship.guardian_id == user.person_id)
            mine = or_(m.Case.respondent_id == user.person_id, m.Case.respondent_id.in_(wards))
            return select(m.Case).where(mine)

        self.patch.setattr(my_cases, "of_family", of_family)
        return {"my_cases.show"}

    def another_family_is_let_in(self):
        court_only = lambda user: select(m.Case).where(m.Case.court_id == user.court_id)  # noqa: E731
        self.patch.setattr(my_cases, "of_family", court_only)
        return {"my_cases.show"}

    def _jury(self, *conditions):
        def deliberated_by(cls, user):
            if not user.person_id:
                return select(cls).where(false())
            return select(cls).where(*(condition(cls, user) for condition in conditions))

        self.patch.setattr(m.Hearing, "deliberated_by", classmethod(deliberated_by))
        return {"deliberations.show"}

    def a_juror_reads_the_case_on_any_day(self):
        return self._jury(lambda cls, user: _has_seat(user.person_id, _decides()))

    def a_juror_reads_on_when_the_day_is_closed(self):
        return self._jury(
            lambda cls, user: cls.sits_on == user.court.today,
            lambda cls, user: _has_seat(user.person_id, _decides()),
            lambda cls, user: cls.case.has(m.Case.stage != m.CaseStage.WITHDRAWN),
        )

    def a_juror_reads_on_when_the_family_withdrew(self):
        return self._jury(
            lambda cls, user: cls.sits_on == user.court.today,
            lambda cls, user: _has_seat(user.person_id, _decides()),
            lambda cls, user: or_(
                cls.court_session.has(closed_at=None), cls.deliberation.has(decided_at=None)
            ),
        )

    def a_juror_who_was_stood_down_reads_on(self):
        def seat_of(cls, user):
            theirs = m.Seat.juror.has(m.Juror.person_id == user.person_id)
            return cls.panels.any(m.Panel.seats.any(and_(theirs, m.Seat.is_reserve.is_(False))))

        return self._jury(lambda cls, user: cls.sits_on == user.court.today, seat_of)

    def a_juror_reads_every_case_of_the_evening(self):
        return self._jury(
            lambda cls, user: cls.sits_on == user.court.today,
            lambda cls, user: cls.court_id == user.court_id,
        )

    def a_foreperson_leads_every_room_of_the_evening(self):
        def led_as_juror(cls, user):
            return select(cls).where(cls.court_id == user.court_id, cls.sits_on == user.court.today)

        self.patch.setattr(m.Hearing, "led_as_juror", classmethod(led_as_juror))
        return {"scripts.show"}

    def a_juror_who_only_sits_leads_the_room(self):
        self.patch.setattr(m.Hearing, "led_as_juror", m.Hearing.deliberated_by)
        return {"scripts.show"}

    def a_judge_notes_what_another_judge_hears(self):
        heard_by = classmethod(lambda cls, user: select(cls).where(cls.court_id == user.court_id))
        self.patch.setattr(m.Hearing, "heard_by", heard_by)
        return {"judge_notes.edit"}

    def a_young_person_answers_for_the_guardian(self):
        self.patch.setattr(answers, "_is_office", lambda: True)
        return {"answers.accept"}

    def a_juror_of_another_day_is_found_on_the_board(self):
        def sitting(court_session_id, sitting_id, *options):
            boards._day(court_session_id)
            return access.load(m.Sitting.visible_to(access.me()), sitting_id, *options)

        self.patch.setattr(boards, "_sitting", sitting)
        return {"boards.check_in"}

    def a_juror_cancels_what_another_is_booked_for(self):
        self.patch.setattr(m.Sitting, "of_juror", m.Sitting.visible_to)
        return {"sittings.cancel"}

    def a_draft_order_goes_out_as_a_paper(self):
        kind = papers.PRINTING["disposition_order"]
        loose = papers.Printing(
            kind.stem, kind.permissions, m.DispositionOrder.visible_to, kind.make, kind.options
        )
        self.patch.setitem(papers.PRINTING, "disposition_order", loose)
        return {"papers.show disposition_order"}

    def a_paper_asks_for_no_permission_of_its_own(self):
        kind = papers.PRINTING["decision_letter"]
        loose = papers.Printing(kind.stem, tuple(Permission), kind.printable, kind.make, kind.options)
        self.patch.setitem(papers.PRINTING, "decision_letter", loose)
        return {"papers.show decision_letter"}

    def a_permission_is_widened(self):
        more = GRANTED[Role.JUROR] | {Permission.SEE_PEOPLE}
        self.patch.setitem(GRANTED, Role.JUROR, more)
        return {"jurors.index"}

    def a_guard_is_dropped(self):
        bare = self.app.view_functions["reports.index"].__wrapped__
        self.patch.setitem(self.app.view_functions, "reports.index", bare)
        return {"reports.index"}

    def a_refusal_says_that_the_record_is_there(self):
        def load(visible, record_id, *options):
            model = visible.column_descriptions[0]["entity"]
            found = db.session.get(model, record_id)
            mine = db.session.scalars(visible.where(model.id == record_id)).unique().first()
            if found is not None and mine is None:
                abort(403)
            return access.load(visible, record_id, *options)

        self.patch.setattr("youthcourt.views.intake.cases.load", load)
        return {"cases.show"}

    def a_seat_of_another_hearing_is_found(self):
        def with_seat(hearing_id, seat_id):
            return panels.of_reader(hearing_id), db.session.get(m.Seat, seat_id) or abort(404)

        self.patch.setattr(panels, "_with_seat", with_seat)
        return {"panels.stand_down"}

    def a_sitting_of_a_day_that_is_another_judges_is_found(self):
        self.patch.setattr(
            sittings, "of_court", lambda number: access.load(m.Sitting.visible_to(access.me()), number)
        )
        return {"sittings.check_in"}

    def a_page_answers_to_a_method_it_was_not_made_for(self):
        rule = next(each for each in self.app.url_map.iter_rules() if each.endpoint == "cases.show")
        self.patch.setattr(rule, "methods", rule.methods | {"DELETE"})
        return {"cases.show"}


FAULTS = [name for name in vars(Faults) if name.startswith("a")]


def found_by_the_matrix(enumeration, asker, only):
    cells = [*enumeration.cells(only=only), *enumeration.other_methods(only=only), *enumeration.nested(only)]
    with without_drawing_pages():
        return asker.mismatches(cells, stop_at=1)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(app, enumeration, asker, fault):
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        where = getattr(Faults(app, patch, stack), fault)()
        found = found_by_the_matrix(enumeration, asker, where)
    healthy = found_by_the_matrix(enumeration, asker, where) if fault == FAULTS[0] else []

    print(f"count: planted policy faults = {len(FAULTS)}")
    assert found, "nothing in the table noticed"
    assert healthy == []


def test_a_refusal_that_leaves_a_mark_is_found(app, enumeration, asker):
    def load(visible, record_id, *options):
        connection_of(db.session()).execute(CASES.update().values(stage_since=date(2001, 1, 1)))
        db.session.commit()
        abort(404)

    cell = next(
        c for c in enumeration.cells(only={"cases.withdraw"}) if c.method == "POST" and c.expected == "4"
    )
    with app.app_context():
        before, kept = checksum(), _stages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("youthcourt.views.intake.cases.load", load)
        asker.ask(cell)
    with app.app_context():
        after = checksum()
        _put_back(kept)
        healed = checksum()

    assert (after != before, healed == before) == (True, True)


def test_a_refusal_that_reads_otherwise_is_found(enumeration, asker):
    def load(visible, record_id, *options):
        return abort(404) if record_id > 10**6 else abort(410)

    cells = [cell for cell in enumeration.cells(only={"cases.show"}) if cell.expected == "4"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("youthcourt.views.intake.cases.load", load)
        wrong = asker.mismatches(cells)

    assert wrong != []


def test_a_page_that_the_table_does_not_name_is_found(app):
    rules = [*app.url_map.iter_rules(), Rule("/planted", endpoint="planted")]
    planted = SimpleNamespace(url_map=SimpleNamespace(iter_rules=lambda: rules))

    assert {page for page, *_rest in pages(planted)} - set(table.ROWS) == {"planted"}


CASES = m.Case.__table__


def _stages():
    with db.engine.connect() as connection:
        return connection.execute(select(CASES.c.id, CASES.c.stage_since)).all()


def _put_back(kept):
    with db.engine.begin() as connection:
        for number, since in kept:
            connection.execute(CASES.update().where(CASES.c.id == number).values(stage_since=since))
