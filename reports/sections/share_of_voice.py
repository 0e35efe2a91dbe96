"""Whose part of the talk is how large."""

from collections.abc import Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from reports import figures, grids
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    found = portrait.share_of_voice
    return {
        "grid": grids.grid(portrait, found),
        "figures": (
            *figures.comparison(portrait, found, title="Share of voice", axis="% of mentions"),
            *figures.trends(portrait, Measure.SHARE_OF_VOICE, title="Share of voice over time", axis="%"),
        ),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    return (grids.table(portrait, "share_of_voice", portrait.share_of_voice),)


SECTION = Section(id="share_of_voice", order=70, title="Share of voice", view=_view, tables=_tables)
