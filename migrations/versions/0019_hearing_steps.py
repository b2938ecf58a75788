"""How a hearing goes on in its room, what is kept of it, and what the court says and asks there."""

import sqlalchemy as sa
from alembic import op

revision = "0019_hearing_steps"
down_revision = "0018_season"

STEPS = (
    *("announce", "choice", "oath", "charge", "own_words", "guardian", "person_harmed"),
    *("questions", "last_words", "step_out", "read_out", "closing"),
)


def step() -> sa.Column:
    return sa.Column("step", sa.Enum(*STEPS, name="step", native_enum=False, length=40), nullable=False)


def version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def make(table: str, *columns: sa.Column, points_to: dict[str, str], unique: tuple[str, ...] = ()) -> None:
    """A table of rows that belong to a court; `points_to`: its other keys."""
    keys = {"court_id": "court", **points_to}
    op.create_table(
        table,
        *columns,
        *(sa.Column(key, sa.Integer(), nullable=False) for key in points_to),
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([key], [f"{other}.id"], name=op.f(f"fk_{table}_{key}"))
            for key, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *([sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}"))] if unique else []),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        for key in keys:
            if key != "by_id":
                batch_op.create_index(batch_op.f(f"ix_{table}_{key}"), [key], unique=False)


def upgrade() -> None:
    op.add_column("court", sa.Column("hearing_minutes", sa.Integer(), server_default="40", nullable=False))
    make(
        "hearing_step",
        step(),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        points_to={"hearing_id": "hearing", "by_id": "user"},
    )
    make(
        "question_asked",
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        points_to={"hearing_id": "hearing", "seat_id": "seat", "by_id": "user"},
    )
    make(
        "words_said",
        step(),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        version(),
        points_to={"hearing_id": "hearing", "by_id": "user"},
        unique=("hearing_id", "step"),
    )
    make(
        "judge_note",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        version(),
        points_to={"hearing_id": "hearing", "judge_id": "user"},
        unique=("hearing_id", "judge_id"),
    )
    make(
        "script_line",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_es", sa.String(), nullable=False),
        version(),
        points_to={},
        unique=("court_id", "key"),
    )
    make(
        "question_set",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("offence_words", sa.String(), nullable=False),
        sa.Column("offence_class", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("questions", sa.String(), nullable=False),
        sa.Column("questions_es", sa.String(), nullable=False),
        version(),
        points_to={},
    )


def downgrade() -> None:
    for table in (
        *("question_set", "script_line", "judge_note", "words_said"),
        *("question_asked", "hearing_step"),
    ):
        op.drop_table(table)
    op.drop_column("court", "hearing_minutes")
