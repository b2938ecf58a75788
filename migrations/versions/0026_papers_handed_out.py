"""Any paper that is handed out is kept, with a code for whoever checks it; a paper can be withdrawn."""

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0026_papers_handed_out"
down_revision = "0025_packets"

_KINDS = sa.Enum("disposition_order", "plain_copy", name="paperkind", native_enum=False, length=40)
_OF_ORDER = "SELECT {0} FROM disposition_order WHERE disposition_order.id = issued_paper.order_id"


def upgrade() -> None:
    lower_walls(op.get_bind())
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("facts_digest", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE issued_paper SET record_id = order_id, case_id = ({_OF_ORDER.format('case_id')})")
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_issued_paper_order_id_kind"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_issued_paper_order_id"), type_="foreignkey")
        batch_op.alter_column("kind", existing_type=_KINDS, type_=sa.String(), existing_nullable=False)
        batch_op.alter_column("record_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("order_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("number", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("facts_digest", existing_type=sa.String(), server_default=None)
        for column, table in (
            ("order_id", "disposition_order"),
            ("case_id", "case"),
            ("person_id", "person"),
        ):
            batch_op.create_foreign_key(
                batch_op.f(f"fk_issued_paper_{column}"), table, [column], ["id"], ondelete="CASCADE"
            )
            batch_op.create_index(batch_op.f(f"ix_issued_paper_{column}"), [column], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_issued_paper_code"), ["code"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_issued_paper_kind_record_id_language_number"),
            ["kind", "record_id", "language", "number"],
        )
    op.create_table(
        "paper_withdrawal",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_paper_withdrawal_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_paper_withdrawal_court_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_paper_withdrawal_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_withdrawal")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_paper_withdrawal_paper_id")),
    )
    with op.batch_alter_table("paper_withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_withdrawal_court_id"), ["court_id"], unique=False)


def downgrade() -> None:
    lower_walls(op.get_bind())
    op.drop_table("paper_withdrawal")
    op.execute("DELETE FROM issued_paper WHERE order_id IS NULL")
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_issued_paper_kind_record_id_language_number"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_issued_paper_code"), type_="unique")
        for column in ("order_id", "case_id", "person_id"):
            batch_op.drop_index(batch_op.f(f"ix_issued_paper_{column}"))
            batch_op.drop_constraint(batch_op.f(f"fk_issued_paper_{column}"), type_="foreignkey")
        for column in ("record_id", "number", "facts_digest", "code", "case_id", "person_id"):
            batch_op.drop_column(column)
        batch_op.alter_column("order_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("kind", existing_type=sa.String(), type_=_KINDS, existing_nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_issued_paper_order_id"), "disposition_order", ["order_id"], ["id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_issued_paper_order_id_kind"), ["order_id", "kind"])
