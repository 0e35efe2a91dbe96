"""Digests: days of rounds added up, and what was computed from tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "round_id", "day", name=op.f("pk_digests")),
    )
    op.create_index("ix_digests_day", "digests", ["brand", "day"])
    op.create_table(
        "derived",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "name", "day", name=op.f("pk_derived")),
    )


def downgrade() -> None:
    op.drop_table("derived")
    op.drop_index("ix_digests_day", table_name="digests")
    op.drop_table("digests")
