"""Orders as they were handed out, taken back, and answered by the family; remarks for the judge."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0020_orders_answered"
down_revision = "0019_hearing_steps"


def upgrade() -> None:
    op.create_table(
        "monitor_remark",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_monitor_remark_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_monitor_remark_court_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_monitor_remark_hearing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitor_remark")),
    )
    with op.batch_alter_table("monitor_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_monitor_remark_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_monitor_remark_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "acceptance",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum("drawn", "typed", "on_paper", name="howanswered", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_acceptance_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_acceptance_court_id")),
        sa.ForeignKeyConstraint(["order_id"], ["disposition_order.id"], name=op.f("fk_acceptance_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_acceptance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint("order_id", "person_id", name=op.f("uq_acceptance_order_id_person_id")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acceptance_court_id"), ["court_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_appeal_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_appeal_court_id")),
        sa.ForeignKeyConstraint(["order_id"], ["disposition_order.id"], name=op.f("fk_appeal_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appeal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_order_id"), ["order_id"], unique=False)

    op.create_table(
        "issued_paper",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("disposition_order", "plain_copy", name="paperkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_issued_paper_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_issued_paper_court_id")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["disposition_order.id"], name=op.f("fk_issued_paper_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("order_id", "kind", name=op.f("uq_issued_paper_order_id_kind")),
    )
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_paper_court_id"), ["court_id"], unique=False)

    op.create_table(
        "rejection",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_rejection_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_rejection_court_id")),
        sa.ForeignKeyConstraint(["order_id"], ["disposition_order.id"], name=op.f("fk_rejection_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rejection_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection")),
    )
    with op.batch_alter_table("rejection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejection_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rejection_order_id"), ["order_id"], unique=False)

    op.create_table(
        "unsigning",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("unsigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_unsigning_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_unsigning_court_id")),
        sa.ForeignKeyConstraint(["order_id"], ["disposition_order.id"], name=op.f("fk_unsigning_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsigning")),
        sa.UniqueConstraint("order_id", name=op.f("uq_unsigning_order_id")),
    )
    with op.batch_alter_table("unsigning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unsigning_court_id"), ["court_id"], unique=False)

    op.create_table(
        "appeal_item",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("stands", "changed", name="appealanswer", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_appeal_item_answered_by_id")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_item_appeal_id")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["disposition_order.id"], name=op.f("fk_appeal_item_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_appeal_item_court_id")),
        sa.ForeignKeyConstraint(["item_id"], ["order_item.id"], name=op.f("fk_appeal_item_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_item")),
    )
    with op.batch_alter_table("appeal_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_item_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_item_court_id"), ["court_id"], unique=False)

    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.add_column(sa.Column("days_to_appeal", sa.Integer(), server_default="5", nullable=False))

    with op.batch_alter_table("disposition_order", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_disposition_order_replaces_id"), "disposition_order", ["replaces_id"], ["id"]
        )


def downgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    with op.batch_alter_table("disposition_order", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_disposition_order_replaces_id"), type_="foreignkey")
        batch_op.drop_column("replaces_id")

    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.drop_column("days_to_appeal")

    # What the shape before has no word for is said as near as it can: a draft again, excused, another reason.
    op.execute(
        "UPDATE disposition_order SET signed_at = NULL, digest = NULL, number = NULL"
        " WHERE id IN (SELECT order_id FROM unsigning)"
    )
    op.execute("UPDATE obligation SET state = 'excused' WHERE state = 'withdrawn'")
    op.execute("UPDATE closure SET reason = 'other' WHERE reason = 'plan_rejected'")

    for table in (
        "appeal_item",
        "unsigning",
        "rejection",
        "issued_paper",
        "appeal",
        "acceptance",
        "monitor_remark",
    ):
        op.drop_table(table)
