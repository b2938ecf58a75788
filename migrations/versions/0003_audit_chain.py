"""Tie the lines of each court's audit trail into a chain, and let their particulars be forgotten"""

import hashlib
import hmac
import json
import secrets

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0003_audit_chain"
down_revision = "0002_second_factors"
branch_labels = None
depends_on = None

GENESIS = "0" * 64
NEW = ("number", "previous", "hash", "commitment", "salt")
KEPT = ("id", "court_id", "at", "event", "subject", "subject_id", "case_id", "by_id", "commitment")
PLACE = ("number", "previous", "hash")
WORDS = ("particulars", "salt")
REFUSAL = "a line of the audit trail is never altered or removed"


def upgrade():
    op.create_table(
        "audit_head",
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_audit_head_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("court_id", name=op.f("uq_audit_head_court_id")),
    )
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_head_court_id"), ["court_id"], unique=False)

    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        for name in ("previous", "hash", "commitment", "salt"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
        batch_op.alter_column(
            "particulars",
            existing_type=sa.JSON(),
            type_=sa.Text(),
            nullable=True,
            postgresql_using="particulars::text",
        )
        batch_op.drop_constraint(op.f("fk_audit_event_by_id"), type_="foreignkey")
    _chain_what_is_there()
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.alter_column("commitment", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_audit_event_court_id_number"), ["court_id", "number"])
        batch_op.create_index("ix_audit_event_by", ["court_id", "by_id", "at"], unique=False)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    for statement in NO_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    # What was forgotten stays so; whose account is gone did it without a name.
    op.execute("UPDATE audit_event SET particulars = '{}' WHERE particulars IS NULL")
    op.execute('UPDATE audit_event SET by_id = NULL WHERE by_id NOT IN (SELECT id FROM "user")')
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_by")
        batch_op.drop_constraint(op.f("uq_audit_event_court_id_number"), type_="unique")
        batch_op.create_foreign_key(op.f("fk_audit_event_by_id"), "user", ["by_id"], ["id"])
        batch_op.alter_column(
            "particulars",
            existing_type=sa.Text(),
            type_=sa.JSON(),
            nullable=False,
            postgresql_using="particulars::json",
        )
        for name in NEW:
            batch_op.drop_column(name)
    op.drop_table("audit_head")


# ---- The chain, as it was first tied -------------------------------------------------------------


def _chain_what_is_there():
    bind = op.get_bind()
    at = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    said = "event, subject, subject_id, case_id, by_id, particulars"
    lines = f"SELECT id, {at if bind.dialect.name == 'postgresql' else 'at'}, {said} FROM audit_event"
    key = current_app.config["AUDIT_KEY"].encode()
    for (court_id,) in bind.execute(sa.text("SELECT DISTINCT court_id FROM audit_event ORDER BY court_id")):
        seal, places = GENESIS, []
        in_order = sa.text(f"{lines} WHERE court_id = :court_id ORDER BY id")
        for line_id, *line, particulars in bind.execute(in_order, {"court_id": court_id}):
            place = _place(key, seal, len(places) + 1, court_id, line_id, line, particulars)
            places.append(place)
            seal = place["hash"]
        bind.execute(TAKE_PLACE, places)
        head = {"court_id": court_id, "count": len(places), "hash": seal}
        bind.execute(sa.text("INSERT INTO audit_head VALUES (:count, :hash, :court_id, :court_id)"), head)
    if bind.dialect.name == "postgresql":
        op.execute(
            "SELECT setval('audit_head_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM audit_head), false)"
        )


TAKE_PLACE = sa.text(
    "UPDATE audit_event SET number = :number, previous = :previous, hash = :hash, salt = :salt, "
    "commitment = :commitment, particulars = :particulars WHERE id = :line_id"
)


def _place(key, previous, number, court_id, line_id, line, particulars):
    words = json.dumps(json.loads(particulars), sort_keys=True, separators=(",", ":"))
    salt = secrets.token_hex(32)
    commitment = hashlib.sha256(f"{salt}{words}".encode()).hexdigest()
    told = json.dumps([court_id, number, line_id, *line, commitment], separators=(",", ":"))
    return {
        "line_id": line_id,
        "number": number,
        "previous": previous,
        "hash": hmac.digest(key, f"{previous}{told}".encode(), "sha256").hex(),
        "salt": salt,
        "commitment": commitment,
        "particulars": words,
    }


# ---- What the database refuses -------------------------------------------------------------------


def _unchanged(names, same):
    return " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in names)


def _allowed(same):
    """A line may take its place in the chain, once, and its particulars may be forgotten. Nothing else."""
    takes_place = f"OLD.hash IS NULL AND {_unchanged((*KEPT, *WORDS), same)}"
    is_forgotten = f"NEW.particulars IS NULL AND NEW.salt IS NULL AND {_unchanged((*KEPT, *PLACE), same)}"
    return f"({takes_place}) OR ({is_forgotten})"


TRIGGERS = {
    "sqlite": [
        f"""CREATE TRIGGER audit_event_is_never_altered BEFORE UPDATE ON audit_event
            WHEN NOT ({_allowed("IS")}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
        f"""CREATE TRIGGER audit_event_is_never_removed BEFORE DELETE ON audit_event
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
        # INSERT OR REPLACE removes a line without asking the trigger above.
        f"""CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
            WHEN EXISTS (SELECT 1 FROM audit_event
                         WHERE id = NEW.id OR (court_id = NEW.court_id AND number = NEW.number))
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    ],
    "postgresql": [
        f"""CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF {_allowed("IS NOT DISTINCT FROM")} THEN RETURN NEW; END IF;
                END IF;
                RAISE EXCEPTION '{REFUSAL}';
            END $$""",
        """CREATE TRIGGER audit_event_is_never_altered BEFORE UPDATE OR DELETE ON audit_event
           FOR EACH ROW EXECUTE FUNCTION audit_event_stays()""",
    ],
}
NO_TRIGGERS = {
    "sqlite": [f"DROP TRIGGER audit_event_is_never_{done}" for done in ("altered", "removed", "replaced")],
    "postgresql": [
        "DROP TRIGGER audit_event_is_never_altered ON audit_event",
        "DROP FUNCTION audit_event_stays()",
    ],
}
