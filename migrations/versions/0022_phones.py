"""Panels decide on phones: each juror alone first, seven steps with notes, secret votes, items left open.

Votes stood by name. They become counts of rounds; who agreed is forgotten for good.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_phones"
down_revision = "0021_night_board"

STEP = sa.Enum(
    "rules",
    "facts",
    "harm",
    "needs",
    "repair",
    "choose",
    "verdict",
    name="tablestep",
    native_enum=False,
    length=40,
)
QUESTION = sa.Enum(
    "owns_it", "sees_impact", "sees_need", "is_ready", name="question", native_enum=False, length=40
)
ANSWER = sa.Enum("yes", "partly", "no", name="answer", native_enum=False, length=40)
STATE = sa.Enum("open", "counted", "overtaken", name="roundstate", native_enum=False, length=40)
PURPOSE = sa.Enum("strength", "harm", "community", name="purpose", native_enum=False, length=40)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _table(name: str, of: dict[str, str], *columns: "sa.Column[object]", once: tuple[str, ...]) -> None:
    """A table whose rows belong to a court and to rows of other tables, and are there once for each of them."""
    op.create_table(
        name,
        *(_number(each) for each in of),
        *columns,
        _number("court_id"),
        _number("id"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in {**of, "court_id": "court"}.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*once, name=op.f(f"uq_{name}_{'_'.join(once)}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_court_id"), ["court_id"], unique=False)


def _by_seat(name: str) -> None:
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_seat_id"), ["seat_id"], unique=False)


def upgrade() -> None:
    with op.batch_alter_table("deliberation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kept_spread", sa.JSON(), nullable=True))
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", PURPOSE, nullable=True))
        batch_op.add_column(sa.Column("lowest", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("highest", sa.Integer(), nullable=True))
    _table(
        "step_note",
        {"deliberation_id": "deliberation"},
        sa.Column("step", STEP, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        once=("deliberation_id", "step"),
    )
    _table(
        "worksheet",
        {"deliberation_id": "deliberation", "seat_id": "seat"},
        once=("deliberation_id", "seat_id"),
    )
    _by_seat("worksheet")
    _table(
        "rating",
        {"worksheet_id": "worksheet"},
        sa.Column("question", QUESTION, nullable=False),
        sa.Column("answer", ANSWER, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        once=("worksheet_id", "question"),
    )
    _table(
        "idea",
        {"worksheet_id": "worksheet", "activity_id": "sanction_activity"},
        _number("amount"),
        once=("worksheet_id", "activity_id"),
    )
    _table(
        "voting_round",
        {"deliberation_id": "deliberation"},
        *(_number(name) for name in ("number", "revision", "seated", "needed", "agreeing", "not_yet")),
        sa.Column("state", STATE, nullable=False),
        sa.Column("on_paper", sa.Boolean(), server_default=sa.false(), nullable=False),
        once=("deliberation_id", "number"),
    )
    _table(
        "voter",
        {"voting_round_id": "voting_round", "seat_id": "seat"},
        sa.Column("has_voted", sa.Boolean(), nullable=False),
        once=("voting_round_id", "seat_id"),
    )
    _by_seat("voter")
    _open_tables()
    _count_votes()
    op.drop_table("vote")


def _open_tables() -> None:
    """Whoever is at work when this runs goes on at one table, as they did."""
    op.execute("UPDATE deliberation SET opened_at = COALESCE(decided_at, CURRENT_TIMESTAMP)")


# A vote that was still going on is begun anew: half of a count would tell who agreed.
_ROUNDS = """
    INSERT INTO voting_round
        (deliberation_id, number, revision, seated, needed, agreeing, not_yet, state, on_paper, court_id)
    SELECT v.deliberation_id,
           (SELECT count(DISTINCT w.revision) FROM vote w
             WHERE w.deliberation_id = v.deliberation_id AND w.revision <= v.revision),
           v.revision,
           count(*),
           CASE WHEN c.decision_rule = 'unanimous' THEN count(*) ELSE count(*) / 2 + 1 END,
           CASE WHEN d.decided_at IS NULL THEN 0 ELSE sum(CASE WHEN v.agrees THEN 1 ELSE 0 END) END,
           CASE WHEN d.decided_at IS NULL THEN 0 ELSE sum(CASE WHEN v.agrees THEN 0 ELSE 1 END) END,
           CASE WHEN d.decided_at IS NULL OR v.revision <> d.revision THEN 'overtaken' ELSE 'counted' END,
           {no},
           v.court_id
      FROM vote v
      JOIN deliberation d ON d.id = v.deliberation_id
      JOIN court c ON c.id = v.court_id
      JOIN seat s ON s.id = v.seat_id AND s.stood_down_at IS NULL
     GROUP BY v.deliberation_id, v.revision, v.court_id, c.decision_rule, d.decided_at, d.revision
     ORDER BY v.deliberation_id, v.revision
"""
_FORGOTTEN = "UPDATE voting_round SET agreeing = 0, not_yet = 0 WHERE state = 'overtaken'"
_VOTERS = """
    INSERT INTO voter (voting_round_id, seat_id, has_voted, court_id)
    SELECT r.id, v.seat_id, {yes}, v.court_id
      FROM vote v
      JOIN voting_round r ON r.deliberation_id = v.deliberation_id AND r.revision = v.revision
     WHERE r.state = 'counted'
     ORDER BY r.id, v.seat_id
"""


def _count_votes() -> None:
    yes, no = ("TRUE", "FALSE") if op.get_bind().dialect.name == "postgresql" else ("1", "0")
    op.execute(_ROUNDS.format(no=no))
    op.execute(_FORGOTTEN)
    op.execute(_VOTERS.format(yes=yes))


def downgrade() -> None:
    _table(
        "vote",
        {"deliberation_id": "deliberation", "seat_id": "seat"},
        _number("revision"),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        once=("deliberation_id", "seat_id", "revision"),
    )
    for table in ("voter", "voting_round", "idea", "rating", "worksheet", "step_note"):
        op.drop_table(table)
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        for column in ("highest", "lowest", "purpose"):
            batch_op.drop_column(column)
    with op.batch_alter_table("deliberation", schema=None) as batch_op:
        for column in ("kept_spread", "opened_at"):
            batch_op.drop_column(column)
