"""accounts: a row for each sign-in, links to choose a new password, doors that slow down"""

import sqlalchemy as sa
from alembic import op

revision = "0006_accounts"
down_revision = "0005_versions"


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column(
            "door",
            sa.Enum(
                "sign_in",
                "join",
                "reset",
                "forgotten",
                "confirm",
                "factor",
                "session_code",
                name="door",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_by_key", ["door", "key_hash", "at"], unique=False)
        batch_op.create_index("ix_attempt_by_time", ["at"], unique=False)

    op.create_table(
        "password_reset",
        sa.Column("password_mark", sa.String(), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_password_reset_court_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["user.id"], name=op.f("fk_password_reset_started_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_password_reset_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_reset_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_password_reset_user_id"), ["user_id"], unique=False)

    op.create_table(
        "signed_in",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "password",
                "passkey",
                "session_code",
                "county",
                name="howsignedin",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("is_new_device", sa.Boolean(), nullable=False),
        sa.Column("owner_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awaiting_factor", sa.Boolean(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("runs_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "why_ended",
            sa.Enum(
                "signed_out",
                "signed_in_again",
                "ended_elsewhere",
                "ended_by_court",
                "password_changed",
                "factor_changed",
                "role_changed",
                "account_ended",
                "guardianship_ended",
                "idle",
                "too_long",
                name="whyended",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_signed_in_court_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_signed_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_token_hash")),
    )
    with op.batch_alter_table("signed_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_court_id"), ["court_id"], unique=False)
        batch_op.create_index("ix_signed_in_of_user", ["court_id", "user_id", "began_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_signed_in_user_id"), ["user_id"], unique=False)

    # Not in a batch: rebuilding the table would lose what else hangs on it, and SQLite can do both in place.
    op.add_column("user", sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("user", "serial")


def downgrade() -> None:
    op.add_column("user", sa.Column("serial", sa.Integer(), nullable=False, server_default="0"))
    op.drop_column("user", "password_set_at")
    op.drop_table("signed_in")
    op.drop_table("password_reset")
    op.drop_table("attempt")
