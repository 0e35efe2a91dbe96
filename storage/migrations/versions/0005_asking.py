"""Asking: why an account is paused, and how much it may still be asked this minute."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A pause lasts minutes: what stood there is asked again and says so.
    op.drop_table("pauses")
    op.create_table(
        "pauses",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trials", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_pauses")),
    )
    op.create_table(
        "buckets",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("calls", sa.Float(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_buckets")),
    )


def downgrade() -> None:
    op.drop_table("buckets")
    op.drop_table("pauses")
    op.create_table(
        "pauses",
        sa.Column("assistant_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("assistant_id", name=op.f("pk_pauses")),
    )
