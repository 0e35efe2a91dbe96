"""The command line. Rooms are imported inside the commands, so that `likeness --help` answers at once."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from monitor.domain.errors import Mistake

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Brand = Annotated[Path, typer.Option("--brand", "-b", help="The brand file.")]
BRAND_YAML = Path("brand.yaml")


class What(StrEnum):
    ANSWERS = "answers"
    MENTIONS = "mentions"
    CITATIONS = "citations"
    CLAIMS = "claims"
    BRAND = "brand"


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


@app.callback()
def likeness(context: typer.Context) -> None:
    """Tell a brand how AI assistants portray it, and say when that portrait drifts from the facts."""
    if context.invoked_subcommand != "init":
        from monitor.service import logs

        serving = context.invoked_subcommand == "serve"
        logs.configure(json=serving and not sys.stderr.isatty(), quiet=not serving)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = BRAND_YAML,
    name: Annotated[str, typer.Option(help="The brand's name.")] = "Acme",
) -> None:
    """Write a commented brand file to start from."""
    from monitor.brandfile import starter

    if path.exists():
        raise Mistake(f"{path}: this file exists already; name another one or move it away.")
    _write(path, starter(name))
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
    resume: Annotated[bool, typer.Option("--resume", help="Finish what an earlier run left open.")] = False,  # noqa: FBT002 -- a flag
) -> None:
    """Run one round now: ask, read, measure, decide, tell."""
    from monitor import terminal

    raise typer.Exit(terminal.run_round(brand, resume=resume))


@app.command()
def serve(brand: Brand = BRAND_YAML) -> None:
    """Run rounds and reports on schedule until stopped."""
    import asyncio

    from monitor.service import build, clock
    from monitor.service.environment import Environment

    settings = build.read_brand(brand, "prompts", "assistants", "schedule")
    environment = Environment()
    draw = _drawing(wanted=any("pdf" in plan.formats for plan in settings.reports))
    with build.open_store(environment) as store:
        asyncio.run(clock.serve(build.build(settings, environment, store=store, draw=draw)))


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
def export(
    what: Annotated[What, typer.Argument(help="What to export.")],
    brand: Brand = BRAND_YAML,
    format_: Annotated[Format, typer.Option("--format", help="csv or jsonl.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="A file; without it, standard output.")] = None,
    last: Annotated[str, typer.Option(help="How far back: 30d, 12w.")] = "3650d",
) -> None:
    """Write answers, mentions, citations or claims as a table, or the newest brand file."""
    from monitor.service import exports

    start, end = _period(last, None, None)
    exports.write(brand, what.value, format_=format_.value, out=out, start=start, end=end)


@app.command()
def apply(
    file: Annotated[Path, typer.Argument(help="The edited brand file.")],
    base: Annotated[str, typer.Option(help="The version it was edited from; without it, the newest is shown.")] = "",
) -> None:
    """Make an edited brand file the newest version; refuses one that was edited from an older version."""
    from monitor.service import exports

    typer.echo(exports.apply(file, base))


@app.command()
def report(  # noqa: PLR0917 -- options of a command, given by name
    brand: Brand = BRAND_YAML,
    last: Annotated[str, typer.Option(help="How far back: 7d, 4w.")] = "30d",
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    to: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder it goes to.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF as well (needs the extra `pdf`).")] = False,  # noqa: FBT002
) -> None:
    """Write the report of a period: one HTML file that stands alone, and its tables as CSV."""
    from monitor.service import build, documents
    from monitor.service.environment import Environment

    environment = Environment()
    start, end = _period(last, from_, to)
    settings = build.read_brand(brand)
    with build.open_store(environment) as store:
        house = build.build(settings, environment, store=store, draw=_drawing(wanted=pdf))
        files = documents.write(house, start, end, out or environment.reports_folder, pdf=pdf)
    tables = sum(file.suffix == ".csv" for file in files)
    typer.echo(f"Report: {files[0]}\nTables: {tables} CSV files beside it")


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

    review_terminal.second_opinion(brand, dump=dump, load=load, by=by, period=_period(last, None, None))


@app.command()
def review(
    brand: Brand = BRAND_YAML,
    confirm: Annotated[list[str] | None, typer.Option(help="The finding with this id is right.")] = None,
    dismiss: Annotated[list[str] | None, typer.Option(help="It is none; the same words do not alarm again.")] = None,
) -> None:
    """Go through the open findings: confirm or dismiss them."""
    from monitor import review_terminal

    review_terminal.review(brand, confirm=confirm or [], dismiss=dismiss or [])


@app.command()
def demo(out: Annotated[Path, typer.Option(help="The folder for everything it makes.")] = Path("demo-output")) -> None:
    """Show six weeks of an invented brand on recorded answers, without a key and without cost."""
    from monitor import terminal

    terminal.show_demo(out)


def _drawing(*, wanted: bool) -> Callable[[str], bytes]:
    """What draws a PDF, imported only where one is wanted."""
    if not wanted:
        from monitor.service.build import no_pdf

        return no_pdf
    from reports.pdf import pdf

    return pdf


def _period(last: str, start: datetime | None, end: datetime | None) -> tuple[date, date]:
    """First and last day, both included."""
    final = end.date() if end else datetime.now(UTC).date()
    if start:
        if start.date() > final:
            raise Mistake(f"--from {start.date()} lies after --to {final}; swap them.")
        return start.date(), final
    number, unit = last[:-1], last[-1:]
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and unit in {"d", "w"} and int(number)):  # noqa: PLR2004
        raise Mistake(f"--last {last!r} is no period; write a number of days or weeks, such as 30d or 12w.")
    return final - timedelta(days=int(number) * (7 if unit == "w" else 1) - 1), final


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Mistake(f"{path}: cannot be written ({error.strerror}); choose another place with --out.") from error


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
