"""Commands that look after the program itself: doctor."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, app


@app.command()
def doctor(
    brand: Annotated[list[Path] | None, typer.Option("--brand", "-b", help="A brand file or a folder of them.")] = None,
    *,
    ask: Annotated[bool, typer.Option("--ask", help="Put one short question to each assistant; it costs.")] = False,
    mail_to: Annotated[str, typer.Option(help="Send one mail to this address.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check keys, hosts, mail, disk, clock and database, and say what to do; exit code 1 where something is broken."""
    from monitor import doctor_terminal

    named = brand or ([BRAND_YAML] if BRAND_YAML.exists() else [])
    raise typer.Exit(doctor_terminal.examine(named, ask=ask, mail_to=mail_to, as_json=as_json))
