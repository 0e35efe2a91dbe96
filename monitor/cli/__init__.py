"""The command line. Rooms are imported inside the commands, so that `likeness --help` answers at once."""

import sys
from typing import NoReturn

import typer

from monitor.cli import answers, documents, rounds
from monitor.cli.app import app
from monitor.domain.errors import Mistake

__all__ = ["answers", "app", "documents", "main", "rounds"]

# In the order in which a person comes to need them; what is not named comes last.
_ORDER = "init check run serve report review judge export apply import read reread demo".split()


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


app.registered_commands.sort(
    key=lambda command: _place(command.name or (command.callback.__name__ if command.callback else ""))
)


def main() -> NoReturn:
    """Run the command; a user's mistake is one sentence and exit code 2."""
    try:
        app(standalone_mode=True)
    except Mistake as mistake:
        typer.echo(str(mistake), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
