"""The pages that answers point to, and who owns them."""

from collections.abc import Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import CitedDomain, Portrait
from monitor.domain.readings import Owner
from reports import figures, grids
from reports.plain import one_line
from reports.section import Page, Section
from reports.tables import Table

_SHOWN = 25
_OWNERS = {Owner.OWN: "yours", Owner.COMPETITOR: "a competitor's", Owner.OTHER: "others'"}


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    ordered = sorted(portrait.domains, key=lambda each: (-each.citations, each.domain))
    return {
        "grid": grids.grid(portrait, portrait.citation_rate),
        "figures": figures.trends(
            portrait,
            Measure.CITATION_RATE,
            title=f"Answers that cite pages of {one_line(portrait.brand)}, over time",
            axis="%",
        ),
        "domains": [(each, owner(each)) for each in ordered[:_SHOWN]],
        "more": max(0, len(ordered) - _SHOWN),
        "total": sum(each.citations for each in ordered),
    }


def owner(each: CitedDomain) -> str:
    """Return whose domain it is: 'yours', 'Brisken (a competitor's)', 'others''."""
    whose = _OWNERS[each.owner]
    return f"{each.entity} ({whose})" if each.owner is Owner.COMPETITOR and each.entity else whose


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("domain", "owner", "entity", "citations", "answers", "retrieved_only")
    rows = tuple(
        (each.domain, each.owner.value, each.entity, each.citations, each.answers, each.retrieved_only)
        for each in portrait.domains
    )
    return (
        Table(name="sources", columns=columns, rows=rows),
        grids.table(portrait, "citation_rate", portrait.citation_rate),
    )


SECTION = Section(id="sources", order=80, title="Pages they cite", view=_view, tables=_tables)
