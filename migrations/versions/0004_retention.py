"""retention"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004_retention"
down_revision = "0003_audit_chain"


def upgrade() -> None:
    op.create_table(
        "case_figure",
        sa.Column("referred_about", sa.Date(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("offence_class", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("was_scheduled", sa.Boolean(), nullable=False),
        sa.Column("was_heard", sa.Boolean(), nullable=False),
        sa.Column("has_failed", sa.Boolean(), nullable=False),
        sa.Column("had_deadline", sa.Boolean(), nullable=False),
        sa.Column("ordered", sa.JSON(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_case_figure_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_figure")),
    )
    with op.batch_alter_table("case_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_figure_court_id"), ["court_id"], unique=False)

    op.create_table(
        "participation_mark",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_participation_mark_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_mark")),
        sa.UniqueConstraint("court_id", "mark", name=op.f("uq_participation_mark_court_id_mark")),
    )
    with op.batch_alter_table("participation_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participation_mark_court_id"), ["court_id"], unique=False)

    op.create_table(
        "retention_rule",
        sa.Column(
            "kind",
            sa.Enum(
                "completed",
                "declined",
                "withdrawn",
                "returned",
                "juror",
                name="recordkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "trigger",
            sa.Enum("closed", "turned_18", "closed_and_18", name="trigger", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("seal_after_days", sa.Integer(), nullable=True),
        sa.Column("destroy_after_days", sa.Integer(), nullable=True),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("needs_notice", sa.Boolean(), nullable=False),
        sa.Column("keeps_mark", sa.Boolean(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("checked_by_counsel_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_retention_rule_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
    )
    with op.batch_alter_table("retention_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_rule_court_id"), ["court_id"], unique=False)

    op.create_table(
        "destruction",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_destruction_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_destruction_court_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_destruction_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sa.UniqueConstraint("case_id", name=op.f("uq_destruction_case_id")),
    )
    with op.batch_alter_table("destruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_destruction_court_id"), ["court_id"], unique=False)

    op.create_table(
        "legal_hold",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "appeal",
                "court_order",
                "records_request",
                "claim",
                "other",
                name="holdreason",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_note", sa.String(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_legal_hold_court_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["user.id"], name=op.f("fk_legal_hold_lifted_by_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["user.id"], name=op.f("fk_legal_hold_placed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_hold_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_legal_hold_court_id"), ["court_id"], unique=False)
        batch_op.create_index(
            "uq_legal_hold",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "purge",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "completed",
                "declined",
                "withdrawn",
                "returned",
                "juror",
                name="recordkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user.id"], name=op.f("fk_purge_confirmed_by_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_purge_court_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_purge_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
        sa.UniqueConstraint("token", name=op.f("uq_purge_token")),
    )
    with op.batch_alter_table("purge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purge_court_id"), ["court_id"], unique=False)

    op.create_table(
        "retention_date",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("seal_on", sa.Date(), nullable=True),
        sa.Column("destroy_on", sa.Date(), nullable=True),
        sa.Column(
            "blocked",
            sa.Enum("hold", "restitution", "no_birth_date", name="blocked", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_retention_date_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_retention_date_court_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["retention_rule.id"], name=op.f("fk_retention_date_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_date")),
        sa.UniqueConstraint("case_id", name=op.f("uq_retention_date_case_id")),
    )
    with op.batch_alter_table("retention_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_date_court_id"), ["court_id"], unique=False)

    op.create_table(
        "safe_contact",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("hidden_address", sa.String(), nullable=False),
        sa.Column("hidden_phone", sa.String(), nullable=False),
        sa.Column("hidden_email", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_safe_contact_court_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_safe_contact_noted_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_safe_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_contact")),
        sa.UniqueConstraint("person_id", name=op.f("uq_safe_contact_person_id")),
    )
    with op.batch_alter_table("safe_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_contact_court_id"), ["court_id"], unique=False)

    op.create_table(
        "sealing",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.Integer(), nullable=True),
        sa.Column("unsealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsealed_by_id", sa.Integer(), nullable=True),
        sa.Column("unseal_reason", sa.String(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_sealing_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_sealing_court_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["retention_rule.id"], name=op.f("fk_sealing_rule_id")),
        sa.ForeignKeyConstraint(["sealed_by_id"], ["user.id"], name=op.f("fk_sealing_sealed_by_id")),
        sa.ForeignKeyConstraint(["unsealed_by_id"], ["user.id"], name=op.f("fk_sealing_unsealed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing")),
    )
    with op.batch_alter_table("sealing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealing_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealing_court_id"), ["court_id"], unique=False)
        batch_op.create_index(
            "uq_sealing",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("unsealed_at IS NULL"),
            postgresql_where=sa.text("unsealed_at IS NULL"),
        )

    op.create_table(
        "sealed_person",
        sa.Column("sealing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=True),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_sealed_person_court_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f("fk_sealed_person_juror_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sealed_person_person_id")),
        sa.ForeignKeyConstraint(["sealing_id"], ["sealing.id"], name=op.f("fk_sealed_person_sealing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_person")),
    )
    with op.batch_alter_table("sealed_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_person_court_id"), ["court_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_person_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_person_sealing_id"), ["sealing_id"], unique=False)

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("token", sa.String(), nullable=True))
    connection = op.get_bind()
    cases = sa.table("case", sa.column("id", sa.Integer), sa.column("token", sa.String))
    for (number,) in connection.execute(sa.select(cases.c.id)).all():
        given = cases.update().where(cases.c.id == number).values(token=secrets.token_hex(16))
        connection.execute(given)
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.alter_column("token", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_case_token"), ["token"])

    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("destruction_cooling_days", sa.Integer(), nullable=False, server_default="7")
        )
    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.alter_column("destruction_cooling_days", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("court", schema=None) as batch_op:
        batch_op.drop_column("destruction_cooling_days")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_case_token"), type_="unique")
        batch_op.drop_column("token")

    with op.batch_alter_table("sealed_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_person_sealing_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_person_person_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_person_court_id"))

    op.drop_table("sealed_person")
    with op.batch_alter_table("sealing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_sealing",
            sqlite_where=sa.text("unsealed_at IS NULL"),
            postgresql_where=sa.text("unsealed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_sealing_court_id"))
        batch_op.drop_index(batch_op.f("ix_sealing_case_id"))

    op.drop_table("sealing")
    with op.batch_alter_table("safe_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safe_contact_court_id"))

    op.drop_table("safe_contact")
    with op.batch_alter_table("retention_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_date_court_id"))

    op.drop_table("retention_date")
    with op.batch_alter_table("purge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purge_court_id"))

    op.drop_table("purge")
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_legal_hold",
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_legal_hold_court_id"))
        batch_op.drop_index(batch_op.f("ix_legal_hold_case_id"))

    op.drop_table("legal_hold")
    with op.batch_alter_table("destruction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_destruction_court_id"))

    op.drop_table("destruction")
    with op.batch_alter_table("retention_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_rule_court_id"))

    op.drop_table("retention_rule")
    with op.batch_alter_table("participation_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_mark_court_id"))

    op.drop_table("participation_mark")
    with op.batch_alter_table("case_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_figure_court_id"))

    op.drop_table("case_figure")
