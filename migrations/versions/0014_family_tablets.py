"""Families sign in on the court's tablet too, for their hearing."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0014_family_tablets"
down_revision = "0013_safe_contacts"


def upgrade() -> None:
    with op.batch_alter_table("tablet_code", schema=None) as batch_op:
        batch_op.alter_column("sitting_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("hearing_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_tablet_code_hearing_id"), "hearing", ["hearing_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_tablet_code_hearing_id"), ["hearing_id"], unique=False)
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hearing_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_signed_in_hearing_id"), "hearing", ["hearing_id"], ["id"])


def downgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    # A sign-in for one hearing must not become one for everything.
    op.execute("DELETE FROM signed_in WHERE hearing_id IS NOT NULL")
    op.execute("DELETE FROM tablet_code WHERE hearing_id IS NOT NULL")
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signed_in_hearing_id"), type_="foreignkey")
        batch_op.drop_column("hearing_id")
    with op.batch_alter_table("tablet_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tablet_code_hearing_id"))
        batch_op.drop_constraint(batch_op.f("fk_tablet_code_hearing_id"), type_="foreignkey")
        batch_op.drop_column("hearing_id")
        batch_op.alter_column("sitting_id", existing_type=sa.Integer(), nullable=False)
