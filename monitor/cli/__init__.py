"""The command line. Rooms are imported inside the commands, so that `likeness --help` answers at once."""

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import NoReturn

import typer

from monitor.cli.app import app
from monitor.domain.errors import Mistake

# Each file of this folder adds its commands to the application when it is imported.
for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")

# In the order in which a person comes to need them; what is not named comes last.
_ORDER = (
    *("init", "check", "run", "serve", "pages", "report", "alerts", "acknowledge", "silence", "why"),
    *("outbox", "review", "judge", "rounds", "export", "apply", "import", "read", "reread"),
    *("worker", "move", "backup", "restore", "doctor", "demo"),
)


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
