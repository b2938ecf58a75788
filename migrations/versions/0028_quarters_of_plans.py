"""A court may show on each plan when a quarter, a half and three quarters of it should be done."""

import sqlalchemy as sa
from alembic import op

revision = "0028_quarters_of_plans"
down_revision = "0027_look"


def upgrade() -> None:
    with op.batch_alter_table("court") as batch_op:
        batch_op.add_column(
            sa.Column("goes_by_quarters", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("court") as batch_op:
        batch_op.drop_column("goes_by_quarters")
