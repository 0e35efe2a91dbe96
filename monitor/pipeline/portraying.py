"""portray: everything a report says about a stretch of days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.alerts import undelivered
from monitor.domain.measures import Series
from monitor.domain.portrait import Portrait
from monitor.drift import detect, why
from monitor.drift.portrait import portrait
from monitor.drift.reviewed import reviewed
from monitor.pipeline.house import HISTORY, House, naming
from storage import alerts as alert_rows
from storage import answers, opinions, outbox, reviews, rounds, tallies
from storage import held as held_rows

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def portray(house: House, start: date, end: date, *, rounds_due: int, assistant: str = "", topic: str = "") -> Portrait:
    """Everything a report says about the days from `start` to `end`, both included (UTC).

    With `assistant` or `topic`, everything about answers is of those alone.
    """
    brand = house.settings.brand
    first, last = bounds(start, end)
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, brand, first, last, label=naming(house.settings))
        counted = tallies.load(tx, brand, start, end)
        held = rounds.rounds(tx, brand, first, last)
        told = alert_rows.alerts(tx, brand, first, last)
        stuck = outbox.undelivered(tx, brand, since=first)
        back = held_rows.held(tx, brand, first, last)
        history = tallies.load(tx, brand, end - HISTORY, end)
        others = reviewed(reviews.reviews(tx, brand, first, last), opinions.opinions(tx, brand, first, last))
    made = portrait(
        [one for one in seen if assistant in {"", one.assistant_id} and topic in {"", one.prompt.topic}],
        [one for one in counted if _is_of(one.series, assistant, topic)],
        house.settings,
        start=start,
        end=end,
        rounds=held,
        rounds_due=rounds_due,
        shifts=[each for each in detect.shifts(history, brand) if _is_of(each.series, assistant, topic)],
        alerts=told,
    )
    labels = {panel.assistant_id: panel.label for panel in made.panels}
    post = undelivered.sentences(stuck, house.clock())
    notes = (*made.notes, *why.building(history, brand, labels), *post)
    return replace(made, held=tuple(back), reviewed=others, notes=notes)


def _is_of(series: Series, assistant: str, topic: str) -> bool:
    return assistant in {"", series.assistant_id} and topic in {"", series.topic}


def bounds(start: date, end: date) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day, UTC."""
    return _midnight(start), _midnight(end + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
