"""Dockets are published and compared; what is prepared and what is missing at the end has rows of its own."""

import hashlib
import json
from datetime import UTC, datetime
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0023_ready_for_court"
down_revision = "0022_phones"


_MOMENT = sa.DateTime(timezone=True)
_NEW_LETTERS = ("hearing_change", "docket_change", "juror_change")

_version = sa.table(
    "docket_version",
    *(sa.column(name) for name in ("court_session_id", "number", "digest", "published_by_id", "court_id")),
    sa.column("rows", sa.JSON),
    sa.column("published_at", _MOMENT),
)
_session = sa.table(
    "court_session",
    *(sa.column(name) for name in ("id", "court_id", "made_ready_by_id")),
    sa.column("made_ready_at", _MOMENT),
)


def upgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    _make_tables()
    _publish_what_was_ready()
    _change_tables()
    _tie_service_to_sittings()


def _publish_what_was_ready() -> None:
    """A day that was ready has its docket published: what people were told then is what stands now."""
    days = op.get_bind().execute(
        sa.select(_session).where(
            _session.c.made_ready_at.is_not(None), _session.c.made_ready_by_id.is_not(None)
        )
    )
    for day in days.all():
        rows = _rows_of(day.id)
        told = json.dumps(rows, sort_keys=True, separators=(",", ":"))
        op.bulk_insert(
            _version,
            [
                {
                    "court_session_id": day.id,
                    "court_id": day.court_id,
                    "number": 1,
                    "rows": rows,
                    "digest": hashlib.sha256(told.encode()).hexdigest(),
                    "published_at": day.made_ready_at,
                    "published_by_id": day.made_ready_by_id,
                }
            ],
        )


_ON_DOCKET = sa.text(
    """
    SELECT h.id AS hearing, b.starts_at, r.name AS room, u.name AS judge, h.judge_id, s.juror_id
    FROM hearing h
    JOIN time_block b ON b.id = h.block_id
    JOIN room r ON r.id = h.room_id
    JOIN "user" u ON u.id = h.judge_id
    LEFT JOIN panel p ON p.hearing_id = h.id AND p.dissolved_at IS NULL
    LEFT JOIN seat s ON s.panel_id = p.id AND s.stood_down_at IS NULL
    WHERE h.court_session_id = :day AND h.state <> 'cancelled'
    ORDER BY b.starts_at, r.name, h.id, s.juror_id
    """
).columns(starts_at=_MOMENT)


def _rows_of(day: int) -> list[dict[str, object]]:
    found = op.get_bind().execute(_ON_DOCKET, {"day": day}).all()
    return [
        {
            "hearing": hearing,
            "starts_at": _in_utc(seats[0].starts_at),
            "room": seats[0].room,
            "judge": seats[0].judge,
            "judge_id": seats[0].judge_id,
            "jurors": [seat.juror_id for seat in seats if seat.juror_id is not None],
        }
        for hearing, seats in (
            (key, list(group)) for key, group in groupby(found, key=lambda row: row.hearing)
        )
    ]


def _in_utc(moment: datetime) -> str:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _tie_service_to_sittings() -> None:
    """Jury duty that was credited says for which sitting, so that it can be taken back with it."""
    op.execute(
        """
        UPDATE service_record SET sitting_id = (
            SELECT min(s.id) FROM sitting s JOIN court_session d ON d.id = s.court_session_id
            WHERE s.obligation_id = service_record.obligation_id AND s.state = 'credited'
            AND d.held_on = service_record.done_on
        )
        """
    )


def _make_tables() -> None:
    op.create_table(
        "docket_version",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_docket_version_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_docket_version_court_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user.id"], name=op.f("fk_docket_version_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_docket_version")),
        sa.UniqueConstraint(
            "court_session_id", "number", name=op.f("uq_docket_version_court_session_id_number")
        ),
    )
    with op.batch_alter_table("docket_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_docket_version_court_id"), ["court_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_docket_version_court_session_id"), ["court_session_id"], unique=False
        )

    op.create_table(
        "reopening",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("was_closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_closed_by_id", sa.Integer(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reopening_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_reopening_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_reopening_court_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["was_closed_by_id"], ["user.id"], name=op.f("fk_reopening_was_closed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
    )
    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reopening_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reopening_court_session_id"), ["court_session_id"], unique=False)

    op.create_table(
        "family_absence",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_family_absence_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_family_absence_court_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_family_absence_hearing_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_family_absence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_absence")),
        sa.UniqueConstraint("hearing_id", "person_id", name=op.f("uq_family_absence_hearing_id_person_id")),
    )
    with op.batch_alter_table("family_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_absence_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_absence_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "interpreter_booking",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_interpreter_booking_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_interpreter_booking_court_id")),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_interpreter_booking_hearing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_booking")),
        sa.UniqueConstraint(
            "hearing_id", "language", name=op.f("uq_interpreter_booking_hearing_id_language")
        ),
    )
    with op.batch_alter_table("interpreter_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interpreter_booking_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interpreter_booking_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "notice_served",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "by_hand", "by_mail", "by_phone", "by_email", name="howserved", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("told_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_room", sa.String(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_notice_served_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_notice_served_court_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_notice_served_hearing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_served")),
    )
    with op.batch_alter_table("notice_served", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_served_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_served_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "paper_print",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_paper_print_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_paper_print_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_paper_print_court_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_paper_print_hearing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_print")),
    )
    with op.batch_alter_table("paper_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_print_court_id"), ["court_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_paper_print_court_session_id"), ["court_session_id"], unique=False
        )

    op.create_table(
        "withheld_credit",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_withheld_credit_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_withheld_credit_court_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_withheld_credit_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_credit")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_withheld_credit_sitting_id")),
    )
    with op.batch_alter_table("withheld_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withheld_credit_court_id"), ["court_id"], unique=False)


def _change_tables() -> None:
    with op.batch_alter_table("court_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_court_session_made_ready_by_id"), type_="foreignkey")
        batch_op.drop_column("made_ready_by_id")
        batch_op.drop_column("made_ready_at")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("docket_version_id", sa.Integer(), nullable=True))
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_index(batch_op.f("ix_letter_docket_version_id"), ["docket_version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("fk_letter_case_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_person_id"), "person", ["person_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_docket_version_id"), "docket_version", ["docket_version_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_case_id"), "case", ["case_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sitting_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_service_record_reverses_id"), ["reverses_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_service_record_sitting_id"), "sitting", ["sitting_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_service_record_reverses_id"),
            "service_record",
            ["reverses_id"],
            ["id"],
            ondelete="CASCADE",
        )

    with op.batch_alter_table("time_credit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("payment", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_time_credit_sitting_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_time_credit_reverses_id"), ["reverses_id"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_time_credit_sitting_id_payment"), ["sitting_id", "payment"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_time_credit_reverses_id"),
            "time_credit",
            ["reverses_id"],
            ["id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    lower_walls(op.get_bind())
    op.execute(f"DELETE FROM letter WHERE kind IN {_NEW_LETTERS}")
    for table in ("time_credit", "service_record"):  # what was paid and given back never was
        given_back = f"SELECT reverses_id FROM {table} WHERE reverses_id IS NOT NULL"
        kept = [id_ for (id_,) in op.get_bind().execute(sa.text(given_back))]
        op.execute(f"DELETE FROM {table} WHERE reverses_id IS NOT NULL")
        for id_ in kept:
            op.execute(f"DELETE FROM {table} WHERE id = {id_}")
    with op.batch_alter_table("time_credit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_time_credit_reverses_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_time_credit_sitting_id_payment"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_time_credit_reverses_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_time_credit_sitting_id"), ["sitting_id"])
        batch_op.drop_column("reverses_id")
        batch_op.drop_column("payment")

    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_service_record_reverses_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_service_record_sitting_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_service_record_reverses_id"), type_="unique")
        batch_op.drop_column("reverses_id")
        batch_op.drop_column("sitting_id")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_letter_case_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_letter_docket_version_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_letter_person_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_letter_case_id"), "case", ["case_id"], ["id"])
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))
        batch_op.drop_index(batch_op.f("ix_letter_docket_version_id"))
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("docket_version_id")
        batch_op.drop_column("person_id")

    with op.batch_alter_table("court_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_ready_at", _MOMENT, nullable=True))
        batch_op.add_column(sa.Column("made_ready_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_court_session_made_ready_by_id"), "user", ["made_ready_by_id"], ["id"]
        )
    for column, told in (("made_ready_at", "published_at"), ("made_ready_by_id", "published_by_id")):
        op.execute(
            f"""
            UPDATE court_session SET {column} = (
                SELECT v.{told} FROM docket_version v WHERE v.court_session_id = court_session.id
                ORDER BY v.number DESC LIMIT 1
            )
            """
        )

    for table in (
        "withheld_credit",
        "paper_print",
        "notice_served",
        "interpreter_booking",
        "family_absence",
        "reopening",
        "docket_version",
    ):
        op.drop_table(table)
