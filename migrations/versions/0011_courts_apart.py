"""courts_apart: from here on the database keeps the walls between courts itself.

After this migration and each later one, env.py raises the walls that the tables then ask for.
"""

from alembic import op

from migrations.walls import lower_walls

revision = "0011_courts_apart"
down_revision = "0010_tablet_sign_ins"


def upgrade() -> None:
    pass  # env.py, after each migration


def downgrade() -> None:
    lower_walls(op.get_bind())
