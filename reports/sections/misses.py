"""Probes that brought no answer to read; none of them counts as 'not mentioned'."""

from collections.abc import Mapping

from monitor.domain.portrait import Panel, Portrait
from reports import words
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    return {"panels": [(panel, _why(panel)) for panel in page.portrait.panels]}


def _why(panel: Panel) -> str:
    reasons = sorted(panel.misses.items(), key=lambda item: -item[1])
    return words.joined([f"{words.miss(reason)} ({number})" for reason, number in reasons])


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    rows = tuple(
        (panel.label, panel.surface.value, reason, number)
        for panel in portrait.panels
        for reason, number in panel.misses.items()
    )
    return (Table(name="misses", columns=("assistant", "surface", "reason", "probes"), rows=rows),)


SECTION = Section(id="misses", order=100, title="Refusals and misses", view=_view, tables=_tables)
