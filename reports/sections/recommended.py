"""How often an answer tells its reader to choose a name."""

from collections.abc import Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from reports import figures, grids
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    found = portrait.recommended
    return {
        "grid": grids.grid(portrait, found),
        "figures": (
            *figures.comparison(portrait, found, title="Answers that recommend each of them", axis="% of answers"),
            *figures.trends(portrait, Measure.RECOMMENDED, title="Recommendations over time", axis="%"),
        ),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    return (grids.table(portrait, "recommended", portrait.recommended),)


SECTION = Section(id="recommended", order=65, title="Recommendations", view=_view, tables=_tables)
