"""A court may have papers of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0029_extra_papers"
down_revision = "0028_quarters_of_plans"


def upgrade() -> None:
    op.create_table(
        "extra_paper",
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_es", sa.String(), nullable=False),
        sa.Column("is_signed_by_family", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_extra_paper_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_paper")),
    )
    with op.batch_alter_table("extra_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_paper_court_id"), ["court_id"], unique=False)


def downgrade() -> None:
    op.drop_table("extra_paper")
