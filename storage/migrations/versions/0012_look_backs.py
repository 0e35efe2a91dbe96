"""Look-backs: what alerts recall of a round. They are made of stored answers when they are first wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look_backs",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "round_id", name=op.f("pk_look_backs")),
    )
    op.create_index("ix_look_backs_day", "look_backs", ["brand", "day"])
    op.create_index("ix_look_backs_round", "look_backs", ["round_id"])


def downgrade() -> None:
    op.drop_index("ix_look_backs_round", table_name="look_backs")
    op.drop_index("ix_look_backs_day", table_name="look_backs")
    op.drop_table("look_backs")
