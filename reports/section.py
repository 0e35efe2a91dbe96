"""What every section of the report declares; the files in sections/ hold one each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.documents import Edition, Exhibit
from monitor.domain.measures import Series
from monitor.domain.portrait import Portrait
from monitor.domain.spells import Since
from reports.tables import Table


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a section may look at."""

    portrait: Portrait
    made_at: datetime
    site: str = ""
    left_out: int = 0  # confidential facts that this report does not show
    before: Portrait | None = None  # what the period is compared with
    exhibits: tuple[Exhibit, ...] = ()  # of the evidence edition
    edition: Edition = Edition.FULL
    since: tuple[Since, ...] = ()  # since when each assistant is wrong about each fact


@dataclass(frozen=True, kw_only=True)
class Section:
    id: str  # also the name of its template, sections/<id>.html.j2
    order: int  # where it stands in the report
    title: str
    view: Callable[[Page], Mapping[str, object]]  # what its template is given
    tables: Callable[[Portrait], tuple[Table, ...]] = lambda _: ()
    editions: frozenset[Edition] = frozenset({Edition.FULL})
    shown: Callable[[Page], bool] = lambda _: True  # a section without anything to say may stay away


def asked(portrait: Portrait, series: Series) -> str:
    """Return the name of who was asked: 'OpenAI API, gpt-5 with search'."""
    for panel in portrait.panels:
        if panel.assistant_id == series.assistant_id and panel.surface is series.surface:
            return panel.label
    return f"{series.assistant_id} ({series.surface.value})"
