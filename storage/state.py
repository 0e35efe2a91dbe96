"""How far a database's tables have come, found without changing anything in it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage.connecting import engine_for, name_of
from storage.errors import in_words

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class Schema:
    """The step that a database's tables have reached."""

    name: str  # what the user calls the database
    file: Path | None  # SQLite's; None: PostgreSQL, or in memory
    revision: str | None  # None: there are no tables yet
    newest: str  # what this Likeness makes of it
    known: bool  # whether this Likeness knows the revision; a newer one may have written it


def schema(address: str) -> Schema:
    """Look at a database without making or migrating it; StoreError where it cannot be reached."""
    engine = engine_for(address, _PATIENCE)
    try:
        file = _file(engine)
        there = file is None or file.exists()
        revision = _revision(engine) if there else None
        script = ScriptDirectory(str(_MIGRATIONS))
        steps = {step.revision for step in script.walk_revisions()}
        return Schema(
            name=name_of(engine),
            file=file,
            revision=revision,
            newest=newest(),
            known=revision is None or revision in steps,
        )
    finally:
        engine.dispose()


def _file(engine: Engine) -> Path | None:
    named = engine.url.database
    is_file = engine.dialect.name == "sqlite" and named not in {None, "", ":memory:"}
    return Path(str(named)) if is_file else None


def _revision(engine: Engine) -> str | None:
    with in_words(name_of(engine)), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str:
    """Return the step that every open store has reached."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""
