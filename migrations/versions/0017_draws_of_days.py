"""A draw is of a day: rules for seating, secrets laid down before, pins and bars, bailiffs and clerks."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from migrations.walls import lower_walls

revision = "0017_draws_of_days"
down_revision = "0016_availability"

_NEXT = sa.text("state = 'committed'")
_OF_DAY = sa.text("state = 'published' AND kind = 'day'")
_MOMENT = sa.DateTime(timezone=True)

_court = sa.table("court", sa.column("id", sa.Integer))
_rules = sa.table(
    "seating_rules",
    *(
        sa.column(name)
        for name in (
            "court_id",
            "version",
            "places_a_day",
            "first_timers_most",
            "school_most",
            "experience",
            "band",
            "bailiffs",
            "clerks",
        )
    ),
    sa.column("open_cases_apart", sa.Boolean),
    *(sa.column(name, sa.JSON) for name in ("own_training", "aims", "quotas")),
)
_draw = sa.table(
    "draw",
    *(
        sa.column(name)
        for name in (
            "id",
            "court_session_id",
            "state",
            "secret",
            "commitment",
            "method",
            "facts_digest",
            "panel_id",
        )
    ),
    sa.column("committed_at", _MOMENT),
    sa.column("settled_at", _MOMENT),
    *(sa.column(name, sa.JSON) for name in ("facts", "result")),
)
_panel = sa.table(
    "panel",
    sa.column("id"),
    sa.column("hearing_id"),
    sa.column("draw_id"),
    sa.column("dissolved_at", _MOMENT),
)
_hearing = sa.table("hearing", sa.column("id"), sa.column("court_session_id"))


def upgrade() -> None:
    lower_walls(op.get_bind())  # they know the columns that go; env.py raises them again
    _keep_rules()
    with op.batch_alter_table("training") as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(40), nullable=False, server_default="juror"))
    with op.batch_alter_table("seat") as batch_op:
        batch_op.add_column(sa.Column("post", sa.String(40), nullable=False, server_default="panel"))
        batch_op.add_column(sa.Column("has_moved", sa.Boolean(), nullable=False, server_default=sa.false()))
    _let_draws_be_of_days()
    _keep_wishes()


def _keep_rules() -> None:
    op.create_table(
        "seating_rules",
        sa.Column("court_id", sa.Integer(), nullable=False),
        sa.Column("places_a_day", sa.Integer(), nullable=False),
        sa.Column("places_a_month", sa.Integer(), nullable=True),
        sa.Column("first_timers_most", sa.Integer(), nullable=False),
        sa.Column("school_most", sa.Integer(), nullable=False),
        sa.Column("experience", sa.String(40), nullable=False),
        sa.Column("open_cases_apart", sa.Boolean(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("bailiffs", sa.Integer(), nullable=False),
        sa.Column("clerks", sa.Integer(), nullable=False),
        sa.Column("own_training", sa.JSON(), nullable=False),
        sa.Column("aims", sa.JSON(), nullable=False),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_seating_rules_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating_rules")),
        sa.UniqueConstraint("court_id", name=op.f("uq_seating_rules_court_id")),
    )
    usual = {
        "version": 1,
        "places_a_day": 2,
        "first_timers_most": 50,
        "school_most": 50,
        "experience": "wanted",
        "open_cases_apart": True,
        "band": 25,
        "bailiffs": 0,
        "clerks": 0,
        "own_training": [],
        "aims": ["duty", "standby", "mix", "balance", "fair_share"],
        "quotas": [],
    }
    courts = op.get_bind().execute(sa.select(_court.c.id)).scalars().all()
    op.bulk_insert(_rules, [{"court_id": court_id, **usual} for court_id in courts])


def _let_draws_be_of_days() -> None:
    """What was drawn for one panel stays as it was, as a draw of its day, and its panel names it."""
    with op.batch_alter_table("panel") as batch_op:
        batch_op.add_column(sa.Column("draw_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_panel_draw_id"), ["draw_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_panel_draw_id"), "draw", ["draw_id"], ["id"])
    with op.batch_alter_table("draw") as batch_op:
        batch_op.alter_column("seed", new_column_name="secret", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("inputs", new_column_name="facts", existing_type=sa.JSON(), nullable=True)
        batch_op.alter_column("result", existing_type=sa.JSON(), nullable=True)
        batch_op.alter_column("drawn_at", new_column_name="settled_at", existing_type=_MOMENT, nullable=True)
        batch_op.alter_column(
            "drawn_by_id", new_column_name="settled_by_id", existing_type=sa.Integer(), nullable=True
        )
        batch_op.add_column(sa.Column("court_session_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("kind", sa.String(40), nullable=False, server_default="panel"))
        batch_op.add_column(sa.Column("state", sa.String(40), nullable=False, server_default="replaced"))
        batch_op.add_column(sa.Column("commitment", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("committed_at", _MOMENT, nullable=True))
        for name in ("public", "method", "versions", "facts_digest"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("counted", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("is_proven", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("forgotten_at", "asked_at", "found_at", "heard_at"):
            batch_op.add_column(sa.Column(name, _MOMENT, nullable=True))
        batch_op.add_column(sa.Column("asked_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("progress", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    _tie_old_draws_to_days()
    with op.batch_alter_table("draw") as batch_op:
        batch_op.drop_constraint("fk_draw_drawn_by_id", type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_draw_settled_by_id"), "user", ["settled_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_draw_asked_by_id"), "user", ["asked_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_draw_court_session_id"), "court_session", ["court_session_id"], ["id"]
        )
        batch_op.drop_constraint("fk_draw_panel_id", type_="foreignkey")
        batch_op.drop_index("ix_draw_panel_id")
        batch_op.drop_column("panel_id")
        batch_op.alter_column("court_session_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("committed_at", existing_type=_MOMENT, nullable=False)
        for name in ("kind", "state"):
            batch_op.alter_column(name, existing_type=sa.String(40), server_default=None)
        for name in ("commitment", "public", "method", "versions", "facts_digest"):
            batch_op.alter_column(name, existing_type=sa.String(), server_default=None)
        batch_op.alter_column("is_proven", existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column("attempt", existing_type=sa.Integer(), server_default=None)
        batch_op.create_index("ix_draw_of_day", ["court_session_id", "state"], unique=False)
        batch_op.create_index(
            "uq_draw_next", ["court_session_id"], unique=True, sqlite_where=_NEXT, postgresql_where=_NEXT
        )
        batch_op.create_index(
            "uq_draw_in_force",
            ["court_session_id"],
            unique=True,
            sqlite_where=_OF_DAY,
            postgresql_where=_OF_DAY,
        )


def _tie_old_draws_to_days() -> None:
    there = op.get_bind()
    drawn = sa.select(
        _draw.c.id,
        _draw.c.secret,
        _draw.c.facts,
        _draw.c.panel_id,
        _draw.c.settled_at,
        _hearing.c.court_session_id,
        _panel.c.dissolved_at,
    )
    drawn = drawn.join_from(_draw, _panel, _panel.c.id == _draw.c.panel_id)
    drawn = drawn.join(_hearing, _hearing.c.id == _panel.c.hearing_id)
    for old in there.execute(drawn).all():
        kept = json.dumps(old.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        now = {
            "court_session_id": old.court_session_id,
            "state": "published" if old.dissolved_at is None else "replaced",
            "commitment": hashlib.sha256(old.secret.encode()).hexdigest(),
            "committed_at": old.settled_at,
            "method": (old.facts or {}).get("method", ""),
            "facts_digest": hashlib.sha256(kept.encode()).hexdigest(),
        }
        there.execute(sa.update(_draw).where(_draw.c.id == old.id).values(now))
        there.execute(sa.update(_panel).where(_panel.c.id == old.panel_id).values(draw_id=old.id))


def _keep_wishes() -> None:
    for name, of_pins in (
        (
            "pin",
            (
                sa.Column("role", sa.String(40), nullable=False),
                sa.Column("block_id", sa.Integer(), nullable=True),
                sa.ForeignKeyConstraint(["block_id"], ["time_block.id"], name=op.f("fk_pin_block_id")),
            ),
        ),
        ("bar", ()),
    ):
        op.create_table(
            name,
            sa.Column("court_session_id", sa.Integer(), nullable=False),
            sa.Column("juror_id", sa.Integer(), nullable=False),
            sa.Column("hearing_id", sa.Integer(), nullable=True),
            sa.Column("reason", sa.String(), nullable=False),
            sa.Column("made_at", _MOMENT, nullable=False),
            sa.Column("made_by_id", sa.Integer(), nullable=False),
            sa.Column("court_id", sa.Integer(), nullable=False),
            sa.Column("id", sa.Integer(), nullable=False),
            *of_pins,
            sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f(f"fk_{name}_court_id")),
            sa.ForeignKeyConstraint(
                ["court_session_id"], ["court_session.id"], name=op.f(f"fk_{name}_court_session_id")
            ),
            sa.ForeignKeyConstraint(
                ["hearing_id"], ["hearing.id"], name=op.f(f"fk_{name}_hearing_id"), ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(["juror_id"], ["juror.id"], name=op.f(f"fk_{name}_juror_id")),
            sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f(f"fk_{name}_made_by_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        with op.batch_alter_table(name) as batch_op:
            for column in ("court_id", "court_session_id", "hearing_id"):
                batch_op.create_index(batch_op.f(f"ix_{name}_{column}"), [column], unique=False)


def downgrade() -> None:
    lower_walls(op.get_bind())
    op.drop_table("bar")
    op.drop_table("pin")
    _let_draws_be_of_panels()
    # Who was at a hearing without deciding, and who moved, was not known before.
    op.execute("DELETE FROM seat WHERE post <> 'panel'")
    with op.batch_alter_table("seat") as batch_op:
        batch_op.drop_column("has_moved")
        batch_op.drop_column("post")
    op.execute("DELETE FROM training WHERE role <> 'juror'")
    with op.batch_alter_table("training") as batch_op:
        batch_op.drop_column("role")
    op.drop_table("seating_rules")


def _let_draws_be_of_panels() -> None:
    """Only what was drawn for one panel has a place in the older tables."""
    with op.batch_alter_table("draw") as batch_op:
        batch_op.add_column(sa.Column("panel_id", sa.Integer(), nullable=True))
    of_panel = sa.select(sa.func.min(_panel.c.id)).where(_panel.c.draw_id == _draw.c.id).scalar_subquery()
    there = op.get_bind()
    there.execute(sa.update(_draw).values(panel_id=of_panel))
    there.execute(sa.update(_panel).values(draw_id=None))
    older = sa.and_(
        _draw.c.method == "sha256-lots-1",
        _draw.c.panel_id.is_not(None),
        _draw.c.facts.cast(sa.Text).is_not(None),
    )
    there.execute(sa.delete(_draw).where(sa.not_(older)))
    with op.batch_alter_table("panel") as batch_op:
        batch_op.drop_constraint("fk_panel_draw_id", type_="foreignkey")
        batch_op.drop_index("ix_panel_draw_id")
        batch_op.drop_column("draw_id")
    with op.batch_alter_table("draw") as batch_op:
        for name in ("uq_draw_in_force", "uq_draw_next", "ix_draw_of_day"):
            batch_op.drop_index(name)
        for name in ("settled_by_id", "asked_by_id", "court_session_id"):
            batch_op.drop_constraint(f"fk_draw_{name}", type_="foreignkey")
        for name in (
            *(
                "court_session_id",
                "kind",
                "state",
                "commitment",
                "committed_at",
                "public",
                "method",
                "versions",
            ),
            *("facts_digest", "counted", "is_proven", "forgotten_at", "asked_at", "found_at", "heard_at"),
            *("asked_by_id", "attempt", "progress", "version"),
        ):
            batch_op.drop_column(name)
        batch_op.alter_column("secret", new_column_name="seed", existing_type=sa.String())
        batch_op.alter_column("facts", new_column_name="inputs", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("result", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("settled_at", new_column_name="drawn_at", existing_type=_MOMENT, nullable=False)
        batch_op.alter_column(
            "settled_by_id", new_column_name="drawn_by_id", existing_type=sa.Integer(), nullable=False
        )
        batch_op.alter_column("panel_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("draw") as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_draw_drawn_by_id"), "user", ["drawn_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_draw_panel_id"), "panel", ["panel_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_draw_panel_id"), ["panel_id"], unique=False)
