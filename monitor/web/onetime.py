"""What is shown once after a form was sent, such as a token: by a page that can be loaded anew and sends nothing.

The words wait in this process alone, for a few minutes and for whoever they were made for; no address, log or
database has them.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from monitor.web.access import Person

LASTS = timedelta(minutes=5)
_MOST = 200  # waiting at a time; the oldest make room


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something to be shown once."""

    said: str = ""
    link: str = ""
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    note: Note
    person: str
    until: datetime


class Notes:
    """Keeps notes until they are shown."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}
        self._lock = Lock()

    def put(self, person: Person, note: Note, now: datetime) -> str:
        """Keep a note for a person; returns what it is asked for by."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            fresh = {name: each for name, each in self._waiting.items() if each.until > now}
            self._waiting = dict([*fresh.items()][-_MOST + 1 :])
            self._waiting[key] = _Waiting(note=note, person=person.id, until=now + LASTS)
        return key

    def take(self, person: Person, key: str, now: datetime) -> Note | None:
        """Return a note for the one time that it is shown; None where there is none for this person any more."""
        with self._lock:
            found = self._waiting.get(key)
            if found is None or found.person != person.id:
                return None
            del self._waiting[key]
        return found.note if found.until > now else None


def _notes(request: Request) -> Notes:
    kept: Notes = request.app.state.notes
    return kept


AtNotes = Annotated[Notes, Depends(_notes)]
