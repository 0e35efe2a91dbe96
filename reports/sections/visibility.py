"""How often each name comes up when nobody asked for it."""

from collections.abc import Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from reports import figures, grids
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    found = portrait.visibility
    return {
        "grid": grids.grid(portrait, found),
        "figures": (
            *figures.comparison(portrait, found, title="Answers that name each of them", axis="% of answers"),
            *figures.trends(portrait, Measure.VISIBILITY, title="Visibility over time", axis="%"),
        ),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    return (grids.table(portrait, "visibility", portrait.visibility),)


SECTION = Section(id="visibility", order=60, title="Visibility", view=_view, tables=_tables)
