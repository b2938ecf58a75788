"""One time account of each court: two first credits at the same moment opened two."""

import sqlalchemy as sa
from alembic import op

revision = "0012_one_account_of_court"
down_revision = "0011_courts_apart"

OF_COURT = sa.text("person_id IS NULL")
FIRST = """
    SELECT min(first.id) FROM account first
    WHERE first.person_id IS NULL
    AND first.court_id = (SELECT here.court_id FROM account here WHERE here.id = {column})"""
EXTRA = "SELECT id FROM account WHERE person_id IS NULL AND id <> (" + FIRST.format(column="account.id") + ")"


def upgrade() -> None:
    for column in ("from_id", "to_id"):
        first = FIRST.format(column=f"time_credit.{column}")
        op.execute(f"UPDATE time_credit SET {column} = ({first}) WHERE {column} IN ({EXTRA})")
    op.execute(f"DELETE FROM account WHERE id IN ({EXTRA})")
    op.create_index(
        "uq_account_of_court",
        "account",
        ["court_id"],
        unique=True,
        sqlite_where=OF_COURT,
        postgresql_where=OF_COURT,
    )


def downgrade() -> None:
    op.drop_index("uq_account_of_court", table_name="account")
