"""Sign-ins at the court tablet belong to one sitting."""

import sqlalchemy as sa
from alembic import op

revision = "0010_tablet_sign_ins"
down_revision = "0009_drafts"


def upgrade() -> None:
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sitting_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_signed_in_sitting_id"), "sitting", ["sitting_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signed_in_sitting_id"), type_="foreignkey")
        batch_op.drop_column("sitting_id")
