"""A restored copy may be older than the accounts of those who approved a purge"""

import sqlalchemy as sa
from alembic import op

revision = "0007_purge_approvers"
down_revision = "0006_accounts"

NAMES = ("proposed_by_id", "confirmed_by_id")


def upgrade() -> None:
    with op.batch_alter_table("purge", schema=None) as batch_op:
        for name in NAMES:
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    # What nobody can vouch for cannot be kept in the older shape.
    op.execute("DELETE FROM purge WHERE proposed_by_id IS NULL OR confirmed_by_id IS NULL")
    with op.batch_alter_table("purge", schema=None) as batch_op:
        for name in NAMES:
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=False)
