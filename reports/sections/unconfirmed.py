"""Facts on the sheet that no person has confirmed for long."""

from collections.abc import Mapping

from monitor.domain.portrait import Portrait, Unconfirmed
from reports import words
from reports.plain import one_line
from reports.section import Page, Section
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    return {"facts": [_told(one) for one in page.portrait.unconfirmed]}


def _told(one: Unconfirmed) -> Mapping[str, str]:
    fact = one.fact
    return {
        "about": words.capital(one_line(fact.about or fact.id)),
        "says": one_line(fact.says or str(fact.value)),
        "since": words.day(one.since),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    rows = tuple((one.fact.id, one.fact.about, one.since.isoformat()) for one in portrait.unconfirmed)
    return (Table(name="unconfirmed_facts", columns=("fact", "about", "confirmed_last"), rows=rows),)


SECTION = Section(
    id="unconfirmed",
    order=109,
    title="Facts to look at again",
    view=_view,
    tables=_tables,
    shown=lambda page: bool(page.portrait.unconfirmed),
)
