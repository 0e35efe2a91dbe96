"""What speaks against holding another value than the sheet's against an answer; a net weighs it (`relevance`)."""

from collections.abc import Mapping
from datetime import date

from monitor.analysis import accusing, history, misdated, restriction, scope
from monitor.analysis.history import Told
from monitor.analysis.moments import Moment
from monitor.analysis.settling import Found
from monitor.domain.brand import Fact

NAMES = ("of_named", "of_other", "narrowed", "misplaced", "of_bearer", "weak", "coming", "planned", "of_less", "passed")


def of_value(one: Found, day: date, *, same: bool, former: bool) -> Mapping[str, bool]:
    """Return each doubt by its name; `same`, `former`: it is the sheet's value of today, or of once."""
    if same:
        return {}
    doubts = accusing.doubts(one.place, one.said, one.asked, former=former)
    if former:
        return {**doubts, "of_less": _of_less(one)}
    return {
        **doubts,
        "coming": _coming(one),
        "planned": _planned(one, day),
        "of_less": _of_less(one),
        "passed": one.asked.changes and not _of_now(one),
    }


def _coming(one: Found) -> bool:
    """Whether a time to come is spoken of: for what is measured, or where the sheet gives an end."""
    if one.asked.measured:
        return scope.future(one.place, one.said)
    return bool(one.asked.fact.until) and scope.announced(one.place, one.said)


def _of_now(one: Found) -> bool:
    fact, said, place = one.asked.fact, one.said, one.place
    ended = [former.until for former in fact.before if former.until]
    moved = one.asked.kind == "place" and misdated.moved_last(place, said, max(ended, default=None))
    event = one.asked.kind == "flag" or "exchange" in one.asked.concepts or moved
    return said.history is False or history.told(place, said, None, event=event) is Told.NOW


def _of_less(one: Found) -> bool:
    """Whether a part of what the fact is about may be meant: no accusation."""
    if one.asked.measured:
        return restriction.of_part(one.place, one.said, one.asked)
    return restriction.of_branch(one.place, one.said, one.asked)


def _planned(one: Found, day: date) -> bool:
    """Whether a day to come is told: of something planned, not of what the sheet tells."""
    value = one.said.value
    return isinstance(value, Moment) and value.first > day and not _is_ahead(one.asked.fact, day)


def _is_ahead(fact: Fact, day: date) -> bool:
    """Whether the sheet's own value is a time to come, such as the year of a goal."""
    return str(fact.value)[:4].isdigit() and int(str(fact.value)[:4]) > day.year
