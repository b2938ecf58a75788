"""Notice whoever opens unusually many cases, and keep who looked into it"""

import sqlalchemy as sa
from alembic import op

revision = "0008_readings"
down_revision = "0007_purge_approvers"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("court", sa.Column("cases_an_hour", sa.Integer(), server_default="60", nullable=False))
    op.create_table(
        "unusual_reading",
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_unusual_reading_court_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["user.id"], name=op.f("fk_unusual_reading_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unusual_reading")),
    )
    op.create_index(op.f("ix_unusual_reading_court_id"), "unusual_reading", ["court_id"])
    op.create_index(op.f("ix_unusual_reading_reader_id"), "unusual_reading", ["reader_id"])
    op.create_table(
        "reading_review",
        sa.Column("unusual_reading_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reading_review_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_reading_review_court_id")),
        sa.ForeignKeyConstraint(
            ["unusual_reading_id"], ["unusual_reading.id"], name=op.f("fk_reading_review_unusual_reading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_review")),
        sa.UniqueConstraint("unusual_reading_id", name=op.f("uq_reading_review_unusual_reading_id")),
    )
    op.create_index(op.f("ix_reading_review_court_id"), "reading_review", ["court_id"])


def downgrade():
    op.drop_table("reading_review")
    op.drop_table("unusual_reading")
    op.drop_column("court", "cases_an_hour")
