"""What a reader in a hurry takes away: one sentence in all, one per assistant."""

from collections.abc import Mapping
from dataclasses import replace

from monitor.domain.documents import Edition
from monitor.domain.portrait import Portrait
from reports.section import Page, Section
from reports.summary import summary
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    if (
        page.edition is Edition.LEADERSHIP
    ):  # the changes and the assistants' numbers stand in sections of their own there
        return {"summary": replace(summary(replace(page.portrait, shifts=())), cards=())}
    return {"summary": summary(page.portrait)}


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = (
        "assistant", "surface", "models", "asked", "answered", "refused", "missed", "cut_off", "searched", "cost_usd",
    )  # fmt: skip
    rows = tuple(
        (
            panel.label, panel.surface.value, " ".join(panel.models), panel.asked, panel.answered, panel.refused,
            panel.missed, panel.cut_off, panel.searched, None if panel.cost is None else str(panel.cost),
        )
        for panel in portrait.panels
    )  # fmt: skip
    return (Table(name="assistants", columns=columns, rows=rows),)


SECTION = Section(
    id="headline",
    order=10,
    title="In short",
    view=_view,
    tables=_tables,
    editions=frozenset({Edition.FULL, Edition.LEADERSHIP}),
)
