"""What the night board takes back: seats left and taken, where a hearing was, who came on which day."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0021_night_board"
down_revision = "0020_orders_answered"


def upgrade() -> None:
    op.create_table(
        "replacement",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("left_seat", sa.Boolean(), nullable=False),
        sa.Column("led", sa.Boolean(), nullable=False),
        sa.Column("tie_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_replacement_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_replacement_court_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_replacement_seat_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["seat.id"], name=op.f("fk_replacement_taken_by_id")),
        sa.ForeignKeyConstraint(["tie_id"], ["tie.id"], name=op.f("fk_replacement_tie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement")),
    )
    with op.batch_alter_table("replacement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replacement_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_replacement_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "arrival",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=True),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_arrival_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_arrival_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_arrival_court_session_id")
        ),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_arrival_hearing_id")),
        sa.ForeignKeyConstraint(["judge_id"], ["user.id"], name=op.f("fk_arrival_judge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrival_hearing_id"), ["hearing_id"], unique=False)
        for whom in ("judge", "interpreter"):
            column = "judge_id" if whom == "judge" else "hearing_id"
            is_theirs = sa.text(f"{column} IS NOT NULL")
            batch_op.create_index(
                f"uq_arrival_{whom}",
                ["court_session_id", column],
                unique=True,
                sqlite_where=is_theirs,
                postgresql_where=is_theirs,
            )

    with op.batch_alter_table("adjournment", schema=None) as batch_op:
        for column, table in WHERE_IT_WAS.items():
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_adjournment_{column}"), table, [column], ["id"])
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_walk_in", sa.Boolean(), server_default=sa.false(), nullable=False))
    _say_on_which_day_they_came()


WHERE_IT_WAS = {
    "was_block_id": "time_block",
    "was_room_id": "room",
    "was_judge_id": "user",
    "panel_id": "panel",
}


def _say_on_which_day_they_came() -> None:
    """Until now, who had come to a hearing that moved to another day was forgotten: all came to its day."""
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("court_session_id", sa.Integer(), nullable=True))
    op.execute(
        "DELETE FROM attendance WHERE EXISTS (SELECT 1 FROM attendance AS first WHERE first.id < attendance.id"
        " AND first.hearing_id = attendance.hearing_id AND first.person_id = attendance.person_id)"
    )
    op.execute(
        "UPDATE attendance SET court_session_id ="
        " (SELECT hearing.court_session_id FROM hearing WHERE hearing.id = attendance.hearing_id)"
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.alter_column("court_session_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_attendance_court_session_id"), "court_session", ["court_session_id"], ["id"]
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_attendance_hearing_id_court_session_id_person_id"),
            ["hearing_id", "court_session_id", "person_id"],
        )


def downgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    op.execute(
        "DELETE FROM attendance WHERE court_session_id <>"
        " (SELECT hearing.court_session_id FROM hearing WHERE hearing.id = attendance.hearing_id)"
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_attendance_hearing_id_court_session_id_person_id"), type_="unique"
        )
        batch_op.drop_constraint(batch_op.f("fk_attendance_court_session_id"), type_="foreignkey")
        batch_op.drop_column("court_session_id")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_column("is_walk_in")
    with op.batch_alter_table("adjournment", schema=None) as batch_op:
        for column in WHERE_IT_WAS:
            batch_op.drop_constraint(batch_op.f(f"fk_adjournment_{column}"), type_="foreignkey")
            batch_op.drop_column(column)
    op.drop_table("arrival")
    op.drop_table("replacement")
