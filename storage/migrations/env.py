"""Run by Alembic: the connection and its transaction are the caller's (storage/schema.py)."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  -- fills the metadata


def migrate() -> None:
    """Take the steps inside the transaction that the caller began."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=SQLModel.metadata,
        transactional_ddl=True,  # SQLite can roll back tables too, if BEGIN was said before them
    )
    context.run_migrations()


if __name__ == "env_py":  # so Alembic calls this file; one who only imports it migrates nothing
    migrate()
