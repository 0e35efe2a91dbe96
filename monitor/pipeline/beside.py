"""What stands beside the answers of a period: alerts as of its end, what was not told, and the sheet's values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.alerts import backthen, narrowing, words
from monitor.alerts.narrowing import Part
from monitor.domain import holding
from monitor.domain.alerts import Alert, AlertState, Held
from monitor.domain.brand import Fact
from monitor.domain.portrait import FactPortrait
from monitor.pipeline.house import House
from storage import alerts as alert_rows
from storage import answers, told
from storage import held as held_rows
from storage.store import Transaction


@dataclass(frozen=True, kw_only=True)
class Found:
    """Of a period, or of one assistant or topic in it."""

    alerts: Sequence[Alert]  # that stood in it, as they were at its end
    held: Sequence[Held]


def found(house: House, tx: Transaction, first: datetime, last: datetime, *, assistant: str, topic: str) -> Found:
    """Return what stood, or was not told, from `first` on and before `last`."""
    standing = _alerts(tx, house.settings.brand, first, last)
    back = held_rows.held(tx, house.settings.brand, first, last)
    if not assistant and not topic:
        return Found(alerts=standing, held=back)
    quoted = {quote.answer_id for one in back for quote in one.quotes}
    quoted |= {quote.answer_id for alert in standing for quote in alert.signal.quotes}
    part = Part(assistant=assistant, topic=topic, asked=_asked(house, tx, quoted))
    return Found(alerts=narrowing.alerts(standing, part), held=narrowing.held(back, part))


def _alerts(tx: Transaction, brand: str, first: datetime, last: datetime) -> list[Alert]:
    stood = alert_rows.alerts(tx, brand, first, last)
    moved = {alert.id: alert.opened_at for alert in stood if backthen.has_moved(alert, last)}
    known = told.before(tx, brand, moved, min(moved.values(), default=last), last)
    then = [backthen.as_of(alert, known.get(alert.id), last) for alert in stood]
    return [alert for alert in then if alert.state is AlertState.OPEN or (alert.resolved_at or last) >= first]


def _asked(house: House, tx: Transaction, answer_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    seen = answers.observations(tx, house.settings.brand, answer_ids=list(answer_ids))
    return {one.answer_id: (one.assistant_id, one.prompt.topic) for one in seen}


def as_held(shown: FactPortrait, start: date) -> FactPortrait:
    """Return what is said of a fact with the values that held in the period, where it began before the newest one."""
    fact, then = shown.fact, holding.on(shown.fact, start)
    if then is fact or then.until is None:
        return shown
    former = f"{words.capital(words.truth(then))} until {words.day(then.until)}"
    return replace(shown, fact=replace(fact, says=f"{former}; since then: {_says(fact)}"))


def _says(fact: Fact) -> str:
    return fact.says or words.truth(fact)
