"""A court says passages of its papers in its own words; every version is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0024_paper_texts"
down_revision = "0023_ready_for_court"


def upgrade() -> None:
    op.create_table(
        "paper_text",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_paper_text_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_paper_text_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
        sa.UniqueConstraint(
            "court_id",
            "kind",
            "name",
            "language",
            "number",
            name=op.f("uq_paper_text_court_id_kind_name_language_number"),
        ),
    )
    with op.batch_alter_table("paper_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_text_court_id"), ["court_id"], unique=False)


def downgrade() -> None:
    op.drop_table("paper_text")
