"""Drafts: words that are typed and not sent yet; and a quick way to forget old submissions."""

import sqlalchemy as sa
from alembic import op

revision = "0009_drafts"
down_revision = "0008_readings"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_draft_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name="fk_draft_court_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_draft_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("user_id", "page", name="uq_draft_user_id_page"),
    )
    op.create_index("ix_draft_case_id", "draft", ["case_id"])
    op.create_index("ix_draft_court_id", "draft", ["court_id"])
    op.create_index("ix_draft_saved_at", "draft", ["saved_at"])
    op.create_index("ix_draft_user_id", "draft", ["user_id"])
    op.create_index("ix_submission_received_at", "submission", ["received_at"])


def downgrade() -> None:
    op.drop_index("ix_submission_received_at", "submission")
    op.drop_table("draft")
