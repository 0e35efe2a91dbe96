"""Who reviewed: the name of the person whose word on a finding it is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reviews", sa.Column("reviewed_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("reviews", "reviewed_by")
