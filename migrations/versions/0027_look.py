"""Each court's papers may have a look of their own."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0027_look"
down_revision = "0026_papers_handed_out"


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("ink", sa.String(), nullable=False),
        sa.Column(
            "sheet",
            sa.Enum("letter", "a4", name="sheet", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("seal", sa.LargeBinary(), nullable=True),
        sa.Column("seal_words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_look_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sa.UniqueConstraint("court_id", name=op.f("uq_look_court_id")),
    )


def downgrade() -> None:
    lower_walls(op.get_bind())
    op.drop_table("look")
