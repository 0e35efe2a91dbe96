"""The report of one brand and one period: a single HTML file that fetches nothing, and tables beside it."""

from datetime import datetime

from markupsafe import Markup

from monitor.domain.portrait import Portrait
from reports import discretion, pages, words
from reports import tables as csv
from reports.plain import web_address
from reports.section import Page, Section
from reports.sections import ALL


def html(portrait: Portrait, *, made_at: datetime, site: str = "", confidential: bool = False) -> str:
    """Return the report; facts marked confidential are in it only if asked for."""
    hidden = frozenset() if confidential else discretion.confidential(portrait)
    shown = discretion.without(portrait, hidden)
    page = Page(portrait=shown, made_at=made_at, site=web_address(site), left_out=len(hidden))
    return pages.render(
        "report/report.html.j2",
        brand=portrait.brand,
        period=words.period(portrait.start, portrait.end),
        made_at=made_at,
        sections=[(section, _rendered(section, page)) for section in ALL],
    )


def tables(portrait: Portrait, *, confidential: bool = False) -> dict[str, str]:
    """Return CSV texts by file name."""
    shown = portrait if confidential else discretion.without(portrait, discretion.confidential(portrait))
    return {f"{table.name}.csv": csv.text(table) for section in ALL for table in section.tables(shown)}


def _rendered(section: Section, page: Page) -> Markup:
    # Already escaped by the section's own template.
    return Markup(pages.render(f"sections/{section.id}.html.j2", **section.view(page)))  # noqa: S704
