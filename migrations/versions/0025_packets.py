"""Papers that were set are kept for some days, and the packets of hearing days made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0025_packets"
down_revision = "0024_paper_texts"


def upgrade() -> None:
    op.create_table(
        "printed_paper",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_printed_paper_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_paper")),
        sa.UniqueConstraint("court_id", "key", name=op.f("uq_printed_paper_court_id_key")),
    )
    with op.batch_alter_table("printed_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printed_paper_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_printed_paper_made_at"), ["made_at"], unique=False)

    states = ("waiting", "running", "ready", "failed")
    op.create_table(
        "packet",
        sa.Column("court_session_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("full", "jurors", name="packetkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state", sa.Enum(*states, name="packetstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("lacks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contains", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_packet_asked_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_packet_court_id")),
        sa.ForeignKeyConstraint(
            ["court_session_id"], ["court_session.id"], name=op.f("fk_packet_court_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet")),
    )
    under_way = sa.text("state IN ('waiting', 'running')")
    with op.batch_alter_table("packet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_packet_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_packet_court_session_id"), ["court_session_id"], unique=False)
        batch_op.create_index(
            "uq_packet_under_way",
            ["court_session_id", "kind", "language"],
            unique=True,
            sqlite_where=under_way,
            postgresql_where=under_way,
        )


def downgrade() -> None:
    op.drop_table("packet")
    op.drop_table("printed_paper")
