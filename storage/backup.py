"""A whole database in one SQLite file, made while others write; and back from it into an empty database."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL
from sqlmodel import SQLModel

from storage.errors import StoreError
from storage.move import Progress, copy
from storage.prepared import driver
from storage.store import Store

_PAGES = 4_096  # of the file, copied between two words on how far it is
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A backup that was made or taken back."""

    rows: Mapping[str, int]  # of each table
    size: int  # bytes of the file
    digest: str  # SHA-256 of the file


def backup(store: Store, file: Path, *, on_progress: Progress) -> Kept:
    """Write all that the store holds at this moment into a new file; rounds may go on meanwhile.

    StoreError, and no file, where that cannot be done. Only the file's owner may read it.
    """
    if file.exists():
        raise StoreError(f"{file} exists already; name a new file, such as one with today's date.")
    with _written(file.parent, file) as draft:
        if store.writes_alone:
            _copy_pages(store, draft, on_progress)
        else:
            _copy_rows(store, draft, on_progress)
        rows = _stood_alone(draft, file)
        draft.replace(file)
    return Kept(rows=rows, size=file.stat().st_size, digest=_digest(file))


def restore(file: Path, store: Store, *, on_progress: Progress) -> Kept:
    """Bring a backup back into a store without rows; compared row by row before it counts.

    A backup of an older Likeness is brought up to date on the way; the file stays as it is.
    """
    if not _is_database(file):
        raise StoreError(f"{file} is no backup; name a file that `likeness backup` wrote.")
    with _written(Path(tempfile.gettempdir()), file) as draft:
        shutil.copyfile(file, draft)
        with closing(_opened(draft, file)) as source, source.snapshot() as old, store.transaction() as new:
            moved = copy(old, new, store.name, on_progress)
    return Kept(rows={each.table: each.rows for each in moved}, size=file.stat().st_size, digest=_digest(file))


def _opened(draft: Path, file: Path) -> Store:
    """Return the copy of a backup as a store; what is wrong with it is told of the backup."""
    try:
        return Store.open(_address(draft))
    except StoreError as error:
        raise StoreError(f"{file} cannot be brought back: it is damaged or cut off; take an older backup.") from error


@contextmanager
def _written(folder: Path, file: Path) -> Iterator[Path]:
    """Yield a file for the meantime that is gone afterwards, unless it was moved; faults are told about `file`."""
    with ExitStack() as undo:
        try:
            place = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix=".likeness-", dir=folder)))
            draft = place / "likeness.db"
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL, 0o600))
            yield draft
        except OSError as error:
            raise StoreError(f"{file}: {error.strerror or error}; choose another place or free some space.") from error
        except sqlite3.Error as error:
            raise StoreError(f"{file}: {error}; choose another place or free some space.") from error


def _copy_pages(store: Store, draft: Path, on_progress: Progress) -> None:
    """Copy an SQLite file page by page, all as it is at one moment: the snapshot is held until the last page."""

    def told(_status: int, left: int, total: int) -> None:
        on_progress("pages", total - left, total)

    with store.snapshot() as tx, closing(sqlite3.connect(draft)) as target:
        tx.connection().exec_driver_sql("SELECT count(*) FROM sqlite_master")  # a snapshot begins with its first look
        driver(tx).driver_connection.backup(target, pages=_PAGES, progress=told, sleep=0)


def _copy_rows(store: Store, draft: Path, on_progress: Progress) -> None:
    with closing(Store.open(_address(draft))) as target, store.snapshot() as old, target.transaction() as new:
        copy(old, new, target.name, on_progress)


def _stood_alone(draft: Path, file: Path) -> dict[str, int]:
    """Leave one file without companions, whole and on the disk; returns how many rows each of its tables has."""
    with closing(sqlite3.connect(draft)) as whole:
        whole.execute("PRAGMA journal_mode = DELETE")
        found = whole.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreError(f"The database is damaged ({found}), so {file} was not written; restore an older backup.")
        rows = {name: _count(whole, name) for name in SQLModel.metadata.tables}
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
    return rows


def _count(whole: sqlite3.Connection, table: str) -> int:
    return int(whole.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  -- our own table's name


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}; name a file that `likeness backup` wrote.") from error


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, hashlib.sha256).hexdigest()


def _address(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()
