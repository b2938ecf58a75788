"""An address kept out of sight says why, and may be shown again."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0013_safe_contacts"
down_revision = "0012_one_account_of_court"

_STANDS = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("safe_contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lifted_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_safe_contact_lifted_by_id"), "user", ["lifted_by_id"], ["id"]
        )
        batch_op.drop_constraint("uq_safe_contact_person_id", type_="unique")
        batch_op.create_index(batch_op.f("ix_safe_contact_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_safe_contact",
            ["person_id"],
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        )
    with op.batch_alter_table("safe_contact", schema=None) as batch_op:
        batch_op.alter_column("why", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    # What is over held no address any more.
    op.execute("DELETE FROM safe_contact WHERE lifted_at IS NOT NULL")
    with op.batch_alter_table("safe_contact", schema=None) as batch_op:
        batch_op.drop_index("uq_safe_contact")
        batch_op.drop_index(batch_op.f("ix_safe_contact_person_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_safe_contact_person_id"), ["person_id"])
        batch_op.drop_constraint(batch_op.f("fk_safe_contact_lifted_by_id"), type_="foreignkey")
        batch_op.drop_column("lifted_by_id")
        batch_op.drop_column("lifted_at")
        batch_op.drop_column("why")
