"""A court may have forms in Word."""

import sqlalchemy as sa
from alembic import op

revision = "0031_word_forms"
down_revision = "0030_appointments"


def upgrade() -> None:
    op.create_table(
        "word_form",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_word_form_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_word_form_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_form")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_word_form_court_id_name")),
    )
    with op.batch_alter_table("word_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_word_form_court_id"), ["court_id"], unique=False)


def downgrade() -> None:
    op.drop_table("word_form")
