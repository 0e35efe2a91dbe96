"""Commands about alerts: alerts, acknowledge, silence, why."""

from datetime import datetime
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, Brand, app
from monitor.domain.errors import Mistake

Id = Annotated[str, typer.Argument(help="The alert's id, or the beginning of it.")]
Note = Annotated[str, typer.Option(help="A word on it, for others.")]
By = Annotated[str, typer.Option("--by", help="Who says so; without it, the name you are logged in by.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back.")]


@app.command()
def alerts(
    brand: Brand = BRAND_YAML,
    all_: Annotated[bool, typer.Option("--all", help="Resolved ones as well.")] = False,  # noqa: FBT002 -- a flag
) -> None:
    """List the alerts that stand: what, since when, and what people do about them."""
    from monitor import alerts_terminal

    alerts_terminal.show(brand, resolved=all_)


@app.command()
def acknowledge(
    alert: Id,
    brand: Brand = BRAND_YAML,
    note: Note = "",
    by: By = "",
    undo: Undo = False,  # noqa: FBT002 -- a flag
) -> None:
    """Take care of an alert: no reminders; it is told when it gets worse."""
    from monitor import alerts_terminal

    alerts_terminal.acknowledge(brand, alert, note=note, by=by, undo=undo)


@app.command()
def silence(  # noqa: PLR0917 -- options of a command, given by name
    alert: Id,
    brand: Brand = BRAND_YAML,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which it may speak.")] = None,
    note: Note = "",
    by: By = "",
    undo: Undo = False,  # noqa: FBT002 -- a flag
) -> None:
    """Send nothing about an alert before a day; then it is spoken of again, if it still stands."""
    from monitor import alerts_terminal

    if undo is (until is not None):
        raise Mistake("Write --until and a day such as 2026-12-01, or --undo to end a silence.")
    alerts_terminal.silence(brand, alert, until=until.date() if until else None, note=note, by=by)


@app.command()
def why(
    about: Annotated[str, typer.Argument(help="A fact, a watched topic or a measure; without it, an overview.")] = "",
    brand: Brand = BRAND_YAML,
    assistant: Annotated[str, typer.Option(help="Only of the assistant with this id.")] = "",
) -> None:
    """Say why there is, or is not, a mail: what was seen, what would be told, what was held back."""
    from monitor import alerts_terminal

    alerts_terminal.why(brand, about, assistant=assistant)
