"""What Prometheus is told: counted in the store when it asks, so that every process tells the same."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.service import health
from storage import brands, census
from storage.store import Store

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_DAY = timedelta(days=1)


def text(store: Store, now: datetime, *, sees: Callable[[str], bool] = lambda _: True) -> bytes:
    """Return the metrics of the brands that the asker sees, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Counts(store, now, sees))
    return generate_latest(registry)


class _Counts(Collector):
    def __init__(self, store: Store, now: datetime, sees: Callable[[str], bool]) -> None:
        self._store, self._now, self._sees = store, now, sees

    def collect(self) -> Iterator[Metric]:
        yield from self._of_brands()
        yield from self._of_the_program()

    def _of_brands(self) -> Iterator[Metric]:
        with self._store.snapshot() as tx:
            seen = [name for name in brands.names(tx) if self._sees(name)]
            rounds, spent = census.rounds(tx), census.spent(tx)
            probes = census.probes(tx, seen, self._now - _DAY)
        ran = CounterMetricFamily("likeness_rounds", "Rounds, ever.", labels=["brand", "kind", "state"])
        for one in rounds:
            if self._sees(one.brand):
                ran.add_metric([one.brand, one.kind, one.state], one.count)
        yield ran
        asked = GaugeMetricFamily(
            "likeness_probes_last_day", "Probes asked in the last 24 hours.", labels=["brand", "state", "miss"]
        )
        for each in probes:
            asked.add_metric([each.brand, each.state, each.miss or ""], each.count)
        yield asked
        cost = CounterMetricFamily("likeness_cost_dollars", "What calls have cost, US dollars.", labels=["brand"])
        for brand, amount in spent.items():
            if self._sees(brand):
                cost.add_metric([brand], float(amount))
        yield cost

    def _of_the_program(self) -> Iterator[Metric]:
        found = health.look(self._store, self._now)
        with self._store.snapshot() as tx:
            delays = census.reading_delays(tx, self._now - _DAY)
        if found.last_tick:
            age = (self._now - found.last_tick).total_seconds()
            yield GaugeMetricFamily("likeness_tick_age_seconds", "Since the clock ticked last.", age)
        yield GaugeMetricFamily("likeness_undelivered", "Messages that are due and not delivered.", found.undelivered)
        yield GaugeMetricFamily(
            "likeness_undelivered_oldest_seconds", "For how long the oldest is due.", found.oldest.total_seconds()
        )
        yield GaugeMetricFamily("likeness_paused_assistants", "Accounts that must not be asked now.", found.paused)
        yield GaugeMetricFamily("likeness_need_help", "Of these, that only a person can mend.", found.need_help)
        if delays:
            mean = sum(delays) / len(delays)
            yield GaugeMetricFamily("likeness_reading_delay_seconds", "From an answer to its reading, mean.", mean)
