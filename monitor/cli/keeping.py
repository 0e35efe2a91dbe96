"""Commands that keep: backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import app


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file; it becomes an SQLite database.")]) -> None:
    """Write the whole database into one file, while rounds go on; only you may read it."""
    from monitor import keeping_terminal

    keeping_terminal.back_up(file)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="What `likeness backup` wrote.")]) -> None:
    """Bring a backup back into an empty database, SQLite or PostgreSQL, compared row by row."""
    from monitor import keeping_terminal

    keeping_terminal.bring_back(file)
