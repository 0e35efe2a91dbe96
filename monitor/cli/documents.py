"""Commands that write documents: report, export, apply."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.app import BRAND_YAML, Brand, app, drawing, period, today


class What(StrEnum):
    ANSWERS = "answers"
    MENTIONS = "mentions"
    CITATIONS = "citations"
    CLAIMS = "claims"
    BRAND = "brand"


class EditionName(StrEnum):
    FULL = "full"
    LEADERSHIP = "leadership"
    EVIDENCE = "evidence"


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


@app.command()
def report(  # noqa: PLR0917 -- options of a command, given by name
    brand: Brand = BRAND_YAML,
    last: Annotated[str, typer.Option(help="How far back: 7d, 4w.")] = "30d",
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    to: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder it goes to.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF as well (needs the extra `pdf`).")] = False,  # noqa: FBT002
    edition: Annotated[EditionName, typer.Option(help="full, leadership (two pages) or evidence.")] = EditionName.FULL,
    compare: Annotated[bool, typer.Option("--compare", help="Beside as many days before.")] = False,  # noqa: FBT002
    assistant: Annotated[str, typer.Option(help="Of this assistant alone, by its id.")] = "",
    topic: Annotated[str, typer.Option(help="Of the prompts on this topic alone.")] = "",
    format_: Annotated[str, typer.Option("--format", help="What else: csv, jsonl, pdf, with commas between.")] = "csv",
) -> None:
    """Write the report of a period: one HTML file that stands alone, and its tables as CSV."""
    from reports import apart

    formats = ["html", *filter(None, (each.strip() for each in format_.split(","))), *(["pdf"] if pdf else [])]
    with apart.drawing():  # it gets ready while the rest is imported
        from monitor.domain.documents import Asked, Edition
        from monitor.service import build, reporting, which_text
        from monitor.service.environment import Environment

        environment = Environment()
        start, end = period(last, from_, to, today(brand))
        asked = Asked(
            start=start,
            end=end,
            edition=Edition(edition.value),
            before=reporting.days_before(start, end) if compare else None,
            assistant=assistant,
            topic=topic,
            formats=tuple(dict.fromkeys(formats)),
        )
        settings = build.read_brand(brand)
        with build.open_store(environment) as store:
            settings = which_text.insisted(store, settings, brand, build.utc_now())
            house = build.build(settings, environment, store=store, draw=drawing(wanted="pdf" in asked.formats))
            _say(reporting.write(house, asked, out or environment.reports_folder))


def _say(files: Sequence[Path]) -> None:
    tables = sum(file.suffix == ".csv" for file in files)
    typer.echo(f"Report: {files[0]}")
    if tables:
        typer.echo(f"Tables: {tables} CSV files beside it")
    for file in files[1:]:
        if file.suffix != ".csv":
            typer.echo(f"Beside it: {file}")


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

    start, end = period(last, None, None, today(brand))
    exports.write(brand, what.value, format_=format_.value, out=out, start=start, end=end)


@app.command()
def apply(
    file: Annotated[Path, typer.Argument(help="The edited brand file.")],
    base: Annotated[str, typer.Option(help="The version it was edited from; without it, the newest is shown.")] = "",
) -> None:
    """Make an edited brand file the newest version; refuses one that was edited from an older version."""
    from monitor.service import exports

    typer.echo(exports.apply(file, base))
