"""Brings the tables of a database up to date when it is opened, once, however many programs open it."""

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, exc, inspect, text

from storage.errors import StoreError, in_words

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that nobody else takes for the same purpose: "LIKENESS" on a telephone's keys.
_MIGRATION_LOCK = 54536377


def upgrade(engine: Engine, name: str) -> None:
    """Migrate to the newest schema; StoreError for another program's file or a newer Likeness's."""
    with in_words(name):
        if engine.dialect.name == "sqlite":
            _write_ahead(engine)
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        script = ScriptDirectory.from_config(config)
        with engine.execution_options(writing=False).connect() as connection, connection.begin():
            if _revision(connection) == script.get_current_head():
                return
        with engine.execution_options(writing=True).connect() as connection, connection.begin():
            _migrate(connection, config, script, name)


def _write_ahead(engine: Engine) -> None:
    """Switch to write-ahead logging; kept in the file. SQLite does not wait for its turn here, so this does."""
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    for left in reversed(range(50)):
        try:
            with alone.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except exc.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(0.1)
        else:
            return


def _migrate(connection: Connection, config: Config, script: ScriptDirectory, name: str) -> None:
    """Migrate inside the caller's transaction: killed half-way, the database is as it was."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    _refuse_strangers(connection, script, name)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_strangers(connection: Connection, script: ScriptDirectory, name: str) -> None:
    revision = _revision(connection)
    known = {step.revision for step in script.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(f"The database {name} was written by a newer Likeness; update this one to open it.")
    if revision is None and set(inspect(connection).get_table_names()) & {"rounds", "answers", "alerts"}:
        raise StoreError(f"The database {name} holds tables of another program; name another one.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
