"""Commands about answers: read, reread, import, judge, review."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, Brand, app, period, today


@app.command()
def read(
    answers: Annotated[Path, typer.Option(help="JSONL, one answer a line.")],
    out: Annotated[Path, typer.Option(help="Where the readings go, one a line.")],
    brand: Brand = BRAND_YAML,
) -> None:
    """Read a file of answers against a brand file: no database, no network, no cost."""
    from monitor import terminal

    terminal.read_file(brand, answers, out)


@app.command()
def reread(brand: Brand = BRAND_YAML) -> None:
    """Read all stored answers again with this analyzer and this brand file; old readings stay beside the new ones."""
    from monitor import terminal

    terminal.reread(brand)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSONL or CSV of captured answers.")],
    brand: Brand = BRAND_YAML,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", help="our=theirs, e.g. text=response, asked_at=metadata.timestamp; may be repeated."),
    ] = None,
    prompts: Annotated[Path | None, typer.Option(help="JSONL that gives the text of each prompt id.")] = None,
    surface: Annotated[str, typer.Option(help="Where they were captured: app, serp, api, api+search.")] = "app",
) -> None:
    """Take answers captured elsewhere; an import never sends mail."""
    from monitor import terminal

    terminal.import_file(brand, file, columns=columns or [], prompts=prompts, surface=surface)


@app.command()
def judge(
    brand: Brand = BRAND_YAML,
    dump: Annotated[Path | None, typer.Option(help="Write the questions to this JSONL file; nothing is asked.")] = None,
    load: Annotated[Path | None, typer.Option(help="Read replies from this JSONL file.")] = None,
    by: Annotated[str, typer.Option("--as", help="Who replied in the file, or will.")] = "by hand",
    last: Annotated[str, typer.Option(help="How far back to ask: 7d, 4w.")] = "30d",
) -> None:
    """Ask for a second opinion on what was flagged or could not be checked; off unless the brand file has a judge."""
    from monitor import review_terminal

    review_terminal.second_opinion(brand, dump=dump, load=load, by=by, period=period(last, None, None, today(brand)))


@app.command()
def review(  # noqa: PLR0917 -- typer gives them by name
    brand: Brand = BRAND_YAML,
    confirm: Annotated[list[str] | None, typer.Option(help="The finding with this id is right.")] = None,
    dismiss: Annotated[list[str] | None, typer.Option(help="It is none; the same words do not alarm again.")] = None,
    undo: Annotated[list[str] | None, typer.Option(help="Take back what was said of it.")] = None,
    by: Annotated[str, typer.Option(help="Who says so; you, if it is left out.")] = "",
    decided: Annotated[  # noqa: FBT002 -- a flag
        bool, typer.Option("--decided", help="List what was decided, by whom and when.")
    ] = False,
) -> None:
    """Go through the open findings: confirm or dismiss them; see what was decided, and take it back."""
    from monitor import review_terminal

    if decided:
        review_terminal.decided(brand)
    else:
        review_terminal.review(brand, confirm=confirm or [], dismiss=dismiss or [], undo=undo or [], by=by)
