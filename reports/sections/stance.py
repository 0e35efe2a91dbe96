"""How the answers speak of each name."""

from collections.abc import Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from reports import figures, grids
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    found = portrait.net_stance
    return {
        "grid": grids.grid(portrait, found),
        "figures": (
            *figures.comparison(
                portrait, found, title="Net stance", axis="from -100 (all negative) to +100 (all positive)"
            ),
            *figures.trends(portrait, Measure.NET_STANCE, title="Net stance over time", axis="net stance"),
        ),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    return (grids.table(portrait, "stance", portrait.net_stance),)


SECTION = Section(id="stance", order=75, title="How they speak of you", view=_view, tables=_tables)
