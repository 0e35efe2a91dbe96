"""What a person's word on a finding changes: the numbers of the rounds that hold it, and alerts that it closed."""

from collections.abc import Collection
from dataclasses import replace

from monitor.alerts import dismissals
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason
from monitor.domain.jobs import telling
from monitor.domain.wording import Wording, WordingKind, phrase
from monitor.pipeline.house import House
from monitor.pipeline.portraying import BEGINNING
from monitor.pipeline.posting import post
from monitor.pipeline.reading import measure
from storage import alerts as alert_rows
from storage import reviews, said
from storage.store import Transaction

_BACK = "A person took the dismissal back."


def recount(house: House, wordings: Collection[Wording]) -> int:
    """Measure the rounds again in which something is put in these words; returns how many there were."""
    facts: dict[str, set[str]] = {}
    for one in wordings:
        if one.kind is WordingKind.FACT:
            facts.setdefault(one.subject, set()).add(one.phrase)
    with house.store.snapshot() as tx:
        rounds = {round_id for fact, phrases in facts.items() for round_id in _holding(house, tx, fact, phrases)}
    for round_id in sorted(rounds):
        measure(house, round_id)
    return len(rounds)


def _holding(house: House, tx: Transaction, fact: str, phrases: Collection[str]) -> set[str]:
    claims = said.wrong_claims(tx, house.settings.brand, fact)
    return {round_id for round_id, words in claims if phrase(words) in phrases}


def restore(house: House) -> list[Change]:
    """Open the alerts again that were closed by dismissals which do not stand any more; who was told is told."""
    now, brand = house.clock(), house.settings.brand
    with house.store.transaction() as tx:
        dismissed = reviews.dismissed(tx, brand)
        known = alert_rows.alerts(tx, brand, BEGINNING, now, lock=True)
        standing = {alert.key for alert in known if alert.state is AlertState.OPEN}
        closed = {alert.key: alert for alert in known if alert.key not in standing and _closed_by_hand(alert)}
        back = [alert for alert in closed.values() if not dismissals.is_dismissed(alert, dismissed)]
        changes = [_reopened(house, alert) for alert in back]
        notices = post(house, tx, changes, now)
        alert_rows.apply(tx, changes, notices, now)
        house.enqueue(tx, telling(notices))
    return changes


def _closed_by_hand(alert: Alert) -> bool:
    return alert.state is AlertState.RESOLVED and alert.why == dismissals.WHY


def _reopened(house: House, alert: Alert) -> Change:
    opened = replace(alert, state=AlertState.OPEN, resolved_at=None, why="", reopened_at=house.clock())
    return Change(reason=NoticeReason.REOPENED, alert=opened, why=_BACK)
