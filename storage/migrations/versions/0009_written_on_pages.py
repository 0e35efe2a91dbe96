"""Written on pages: whether a version of a brand file came from a file or from somebody at a page."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brand_files", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("brand_files", sa.Column("written_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("brand_files", "written_by")
    op.drop_column("brand_files", "taken_at")
