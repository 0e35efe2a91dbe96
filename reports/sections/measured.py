"""How the numbers were made."""

from collections.abc import Mapping

from monitor.domain.documents import Edition
from monitor.domain.portrait import Panel, Portrait
from reports import words
from reports.section import Page, Section
from reports.summary import rounds
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    return {
        "rounds": words.capital(rounds(portrait)) + ".",
        "panels": [_told(panel) for panel in portrait.panels],
        "cost": words.money(portrait.cost),
        "notes": portrait.notes,
        "machine": words.PARTLY if portrait.reviewed and portrait.reviewed.right.of else words.MACHINE,
    }


def _told(panel: Panel) -> str:
    models = f"; served by {words.joined(panel.models)}" if panel.models else ""
    looked = (
        ""
        if panel.searched is None
        else f"; {words.number(panel.searched)} of {words.count(panel.answered, 'answer')} really searched the web"
    )
    return f"{panel.label}, {words.surface(panel.surface)}{models}{looked}."


def _lines(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("chart", "line", "day", "hits", "of", "value", "low", "high")
    rows = []
    for name, lines in portrait.lines.items():
        for line in lines:
            for point in line.points:
                of = point.estimate
                numbers = (of.rate.hits, of.rate.of, of.rate.value) if of else (None, None, None)
                bounds = (of.interval.low, of.interval.high) if of and of.interval else (None, None)
                rows.append((name, line.label, point.day.isoformat(), *numbers, *bounds))
    return (Table(name="over_time", columns=columns, rows=tuple(rows)),)


SECTION = Section(
    id="measured",
    order=110,
    title="How this was measured",
    view=_view,
    tables=_lines,
    editions=frozenset({Edition.FULL, Edition.EVIDENCE}),
)
