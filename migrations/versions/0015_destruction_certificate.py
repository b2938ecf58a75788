"""What was destroyed is counted, for its certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0015_destruction_certificate"
down_revision = "0014_family_tablets"


def upgrade() -> None:
    op.add_column("purge", sa.Column("counts", sa.JSON()))


def downgrade() -> None:
    op.drop_column("purge", "counts")
