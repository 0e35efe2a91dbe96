"""Everything a report says about one period, computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.alerts import Alert
from monitor.domain.brand import Settings
from monitor.domain.measures import Estimate, Measure, Series, Shift, Tally
from monitor.domain.portrait import Portrait
from monitor.domain.readings import Verdict
from monitor.domain.rounds import Observation, Round, RoundKind, RoundState
from monitor.drift import detectable, found, lines, measures, notes, panels
from monitor.drift.estimates import estimate


def portrait(
    observations: Sequence[Observation],
    tallies: Sequence[Tally],
    settings: Settings,
    *,
    start: date,
    end: date,
    rounds: Sequence[Round],
    rounds_due: int,
    shifts: Sequence[Shift] = (),
    alerts: Sequence[Alert] = (),
) -> Portrait:
    """Compute the portrait of the days from `start` to `end`, both included.

    What is outside the period is left out, so a caller may hand in more than it needs.
    """
    seen = [o for o in observations if o.counts and start <= o.asked_at.date() <= end]
    groups = measures.by_series(tally for tally in tallies if start <= tally.day <= end)
    held = [held for held in rounds if held.kind.in_series and start <= held.opened_at.date() <= end]
    shown = [shift for shift in shifts if start <= (shift.found or shift.since) <= end]
    order = Order(settings, {o.assistant_id: o.assistant_label or o.assistant_id for o in seen})
    counted = _counted(seen, held, settings.brand, start=start, end=end, rounds_due=rounds_due)
    return replace(
        _estimated(counted, groups, order),
        panels=panels.panels(seen, order.assistants),
        facts=found.facts(seen, settings.sheet, order.estimates(groups, Measure.WRONG_RATE)),
        statements=found.statements(seen),
        domains=found.domains(seen),
        barren=found.barren(seen),
        shifts=tuple(sorted(shown, key=lambda shift: (shift.since, shift.evidence), reverse=True)),
        alerts=tuple(alerts),
        notes=notes.notes(seen, groups, order.labels),
    )


def _counted(
    seen: Sequence[Observation], held: Sequence[Round], brand: str, *, start: date, end: date, rounds_due: int
) -> Portrait:
    ran = [held for held in held if held.state is not RoundState.OPEN and is_due(held, rounds_due)]
    claims = [claim for observation in seen if (reading := measures.readable(observation)) for claim in reading.claims]
    return Portrait(
        brand=brand,
        start=start,
        end=end,
        rounds_due=rounds_due,
        rounds_run=len(ran),
        rounds_partial=sum(round_.state is RoundState.PARTIAL for round_ in ran),
        answers=sum(measures.readable(observation) is not None for observation in seen),
        claims=len(claims),
        checkable=sum(claim.verdict is not Verdict.UNVERIFIED for claim in claims),
        cost=panels.cost(seen),
    )


def _estimated(counted: Portrait, groups: dict[Series, list[Tally]], order: "Order") -> Portrait:
    return replace(
        counted,
        accuracy=order.estimates(groups, Measure.ACCURACY),
        visibility=order.estimates(groups, Measure.VISIBILITY),
        share_of_voice=order.estimates(groups, Measure.SHARE_OF_VOICE),
        recommended=order.estimates(groups, Measure.RECOMMENDED),
        net_stance=order.estimates(groups, Measure.NET_STANCE),
        citation_rate=order.estimates(groups, Measure.CITATION_RATE),
        lines=lines.lines(groups, counted.brand, order.labels, start=counted.start, end=counted.end),
    )


def is_due(held: Round, rounds_due: int) -> bool:
    """Beside "N rounds were due" only scheduled rounds count; where none was due, every round does."""
    return held.kind is RoundKind.SCHEDULED or not rounds_due


class Order:
    """Assistants in the brand file's order, entities in the sheet's; what is not in the file comes last."""

    def __init__(self, settings: Settings, labels: Mapping[str, str]) -> None:
        others = sorted(labels)
        self.assistants = tuple(dict.fromkeys([*(assistant.id for assistant in settings.assistants), *others]))
        self._subjects = [entity.name for entity in settings.sheet.entities] + [f.id for f in settings.sheet.facts]
        self.labels = labels

    def estimates(self, groups: dict[Series, list[Tally]], measure: Measure) -> tuple[Estimate, ...]:
        """Return the estimates of one measure; a series in which nothing was measured is not there."""
        own = sorted((series for series in groups if series.measure is measure), key=self.place)
        return tuple(_with_reach(estimate(series, groups[series]), groups[series]) for series in own)

    def place(self, series: Series) -> tuple[int, str, int, str]:
        return (
            _index(self.assistants, series.assistant_id),
            series.surface,
            _index(self._subjects, series.subject),
            series.subject,
        )


# Measures whose falls the panel's reach is stated for: shares of answers.
SHARES = frozenset({Measure.VISIBILITY, Measure.RECOMMENDED, Measure.CITATION_RATE})


def _with_reach(of: Estimate, tallies: Sequence[Tally]) -> Estimate:
    if of.series.measure not in SHARES or of.rate.value is None:
        return of
    return replace(of, detectable=detectable.within_a_month(tallies, of.rate.value))


def _index(items: Sequence[str], item: str) -> int:
    return items.index(item) if item in items else len(items)
