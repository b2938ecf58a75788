"""Jurors say when they can come."""

import sqlalchemy as sa
from alembic import op

revision = "0016_availability"
down_revision = "0015_destruction_certificate"


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column(
            "week",
            sa.Enum(
                "every",
                "first",
                "second",
                "third",
                "fourth",
                "last",
                name="week",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_time", sa.Time(), nullable=True),
        sa.Column("until_time", sa.Time(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "weekday IS NOT NULL OR ends_on IS NOT NULL", name=op.f("ck_availability_usual_or_ending")
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_availability_court_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_availability_juror_id")),
        sa.ForeignKeyConstraint(["stated_by_id"], ["user.id"], name=op.f("fk_availability_stated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
    )
    with op.batch_alter_table("availability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_availability_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_availability_juror_id"), ["juror_id"], unique=False)


def downgrade() -> None:
    op.drop_table("availability")
