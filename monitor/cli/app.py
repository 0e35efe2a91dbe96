"""The application itself, and what its commands share."""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.domain.errors import Mistake

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Brand = Annotated[Path, typer.Option("--brand", "-b", help="The brand file.")]
BRAND_YAML = Path("brand.yaml")
Brands = Annotated[
    list[Path], typer.Option("--brand", "-b", help="A brand file, or a folder of them; may be repeated.")
]
BRAND_YAMLS = [BRAND_YAML]
Host = Annotated[str, typer.Option(help="The address the pages listen on; beyond loopback it needs accounts.")]
Port = Annotated[int, typer.Option(help="The port of the pages.")]
Names = Annotated[list[str] | None, typer.Option("--name", help="A host name under which the pages are reached.")]


@app.callback()
def likeness(context: typer.Context) -> None:
    """Tell a brand how AI assistants portray it, and say when that portrait drifts from the facts."""
    if context.invoked_subcommand != "init":
        from monitor.service import logs

        serving = context.invoked_subcommand == "serve"
        logs.configure(json=serving and not sys.stderr.isatty(), quiet=not serving)


def drawing(*, wanted: bool) -> Callable[[str], bytes]:
    """What draws a PDF, imported only where one is wanted."""
    if not wanted:
        from monitor.service.build import no_pdf

        return no_pdf
    from reports.pdf import pdf

    return pdf


def late_pdf(html: str) -> bytes:
    """Draw a PDF; what does it is imported when the first one is wanted."""
    return drawing(wanted=True)(html)


def today(brand: Path) -> date:
    """The day that it is in the zone of a brand file."""
    from monitor.domain import days
    from monitor.service import build

    return days.day(build.utc_now(), build.read_brand(brand).zone)


def period(last: str, start: datetime | None, end: datetime | None, today: date) -> tuple[date, date]:
    """First and last day, both included."""
    final = end.date() if end else today
    if start:
        if start.date() > final:
            raise Mistake(f"--from {start.date()} lies after --to {final}; swap them.")
        return start.date(), final
    number, unit = last[:-1], last[-1:]
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and unit in {"d", "w"} and int(number)):  # noqa: PLR2004
        raise Mistake(f"--last {last!r} is no period; write a number of days or weeks, such as 30d or 12w.")
    return final - timedelta(days=int(number) * (7 if unit == "w" else 1) - 1), final


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Mistake(f"{path}: cannot be written ({error.strerror}); choose another place with --out.") from error
