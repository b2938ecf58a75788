"""Versions: every record that people change counts its changes, so that none is written over unread."""

import sqlalchemy as sa
from alembic import op

revision = "0005_versions"
down_revision = "0004_retention"

TABLES = (
    "agency",
    "court",
    "finding",
    "grid_line",
    "guardianship",
    "hearing",
    "juror",
    "letter",
    "obligation",
    "offence",
    "panel",
    "person",
    "proposal",
    "reporting_period",
    "retention_rule",
    "room",
    "sanction_activity",
    "school",
    "seat",
    "service_site",
    "sitting",
    "vote",
)


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "version")
