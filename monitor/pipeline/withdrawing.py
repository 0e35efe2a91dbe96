"""What a person's word does to the alerts that stand: those that have nothing left are closed."""

from collections.abc import Mapping
from datetime import timedelta

from monitor.alerts import dismissals, life
from monitor.domain.alerts import Change, Signal
from monitor.domain.jobs import telling
from monitor.pipeline.deciding import LOOK_BACK, signals
from monitor.pipeline.house import House
from monitor.pipeline.posting import post
from storage import alerts, reviews, rounds


def withdraw(house: House) -> list[Change]:
    """Close the alerts whose every quote a person dismissed; those who were told of them are told.

    An alert quotes a few answers of many: where the last round says it in other words too, it stands and quotes these.
    """
    now, brand = house.clock(), house.settings.brand
    with house.store.snapshot() as tx:
        dismissed = reviews.dismissed(tx, brand)
        any_left = any(dismissals.is_dismissed(each, dismissed) for each in alerts.open_alerts(tx, brand))
    found = _found(house) if any_left else {}
    with house.store.transaction() as tx:
        dismissed = reviews.dismissed(tx, brand)
        spent = [each for each in alerts.open_alerts(tx, brand) if dismissals.is_dismissed(each, dismissed)]
        alerts.keep(tx, [life.carried(each, found[each.key]) for each in spent if each.key in found])
        changes = [dismissals.closed(each, now) for each in spent if each.key not in found]
        notices = post(house, tx, changes, now)
        alerts.apply(tx, changes, notices, now)
        house.enqueue(tx, telling(notices))
    return changes


def _found(house: House) -> Mapping[str, Signal]:
    """Return what the last round that could open alerts says, without what was dismissed."""
    now = house.clock()
    with house.store.snapshot() as tx:
        ran = rounds.rounds(tx, house.settings.brand, now - LOOK_BACK, now + timedelta(seconds=1))
    spoke = [each for each in ran if each.kind in life.SPEAKING]
    return signals(house, spoke[-1]) if spoke else {}
