"""Statements on watched topics that are not on the sheet."""

from collections.abc import Mapping

from monitor.domain.portrait import Portrait
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    return {"statements": sorted(page.portrait.statements, key=lambda each: -each.answers)}


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("topic", "answers", "quote", "assistant", "surface", "asked_at", "answer_id")
    rows = tuple(
        (
            each.topic, each.answers, quote.text, quote.assistant_label, quote.surface.value,
            quote.asked_at.isoformat() if quote.asked_at else None, quote.answer_id,
        )
        for each in portrait.statements
        for quote in each.quotes
    )  # fmt: skip
    return (Table(name="new_statements", columns=columns, rows=rows),)


SECTION = Section(id="statements", order=50, title="Not on your sheet", view=_view, tables=_tables)
