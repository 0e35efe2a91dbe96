"""Commands that ask: init, check, run, serve, demo."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, BRAND_YAMLS, Brand, Brands, Host, Names, Port, app, late_pdf, write
from monitor.domain.errors import Mistake


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = BRAND_YAML,
    name: Annotated[str, typer.Option(help="The brand's name.")] = "Acme",
) -> None:
    """Write a commented brand file to start from."""
    from monitor.brandfile import starter

    if path.exists():
        raise Mistake(f"{path}: this file exists already; name another one or move it away.")
    write(path, starter(name))
    typer.echo(f"Wrote {path}. Edit it, then run: likeness check --brand {path}")


@app.command()
def check(
    brand: Brand = BRAND_YAML,
    prices: Annotated[Path | None, typer.Option(help="A price file that goes before the built-in one.")] = None,
) -> None:
    """Show what would be asked, of whom, what it costs and what it could detect; nothing is asked."""
    from monitor import terminal
    from monitor.service import forecast

    terminal.show_preview(forecast.preview(brand, prices=prices))


@app.command()
def run(
    brand: Brand = BRAND_YAML,
    resume: Annotated[  # noqa: FBT002 -- a flag
        bool, typer.Option("--resume", help="Finish what was left open, and ask again what failed and cost nothing.")
    ] = False,
) -> None:
    """Run one round now: ask, read, measure, decide, tell."""
    from monitor import rounds_terminal

    raise typer.Exit(rounds_terminal.run_round(brand, resume=resume))


@app.command()
def rounds(
    wanted: Annotated[str, typer.Argument(metavar="[ROUND]", help="One round by its id, or its beginning.")] = "",
    brand: Brand = BRAND_YAML,
    limit: Annotated[int, typer.Option(help="How many of the latest.", min=1)] = 20,
) -> None:
    """List the rounds with their states and costs, or say what is missing in one of them and what to do."""
    from monitor import rounds_terminal

    rounds_terminal.show_rounds(brand, wanted, limit=limit)


@app.command()
def serve(
    brand: Brands = BRAND_YAMLS,
    host: Host = "127.0.0.1",
    port: Port = 8400,
    name: Names = None,
    *,
    pages: Annotated[bool, typer.Option(help="Serve the pages too.")] = True,
) -> None:
    """Run rounds and reports on schedule, each brand at its own times, and serve the pages, until stopped."""
    import asyncio
    import os
    from contextlib import nullcontext

    from monitor.service import build, serving
    from monitor.service.desk import Desk
    from monitor.service.environment import Environment
    from monitor.web import server

    environment = Environment()
    with build.open_store(environment) as store:
        desk = Desk(store=store, environment=environment, files=brand, keys=os.environ, draw=late_pdf)
        with server.beside(desk, host=host, port=port, names=tuple(name or ())) if pages else nullcontext(""):
            asyncio.run(serving.serve(brand, environment, store=store, draw=late_pdf, also=desk.rounds.tell))


@app.command()
def demo(out: Annotated[Path, typer.Option(help="The folder for everything it makes.")] = Path("demo-output")) -> None:
    """Show six weeks of an invented brand on recorded answers, without a key and without cost."""
    from monitor import terminal

    terminal.show_demo(out)
