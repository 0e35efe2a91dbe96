"""Who holds an attempt, and whether that process still lives."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

# A container's main process is number 1 in every life of it: this tells its lives apart.
_LIFE = secrets.token_hex(4)

# Longer than any call may take (its total deadline is minutes): after it nobody waits for an answer any more.
PATIENCE = timedelta(hours=1)


def me() -> str:
    """Return this process as `host/number/life`."""
    return f"{socket.gethostname()}/{os.getpid()}/{_LIFE}"


def is_gone(owner: str, since: datetime, now: datetime) -> bool:
    """Whether the owner's process ended, or held something since so long ago that it must have given up.

    A process on another machine cannot be looked at, so there only the time decides; a time that is still to come was
    written by a clock that has been set back, and says no more than one that is as long ago.
    """
    host, _, rest = owner.partition("/")
    number, _, life = rest.partition("/")
    if now - since > PATIENCE or not number.isdecimal():
        return True
    if host != socket.gethostname():
        return since - now > PATIENCE
    if int(number) == os.getpid():
        return life != _LIFE
    return not _runs(int(number))


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, as somebody else
        return True
    return not _is_zombie(number)


def _is_zombie(number: int) -> bool:
    """Whether the process ended and only waits for its parent to notice (Linux; elsewhere nobody can tell)."""
    try:
        return Path(f"/proc/{number}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
