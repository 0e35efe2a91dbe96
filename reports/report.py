"""The report of one brand and one period: a single HTML file that fetches nothing, and tables beside it."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from monitor.domain.documents import Edition, Exhibit
from monitor.domain.portrait import Portrait
from monitor.domain.spells import Since
from reports import discretion, pages, words, zoned
from reports import tables as csv
from reports.plain import one_line, web_address
from reports.section import Page, Section
from reports.sections import ALL

_TITLES = {
    Edition.FULL: "How AI assistants portray {}",
    Edition.LEADERSHIP: "{}: what AI assistants tell the world",
    Edition.EVIDENCE: "Evidence: what AI assistants said about {}",
}
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def html(
    portrait: Portrait,
    *,
    made_at: datetime,
    site: str = "",
    confidential: bool = False,
    edition: Edition = Edition.FULL,
    before: Portrait | None = None,
    exhibits: Sequence[Exhibit] = (),
    logo: bytes = b"",
    assistant: str = "",
    topic: str = "",
    zone: str = "UTC",
    since: Sequence[Since] = (),
) -> str:
    """Return the report; facts marked confidential are in it only if asked for.

    `before` is the period to compare with, `exhibits` are what the evidence edition shows, `logo` is a PNG or JPEG.
    `assistant` (an id) and `topic` are what alone it is about; empty: all. Times are told as they are in `zone`.
    `since` is since when each assistant is wrong about each fact.
    """
    hidden = frozenset() if confidential else discretion.confidential(portrait)
    page = Page(
        portrait=_zoned(discretion.without(portrait, hidden), zone),
        made_at=zoned.at(made_at, zone),
        site=web_address(site),
        left_out=len(hidden),
        before=discretion.without(before, hidden) if before else None,
        exhibits=zoned.told(tuple(each for each in exhibits if each.fact not in hidden), zone),
        edition=edition,
        since=tuple(each for each in since if each.fact not in hidden and assistant in {"", each.assistant_id}),
    )
    sections = [section for section in ALL if edition in section.editions and section.shown(page)]
    return pages.render(
        "report/report.html.j2",
        title=_TITLES[edition].format(one_line(portrait.brand)),
        edition=edition,
        brand=portrait.brand,
        period=words.period(portrait.start, portrait.end),
        compared=words.period(before.start, before.end) if before else "",
        made_at=page.made_at,
        part=_part(portrait, assistant, topic),
        logo=picture(logo),
        sections=[(section, _rendered(section, page)) for section in sections],
    )


def _zoned(portrait: Portrait, zone: str) -> Portrait:
    """Return the portrait with the moments in it, which are those of quotes, alerts and what was held back."""
    return replace(
        portrait,
        facts=zoned.told(portrait.facts, zone),
        statements=zoned.told(portrait.statements, zone),
        alerts=zoned.told(portrait.alerts, zone),
        held=zoned.told(portrait.held, zone),
    )


def _part(portrait: Portrait, assistant: str, topic: str) -> str:
    """Return what alone a report is about, as 'only OpenAI API, gpt-5 with search; only the topic price'."""
    label = next((panel.label for panel in portrait.panels if panel.assistant_id == assistant), assistant)
    parts = [f"only {one_line(label)}"] if assistant else []
    return "; ".join([*parts, *([f"only the topic {one_line(topic)}"] if topic else [])])


def picture(logo: bytes) -> str:
    """Return a picture as an address that holds it; empty for what is neither PNG nor JPEG."""
    kind = "png" if logo.startswith(_PNG) else "jpeg" if logo.startswith(_JPEG) else ""
    return f"data:image/{kind};base64,{base64.b64encode(logo).decode()}" if kind else ""


def tables(portrait: Portrait, *, confidential: bool = False, zone: str = "UTC") -> dict[str, str]:
    """Return CSV texts by file name; days are those of `zone`, moments are UTC."""
    portrait = replace(portrait, held=zoned.told(portrait.held, zone))
    shown = portrait if confidential else discretion.without(portrait, discretion.confidential(portrait))
    return {f"{table.name}.csv": csv.text(table) for section in ALL for table in section.tables(shown)}


def _rendered(section: Section, page: Page) -> Markup:
    # Already escaped by the section's own template.
    return Markup(pages.render(f"sections/{section.id}.html.j2", **section.view(page)))  # noqa: S704
