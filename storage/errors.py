"""What goes wrong between the program and its database, in one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from monitor.domain.ledger import LedgerError


class StoreError(LedgerError):
    """The database cannot do what it was asked; the text is one sentence for the user."""

    def __init__(self, message: str, *, retry: bool = False, said: str = "cannot be used") -> None:
        super().__init__(message)
        self.said = said  # what is wrong with it, in words that do not name it
        self.retry = retry  # the cause may pass by itself: somebody else's lock, a database that restarts


# What the drivers say (lower case), what the user reads, and whether waiting may help. The first that fits is taken.
_SAYINGS: tuple[tuple[str, str, bool], ...] = (
    ("database is locked", "is held by another program; wait for it to finish or stop it", True),
    ("lock timeout", "is held by another program; wait for it to finish or stop it", True),
    ("deadlock", "was wanted by two programs at once; try again", True),
    ("is full", "cannot grow: the disk is full; free some space, nothing that was kept is lost", True),
    ("no space left", "cannot grow: the disk is full; free some space, nothing that was kept is lost", True),
    ("readonly", "may only be read here; make the file and its folder writable for this user", False),
    ("read-only", "may only be read here; use a database user who may write", False),
    ("unable to open", "cannot be opened; check that its folder exists and that this user may write there", False),
    ("not a database", "is not a Likeness database; name another file or move this one away", False),
    ("malformed", "is damaged; restore a backup, or save what can be read with `sqlite3 FILE .recover`", False),
    ("disk i/o", "cannot be read or written: the disk reports an error; check the disk and its free space", True),
    ("no such table", "is not a Likeness database; name another file or move this one away", False),
    ("password", "refuses the user or the password; check LIKENESS_DATABASE_URL", False),
    ("role", "does not know this user; check LIKENESS_DATABASE_URL", False),
    ("does not exist", "does not exist; create it (createdb) or check LIKENESS_DATABASE_URL", False),
    ("queuepool", "has no free connection left; run fewer workers or allow more connections", True),
    ("too many clients", "has no free connection left; run fewer workers or allow more connections", True),
)
_UNREACHABLE = "cannot be reached; check that it runs and that LIKENESS_DATABASE_URL names it"

# Faults of the surroundings. What else there is (IntegrityError, ProgrammingError ...) is the program's own fault.
_SURROUNDINGS = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn what a driver raises about the database called `name` into a StoreError."""
    try:
        yield
    except _SURROUNDINGS as error:
        raise told(error, name) from error
    except exc.DatabaseError as error:
        if type(error) is not exc.DatabaseError:  # a subclass: the program's own mistake
            raise
        raise told(error, name) from error


def told(error: exc.SQLAlchemyError, name: str) -> StoreError:
    """Return what the driver said as a sentence about the database called `name`."""
    said = str(getattr(error, "orig", None) or error).lower()
    words, retry = next(((words, retry) for saying, words, retry in _SAYINGS if saying in said), (_UNREACHABLE, True))
    return StoreError(f"The database {name} {words}.", retry=retry, said=words.partition(";")[0])
