"""Measures day by day, all prompts together: what a picture or a list of a series' days is made of."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Session

from monitor.domain.alerts import CourseDay
from monitor.domain.measures import Interval, Rate, Series
from storage.rows import Row, add
from storage.tables import CourseRow, DigestRow, table

_courses, _digests = table(CourseRow), table(DigestRow)
_WHOLE = ""  # the measure of a row that says that a day's courses are there


def save(tx: Session, brand: str, day: date, found: Mapping[Series, CourseDay]) -> None:
    """Keep what each series was on a day; what was kept of the day is replaced."""
    forget(tx, brand, [day])
    bodies: dict[tuple[str, str], list[object]] = {(_WHOLE, ""): []}
    for series, each in found.items():
        ends = (each.interval.low, each.interval.high) if each.interval else (None, None)
        body = [series.assistant_id, series.surface, each.rate.hits, each.rate.of, *ends]
        bodies.setdefault((series.measure, series.subject), []).append(body)
    add(tx, CourseRow, [_row(brand, day, *of_what, body) for of_what, body in bodies.items()])


def _row(brand: str, day: date, measure: str, subject: str, body: object) -> Row:
    return {"brand": brand, "measure": measure, "subject": subject, "day": day, "body": json.dumps(body)}


def load(tx: Session, brand: str, series: Series, start: date, end: date) -> Iterator[CourseDay]:
    """Yield the days from `start` to `end`, both included, on which a series was measured, oldest first."""
    mine = (_courses.c.brand == brand, _courses.c.measure == series.measure, _courses.c.subject == series.subject)
    wanted = (*mine, _courses.c.day >= start, _courses.c.day <= end)
    who = [series.assistant_id, series.surface]
    for day, body in tx.connection().execute(select(_courses.c.day, _courses.c.body).where(*wanted).order_by("day")):
        for assistant, surface, hits, of, low, high in json.loads(body):
            if [assistant, surface] == who:
                interval = None if low is None else Interval(low=low, high=high)
                yield CourseDay(day=day, rate=Rate(hits=hits, of=of), interval=interval)


def missing(tx: Session, brand: str, start: date, end: date) -> list[date]:
    """Return the days from `start` to `end` that were added up, and whose courses are not kept."""
    there = (_courses.c.brand == brand, _courses.c.measure == _WHOLE, _courses.c.subject == "")
    kept = select(1).where(*there, _courses.c.day == _digests.c.day).exists()
    wanted = (_digests.c.brand == brand, _digests.c.day >= start, _digests.c.day <= end)
    found = select(_digests.c.day).where(*wanted, ~kept).distinct().order_by(_digests.c.day)
    return list(tx.connection().execute(found).scalars())


def forget(tx: Session, brand: str, days: Collection[date]) -> None:
    tx.connection().execute(delete(_courses).where(_courses.c.brand == brand, _courses.c.day.in_(days)))
