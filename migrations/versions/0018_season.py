"""A season ahead: the schedule of jurors, open dates, swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0018_season"
down_revision = "0017_draws_of_days"


def upgrade() -> None:
    op.create_table(
        "juror_schedule",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("asks_everybody", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_juror_schedule_court_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_juror_schedule_made_by_id")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user.id"], name=op.f("fk_juror_schedule_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror_schedule")),
    )
    with op.batch_alter_table("juror_schedule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_juror_schedule_court_id"), ["court_id"], unique=False)

    op.create_table(
        "open_date",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_open_date_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_open_date_court_session_id")
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_open_date_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_date")),
    )
    with op.batch_alter_table("open_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_date_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_open_date_court_session_id"), ["court_session_id"], unique=False)
        batch_op.create_index(
            "uq_open_date",
            ["court_session_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "scheduled_day",
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_scheduled_day_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_scheduled_day_court_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["juror_schedule.id"], name=op.f("fk_scheduled_day_schedule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_day")),
        sa.UniqueConstraint(
            "schedule_id", "court_session_id", name=op.f("uq_scheduled_day_schedule_id_court_session_id")
        ),
    )
    with op.batch_alter_table("scheduled_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheduled_day_court_id"), ["court_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_scheduled_day_court_session_id"), ["court_session_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_scheduled_day_schedule_id"), ["schedule_id"], unique=False)

    op.create_table(
        "scheduled_place",
        sa.Column("scheduled_day_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_scheduled_place_court_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_scheduled_place_juror_id")),
        sa.ForeignKeyConstraint(
            ["scheduled_day_id"], ["scheduled_day.id"], name=op.f("fk_scheduled_place_scheduled_day_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_place")),
        sa.UniqueConstraint(
            "scheduled_day_id", "juror_id", name=op.f("uq_scheduled_place_scheduled_day_id_juror_id")
        ),
    )
    with op.batch_alter_table("scheduled_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheduled_place_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheduled_place_juror_id"), ["juror_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_scheduled_place_scheduled_day_id"), ["scheduled_day_id"], unique=False
        )

    op.create_table(
        "swap",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "answered",
                "agreed",
                "done",
                "withdrawn",
                "refused",
                name="swapstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taker_id", sa.Integer(), nullable=True),
        sa.Column("given_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_swap_court_id")),
        sa.ForeignKeyConstraint(["given_id"], ["sitting.id"], name=op.f("fk_swap_given_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_swap_sitting_id")),
        sa.ForeignKeyConstraint(["taker_id"], ["juror.id"], name=op.f("fk_swap_taker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    with op.batch_alter_table("swap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swap_given_id"), ["given_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swap_sitting_id"), ["sitting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swap_taker_id"), ["taker_id"], unique=False)
        batch_op.create_index(
            "uq_swap",
            ["sitting_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'answered', 'agreed')"),
            postgresql_where=sa.text("state IN ('asked', 'answered', 'agreed')"),
        )

    op.create_table(
        "taking",
        sa.Column("open_date_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_taking_court_id")),
        sa.ForeignKeyConstraint(["open_date_id"], ["open_date.id"], name=op.f("fk_taking_open_date_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_taking_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_taking_sitting_id")),
    )
    with op.batch_alter_table("taking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taking_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_taking_open_date_id"), ["open_date_id"], unique=False)


def downgrade() -> None:
    for table in (
        "taking",
        "swap",
        "scheduled_place",
        "scheduled_day",
        "open_date",
        "juror_schedule",
    ):
        op.drop_table(table)
