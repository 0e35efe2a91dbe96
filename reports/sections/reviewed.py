"""How the findings fared under other eyes: persons, and the second opinion."""

from collections.abc import Mapping
from decimal import Decimal

from monitor.domain.portrait import Portrait
from monitor.domain.reviews import Reviewed, SecondReader
from reports import words
from reports.plain import one_line
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    reviewed = page.portrait.reviewed
    return {
        "right": _right(reviewed) if reviewed and reviewed.right.of else "",
        "readers": [_told(reader) for reader in reviewed.readers] if reviewed else [],
    }


def _right(reviewed: Reviewed) -> str:
    """Return the measured precision: how many of the reviewed findings were right."""
    right = reviewed.right
    verb = "was" if right.hits == 1 else "were"
    share = f"{words.percent(right.hits / right.of)}, {words.interval(reviewed.interval)}"
    return f"Of {words.count(right.of, 'reviewed finding')} {words.number(right.hits)} {verb} right ({share})."


def _told(reader: SecondReader) -> str:
    return (
        f"{one_line(reader.model)} was asked about {words.count(reader.asked, 'finding')}: it agrees on "
        f"{words.number(reader.agrees)}, disagrees on {words.number(reader.disagrees)}, and on "
        f"{words.number(reader.undecided)} one of the two abstained. Cost: {words.money(reader.cost)}."
    )


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("model", "asked", "agrees", "disagrees", "undecided", "cost")
    readers = portrait.reviewed.readers if portrait.reviewed else ()
    rows = tuple(
        (each.model, each.asked, each.agrees, each.disagrees, each.undecided, _cost(each.cost)) for each in readers
    )
    return (Table(name="second_opinions", columns=columns, rows=rows),)


def _cost(dollars: Decimal | None) -> str | None:
    return None if dollars is None else f"{dollars:f}"


SECTION = Section(id="reviewed", order=105, title="How right the findings were", view=_view, tables=_tables)
