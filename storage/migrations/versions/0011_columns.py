"""Columns: the sums of a digest apart from what else it says, as bytes; so is what it says by topic. Digests are made again when they are wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _made_anew(
        sa.Column("columns", sa.LargeBinary(), nullable=False), sa.Column("topics", sa.LargeBinary(), nullable=False)
    )


def downgrade() -> None:
    _made_anew()


def _made_anew(*more: sa.Column[bytes]) -> None:
    op.execute("DELETE FROM derived")
    op.drop_index("ix_digests_day", table_name="digests")
    op.drop_table("digests")
    op.create_table(
        "digests",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("brand", "round_id", "day", name=op.f("pk_digests")),
    )
    op.create_index("ix_digests_day", "digests", ["brand", "day"])
