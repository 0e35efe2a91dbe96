"""What people were told of an alert and did about it; what was held back; what was asked for again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("alerts", sa.Column("silenced_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("alerts", sa.Column("life", sa.Text(), nullable=False, server_default="{}"))
    op.create_table(
        "held",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "round_id", "key", "reason", name=op.f("pk_held")),
    )
    op.create_index("ix_held_at", "held", ["brand", "at"], unique=False)
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("brand", "round_id", "key", name=op.f("uq_confirmations_brand_round_id_key")),
    )
    op.create_index("ix_confirmations_opened", "confirmations", ["brand", "opened_at"], unique=False)
    op.create_index("ix_confirmations_asked", "confirmations", ["asked_in"], unique=False)


def downgrade() -> None:
    op.drop_table("confirmations")
    op.drop_table("held")
    for name in ("life", "silenced_until", "reopened_at"):
        op.drop_column("alerts", name)
