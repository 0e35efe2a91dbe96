"""Delivery: what a message remembers between its tries, threads, and the opening balance as something to be taken."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("notices", sa.Column("why", sa.Text(), nullable=False, server_default=""))
    op.add_column("notices", sa.Column("held_until", moment, nullable=True))
    op.add_column("notices", sa.Column("may_have_arrived", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notices", sa.Column("since", moment, nullable=True))
    op.add_column("notices", sa.Column("told_at", moment, nullable=True))
    op.create_table(
        "threads",
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "recipient", name=op.f("pk_threads")),
    )
    # Brands that were asked before had their opening balance.
    op.execute(
        "INSERT INTO slots (brand, purpose, key, claimed_at, state) "
        "SELECT rounds.brand, 'opening balance', 'first', MIN(rounds.opened_at), 'taken' FROM rounds "
        "JOIN probes ON probes.round_id = rounds.id JOIN attempts ON attempts.probe_id = probes.id "
        "WHERE rounds.kind <> 'imported' AND rounds.state <> 'open' AND attempts.state IN ('answered', 'refused') "
        "GROUP BY rounds.brand"
    )


def downgrade() -> None:
    op.execute("DELETE FROM slots WHERE purpose = 'opening balance'")
    op.drop_table("threads")
    for name in ("told_at", "since", "may_have_arrived", "held_until", "why"):
        op.drop_column("notices", name)
