"""Migrations give the tables that the models name, on both engines, and keep what is in them."""

from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, func, inspect, select, text

from tests import make
from tests.cast import cast_of
from tests.conftest import app_on
from tests.database import migrate, sqlite_database
from tests.postgres import (
    create_database,
    create_database_from_template,
    give_over,
    owned,
    postgres_server,
)
from tests.procedures.test_panel_lots import old_draw
from tests.stages import active, seated
from youthcourt import clock
from youthcourt.extensions import Base, db, writing
from youthcourt.models import (
    Acceptance,
    AdjournmentReason,
    Arrival,
    Attendance,
    Availability,
    Bar,
    Court,
    CourtSession,
    DocketVersion,
    Hearing,
    HowAnswered,
    IssuedPaper,
    JudgeNote,
    OpenDate,
    Packet,
    PacketKind,
    PaperKind,
    Pin,
    PrintedPaper,
    QuestionSet,
    ScriptLine,
    SeatRole,
    Step,
)
from youthcourt.procedures import checking_trail
from youthcourt.procedures.court import closing
from youthcourt.procedures.jury import offering, publishing, swapping


@pytest.fixture(scope="module")
def server(engine_name):
    if engine_name == "sqlite":
        yield None
        return
    with postgres_server() as url:
        yield url


@pytest.fixture
def empty_app(server, tmp_path):
    """The application on a database without a single table."""
    if server is None:
        yield from _opened(f"sqlite:///{tmp_path}/fresh.sqlite")
        return
    with create_database(server) as url:
        give_over(url)
        yield from _opened(owned(url).render_as_string(hide_password=False))


@pytest.fixture(scope="module")
def newest(server, tmp_path_factory):
    """A database of PostgreSQL that went up all the way from nothing, to be copied. SQLite's is kept."""
    if server is None:
        yield None
        return
    with create_database(server) as url:
        give_over(url)
        migrate(owned(url).render_as_string(hide_password=False))
        yield url


@pytest.fixture
def newest_app(server, newest, tmp_path):
    """The application on a database with every table, as the migrations made it from nothing."""
    if server is None:
        yield from _opened(sqlite_database(tmp_path, "newest"))
        return
    with create_database_from_template(server, newest) as url:
        give_over(url)
        yield from _opened(owned(url).render_as_string(hide_password=False))


def _opened(url):
    app = app_on(url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def difference(metadata=Base.metadata):
    """What alembic would change in this database to make it what the models say."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, metadata)


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def rows():
    """How many rows each table holds, where it holds any."""
    with db.engine.connect() as connection:
        counted = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counted.items() if count}


def play():
    """A little of everything: a case on its plan, its panel, its order, a closed day."""
    with writing():
        court = make.court()
        cast = cast_of(court)
        case = active(court, cast)
        make.closed(case.hearing.court_session, by=cast.cora)
        db.session.commit()
        db.session.remove()


def test_up_down_and_up_again(empty_app):
    states = [tables()]
    upgrade()
    states.append(tables())
    play()
    downgrade(revision="base")
    states.append(tables())
    upgrade()
    states.append(tables())

    all_of_them = set(Base.metadata.tables)
    assert states == [set(), all_of_them, set(), all_of_them]
    assert rows() == {}
    print(f"count: tables migrated up and down = {len(all_of_them)}")


def test_the_migrated_tables_are_those_of_the_models(empty_app):
    upgrade()

    assert difference() == []


def test_the_whole_road_can_be_walked_on_migrated_tables(newest_app):
    play()

    found = rows()
    assert (found["case"], found["hearing"], found["obligation"], found["sitting"]) == (1, 1, 2, 8)


def test_upgrading_what_is_at_the_newest_changes_nothing(newest_app):
    play()
    before = rows()

    upgrade()

    assert (rows(), difference()) == (before, [])


def without(metadata, table_name):
    """The same tables without one."""
    smaller = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        if table.name != table_name:
            table.to_metadata(smaller)
    return smaller


def widened(metadata):
    """The same tables with one column, one index and one table more."""
    wider = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(wider)
    wider.tables["case"].append_column(Column("planted", String))
    Index("ix_planted", wider.tables["person"].c.born_on)
    Table("planted", wider, Column("id", Integer, primary_key=True))
    return wider


def test_a_column_an_index_or_a_table_that_no_migration_knows_is_noticed(newest_app):

    found = {change[0] for change in difference(widened(Base.metadata))}

    assert found == {"add_column", "add_index", "add_table"}


def test_a_table_that_no_model_knows_is_noticed(newest_app):

    found = [(change[0], change[1].name) for change in difference(without(Base.metadata, "tablet_code"))]

    assert ("remove_table", "tablet_code") in found


def test_a_type_or_a_blank_that_drifted_is_noticed(newest_app):
    if db.engine.dialect.name == "sqlite":
        drift = ["ALTER TABLE letter DROP COLUMN subject", "ALTER TABLE letter ADD COLUMN subject INTEGER"]
    else:
        drift = [
            "ALTER TABLE letter ALTER COLUMN subject TYPE INTEGER USING 0",
            "ALTER TABLE letter ALTER COLUMN subject DROP NOT NULL",
        ]
    with db.engine.begin() as connection:
        for statement in drift:
            connection.execute(text(statement))

    found = {each[0] for change in difference() for each in change}

    assert found == {"modify_type", "modify_nullable"}


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


def indexes():
    """Every index with the words that made it: its columns, and which rows it is about."""
    with db.engine.connect() as connection:
        found = connection.execute(text(INDEXES[connection.dialect.name])).all()
    return {name: sql.replace('"', "") for name, sql in found if "alembic" not in name}


def checks():
    with db.engine.connect() as connection:
        inspector = inspect(connection)
        return {
            (table, check["name"], str(check["sqltext"]))
            for table in Base.metadata.tables
            for check in inspector.get_check_constraints(table)
        }


def test_indexes_and_checks_are_those_of_the_models_down_to_their_conditions(empty_app):
    """Alembic compares no condition: an index that forgot its WHERE would refuse every second seat."""
    upgrade()
    migrated = indexes(), checks()
    downgrade(revision="base")

    Base.metadata.create_all(db.engine)

    assert (indexes(), checks()) == migrated
    assert "stood_down_at IS NULL" in migrated[0]["uq_seat_at_a_time"]
    print(f"count: indexes compared on {db.engine.dialect.name} = {len(migrated[0])}")


def lines_of_trail():
    """The audit trail as somebody reads it: its lines, and what is found when it is checked."""
    with db.engine.connect() as connection:
        read = text("SELECT id, at, event, subject, subject_id, case_id, by_id FROM audit_event ORDER BY id")
        return [tuple(line) for line in connection.execute(read)]


def faults_of_trail():
    with db.engine.connect() as connection:
        courts = checking_trail.courts_with_trail(connection)
        return [checking_trail.check(connection, court_id).fault for court_id in courts]


def test_a_trail_that_is_there_is_chained_and_let_go_again(newest_app):
    play()
    before, states = lines_of_trail(), [faults_of_trail()]
    downgrade(revision="0002_second_factors")
    unchained = lines_of_trail()

    upgrade()
    play_on = faults_of_trail()
    with writing():
        db.session.scalars(select(Court)).one().record("court.probed", by=None)
        db.session.commit()
        db.session.remove()

    assert len(before) > 50
    assert (unchained, lines_of_trail()[:-1]) == (before, before)
    assert [*states, play_on, faults_of_trail()] == [[None]] * 3


def test_two_time_accounts_of_one_court_become_one(newest_app):
    play()
    downgrade(revision="0011_courts_apart")
    with writing(), db.engine.begin() as connection:
        connection.execute(text("INSERT INTO account (id, court_id) SELECT 900, min(id) FROM court"))
        half = "SELECT id FROM time_credit WHERE id % 2 = 0"
        connection.execute(text(f"UPDATE time_credit SET from_id = 900 WHERE id IN ({half})"))

    upgrade()

    with db.engine.connect() as connection:
        of_court = connection.execute(text("SELECT id FROM account WHERE person_id IS NULL")).scalars().all()
        payers = connection.execute(text("SELECT DISTINCT from_id FROM time_credit")).scalars().all()
    assert of_court == payers
    assert len(payers) == 1


def test_an_address_out_of_sight_stays_so_and_one_that_is_safe_again_leaves_no_row_behind(newest_app):
    play()
    downgrade(revision="0012_one_account_of_court")
    noted = "INSERT INTO safe_contact ({}) SELECT {} FROM person JOIN court ON court.id = person.court_id"
    values = {
        "court_id": "court.id",
        "person_id": "person.id",
        "how": "'By hand'",
        "hidden_address": "'77 Marigold Crescent'",
        "hidden_phone": "''",
        "hidden_email": "''",
        "noted_at": "'2026-03-07 17:00:00'",
        "noted_by_id": '(SELECT min(id) FROM "user")',
    }
    noted = noted.format(", ".join(values), ", ".join(values.values()))
    with writing(), db.engine.begin() as connection:
        connection.execute(text(f"{noted} ORDER BY person.id LIMIT 2"))

    upgrade()
    with writing(), db.engine.begin() as connection:
        over = "UPDATE safe_contact SET lifted_at = noted_at, hidden_address = ''"
        connection.execute(text(f"{over} WHERE id = (SELECT max(id) FROM safe_contact)"))
    there = kept_apart("hidden_address, why")
    downgrade(revision="0012_one_account_of_court")

    assert there == [("", ""), ("77 Marigold Crescent", "")]
    assert kept_apart("hidden_address") == [("77 Marigold Crescent",)]


def kept_apart(columns):
    with db.engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM safe_contact")))


def test_what_was_drawn_for_a_panel_stays_as_it_was_and_is_of_its_day(newest_app):
    play()
    lay_down_a_pin_and_a_bar()
    let_the_panel_be_drawn_as_of_old()
    before = drawn("facts, result, secret, settled_by_id, draw.digest", "panel.draw_id = draw.id")

    downgrade(revision="0016_availability")
    older = drawn("inputs, result, seed, drawn_by_id, draw.digest", "draw.panel_id = panel.id")
    upgrade()
    now = drawn("facts, result, secret, settled_by_id, draw.digest", "panel.draw_id = draw.id")
    with db.engine.connect() as connection:
        of_day = connection.execute(
            text(
                "SELECT kind, draw.state, method, draw.court_session_id = hearing.court_session_id FROM draw"
                " JOIN panel ON panel.draw_id = draw.id JOIN hearing ON hearing.id = panel.hearing_id"
            )
        ).all()
        rules = connection.execute(text("SELECT places_a_day, experience, aims FROM seating_rules")).all()

    assert len(before) == 1
    assert before == older == now
    assert [(kind, state, method, bool(same)) for kind, state, method, same in of_day] == [
        ("panel", "published", "sha256-lots-1", True)
    ]
    assert [(places, experience) for places, experience, _aims in rules] == [(2, "wanted")]
    assert rows().get("pin") is None


def drawn(columns, tied):
    with db.engine.connect() as connection:
        found = connection.execute(text(f"SELECT {columns} FROM draw JOIN panel ON {tied}"))
        return [tuple(map(str, row)) for row in found]


def let_the_panel_be_drawn_as_of_old():
    with writing():
        hearing = db.session.scalars(select(Hearing)).one()
        hearing.panels[0].draw = old_draw(hearing, by=hearing.judge)
        db.session.commit()
        db.session.remove()


def lay_down_a_pin_and_a_bar():
    """Somebody asked for by name, and somebody kept away: neither has a place in the older tables."""
    with writing():
        day = db.session.scalars(select(CourtSession)).one()
        facts = {
            "court": day.court,
            "court_session": day,
            "juror": day.sittings[0].juror,
            "hearing": day.hearings[0],
            "reason": "Asked for it.",
            "made_at": clock.now(),
            "made_by": day.hearings[0].judge,
        }
        db.session.add_all([Pin(role=SeatRole.JUROR, **facts), Bar(**facts)])
        db.session.commit()
        db.session.remove()


def test_the_season_goes_with_its_tables_and_what_is_booked_stays(newest_app):
    with writing():
        court = make.court()
        cast = cast_of(court)
        day = make.court_session(court, cast.cora, court.today + timedelta(days=7))
        Availability.state(cast.jurors[0], cast.cora, court.today, weekday=5)
        offered = OpenDate.offer(day, 3, by=cast.cora)
        db.session.flush()
        sitting = offering.take(offered, cast.jurors[0], by=cast.cora)
        swapping.ask(sitting, by=cast.cora)
        last = court.today + timedelta(days=30)
        publishing.propose(court, court.today, last, by=cast.cora, asks_everybody=True)
        db.session.commit()
        db.session.remove()
    before = rows()

    downgrade(revision="0017_draws_of_days")
    without_season = tables()
    upgrade()

    gone = {"juror_schedule", "scheduled_day", "scheduled_place", "open_date", "taking", "swap"}
    assert gone <= set(before)
    assert without_season & gone == set()
    assert rows() == {name: count for name, count in before.items() if name not in gone}
    assert difference() == []


def test_what_was_kept_in_the_room_goes_with_its_tables_and_the_hearing_stays(newest_app):
    with writing():
        court = make.court()
        cast = cast_of(court)
        hearing = make.sworn(seated(court, cast), cast.cora)
        hearing.begin(Step.QUESTIONS, by=cast.cora)
        hearing.note_question(hearing.panel.sitting_seats[0], by=cast.cora)
        hearing.write_down(Step.GUARDIAN, "He helps at home.", by=cast.cora)
        JudgeNote.write(hearing, "Ask again.", by=cast.judy)
        ScriptLine.write(court, "rise", by=cast.cora, words="All rise.")
        QuestionSet.begin_with_usual(court, by=cast.cora)
        db.session.commit()
        db.session.remove()
    before = rows()

    downgrade(revision="0018_season")
    without_room = tables()
    upgrade()

    gone = {"hearing_step", "question_asked", "words_said", "judge_note", "script_line", "question_set"}
    assert gone <= set(before)
    assert without_room & gone == set()
    assert rows() == {name: count for name, count in before.items() if name not in gone}
    assert difference() == []


def test_what_the_family_answered_and_what_was_handed_out_goes_up_and_down(newest_app):
    with writing():
        court = make.court()
        cast = cast_of(court)
        case = active(court, cast)
        IssuedPaper.keep(case.order, PaperKind.ORDER, b"%PDF", language="en", by=cast.judy)
        case.order.unsign("Another case.", by=cast.judy)
        order = make.signed(case.orders[0].deliberation, cast.judy)
        Acceptance.give(order, case.respondent, HowAnswered.ON_PAPER, by=cast.cora)
        db.session.commit()
        db.session.remove()
    there = signatures()

    downgrade(revision="0019_hearing_steps")
    before = signatures()
    upgrade()

    assert there == [(True, "withdrawn"), (True, "open")]
    assert before == signatures() == [(False, "excused"), (True, "open")]
    assert difference() == []


def signatures():
    """Of each order whether it is signed, and how the first thing stands that it opened."""
    with db.engine.connect() as connection:
        read = text(
            "SELECT o.signed_at IS NOT NULL, (SELECT min(state) FROM obligation WHERE order_id = o.id)"
            " FROM disposition_order AS o ORDER BY o.id"
        )
        return [(bool(signed), state) for signed, state in connection.execute(read)]


def test_what_can_be_taken_back_goes_with_its_tables_and_who_came_stays(newest_app):
    with writing():
        court = make.court()
        cast = cast_of(court)
        hearing = seated(court, cast)
        hearing.panel.sitting_seats[0].stand_down("Ill.", by=cast.cora)
        Arrival.note(hearing.court_session, by=cast.cora, judge=cast.judy)
        for who in (hearing.case.respondent, *hearing.case.respondent.guardians):
            hearing.check_in(who, by=cast.cora)
        later = make.court_session(court, cast.cora, court.today + timedelta(days=7))
        other = make.hearing(
            make.admitted(court, cast.cora, "Rosa Ruiz"), hearing.court_session, cast.judy, cast.cora, block=1
        )
        other.check_in(other.case.respondent, by=cast.cora)
        other.adjourn(later.blocks[0], court.rooms[0], AdjournmentReason.ILLNESS, by=cast.cora)
        db.session.commit()
        db.session.remove()
    before = rows()

    downgrade(revision="0020_orders_answered")
    without = tables()
    upgrade()

    gone = {"replacement", "arrival"}
    assert (gone <= set(before), without & gone) == (True, set())
    # Who had come to a hearing before it moved was not kept then.
    assert rows() == {**{name: n for name, n in before.items() if name not in gone}, "attendance": 2}
    with db.engine.connect() as connection:
        days = set(connection.scalars(select(Attendance.court_session_id)))
    assert days == {1}
    assert difference() == []


VOTED = "SELECT number, seated, needed, agreeing, not_yet, state FROM voting_round ORDER BY number"


def test_votes_by_name_become_counts_and_nobody_can_make_names_of_them_again(newest_app):
    play()
    downgrade(revision="0021_night_board")
    with writing(), db.engine.begin() as connection:
        sits = "SELECT id FROM seat WHERE NOT is_reserve AND stood_down_at IS NULL ORDER BY id"
        seats = connection.execute(text(sits)).scalars().all()
        last = connection.execute(text("SELECT revision FROM deliberation")).scalar()
        put = text(
            "INSERT INTO vote (deliberation_id, seat_id, revision, agrees, court_id)"
            " SELECT min(id), :seat, :revision, :agrees, min(court_id) FROM deliberation"
        )
        for number, seat in enumerate(seats):
            connection.execute(put, {"seat": seat, "revision": last - 1, "agrees": number > 0})
            connection.execute(put, {"seat": seat, "revision": last, "agrees": True})

    upgrade()
    with db.engine.connect() as connection:
        rounds = [tuple(row) for row in connection.execute(text(VOTED))]
        voters = connection.execute(text("SELECT seat_id FROM voter ORDER BY id")).scalars().all()
        opened = connection.execute(text("SELECT opened_at = decided_at FROM deliberation")).scalar()
    differs = difference()
    downgrade(revision="0021_night_board")
    with db.engine.connect() as connection:
        named = connection.execute(text("SELECT count(*) FROM vote")).scalar()

    assert rounds == [(1, 6, 6, 0, 0, "overtaken"), (2, 6, 6, 6, 0, "counted")]
    assert (voters, bool(opened), differs, named) == (seats, True, [], 0)


def test_a_day_that_was_ready_has_its_docket_published_and_a_reopened_one_kept_no_double_credit(newest_app):
    """Down, the day was made ready when it was last published, and what was given back was never paid."""
    with writing():
        court = make.court()
        cast = cast_of(court)
        case = active(court, cast)
        day = case.hearing.court_session
        make.closed(day, by=cast.cora)
        closing.reopen_day(day, "Wrong.", by=cast.cora)
        make.closed(day, by=cast.cora)
        later = make.court_session(court, cast.cora, held_on=court.today + timedelta(days=7))
        hearing = make.hearing(make.admitted(court, cast.cora, "Rosa Ruiz"), later, cast.judy, cast.cora)
        make.booked(cast.jurors, later, cast.cora)
        make.drawn(hearing, cast.cora)
        told = later.publish(by=cast.cora).rows
        db.session.commit()
        db.session.remove()
    counted = "SELECT count(*), sum(minutes) FROM time_credit"

    with db.engine.connect() as connection:
        before = connection.execute(text(counted)).one()
    downgrade(revision="0022_phones")
    with db.engine.connect() as connection:
        down = connection.execute(text(counted)).one()
        ready = connection.execute(text("SELECT count(made_ready_at) FROM court_session")).scalar()
    upgrade()

    version = db.session.query(DocketVersion).one()
    assert (tuple(before), tuple(down), ready) == ((24, 24 * 120), (8, 8 * 120), 1)
    assert (version.rows, version.number, version.is_intact) == (told, 1, True)
    assert difference() == []


def test_printed_papers_and_packets_go_up_and_down(newest_app):
    with writing():
        court = make.court()
        cast = cast_of(court)
        hearing = seated(court, cast)
        Packet.ask(hearing.court_session, PacketKind.FULL, "en", by=cast.cora)
        PrintedPaper.keep(db.session(), court.id, "0" * 64, b"%PDF", pages=1)
        db.session.commit()
        db.session.remove()
    before = rows()

    downgrade(revision="0024_paper_texts")
    without = tables()
    upgrade()

    gone = {"packet", "printed_paper"}
    assert (gone <= set(before), without & gone) == (True, set())
    assert rows() == {name: count for name, count in before.items() if name not in gone}
    assert difference() == []
