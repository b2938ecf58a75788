"""When and where a family is asked to come for the first time."""

import sqlalchemy as sa
from alembic import op

revision = "0030_appointments"
down_revision = "0029_extra_papers"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_appointment_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_appointment_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_appointment_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_court_id"), ["court_id"], unique=False)


def downgrade() -> None:
    op.drop_table("appointment")
