"""Courses: measures day by day, all prompts together. They are made of digests after the next round."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "measure", "subject", "day", name=op.f("pk_courses")),
    )
    op.create_index("ix_courses_day", "courses", ["brand", "day"])


def downgrade() -> None:
    op.drop_index("ix_courses_day", table_name="courses")
    op.drop_table("courses")
