"""The portrait out of digests, without reading an answer again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from monitor.domain import days
from monitor.domain.alerts import Alert
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact, Settings
from monitor.domain.digests import ClaimAt, Digest, Part
from monitor.domain.measures import Estimate, Measure, Series, Shift
from monitor.domain.portrait import BarrenPrompt, CitedDomain, FactPortrait, Line, Panel, Portrait
from monitor.domain.readings import Verdict
from monitor.domain.rounds import Round, RoundState
from monitor.drift import cited, lines, notes, summed
from monitor.drift.order import Order, is_due
from monitor.drift.quoted import Fetch, Quoted
from monitor.drift.summed import Summed


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the answers of a period."""

    rounds: Sequence[Round]
    rounds_due: int
    shifts: Sequence[Shift] = ()
    alerts: Sequence[Alert] = ()


def portrait(
    digests: Iterable[Digest], settings: Settings, *, start: date, end: date, beside: Beside, fetch: Fetch
) -> Portrait:
    """Compute the portrait of the days from `start` to `end`, both included.

    The digests are taken one at a time. `fetch` is asked once, for the few answers that are quoted.
    """
    sums, parts, claims = _added(digests, start, end)
    latest = _latest(parts)
    order = Order(settings, latest)
    quoted = Quoted(parts, claims, settings, fetch)
    estimates = _Estimates(sums.series, order)
    wrong = estimates(Measure.WRONG_RATE)
    counted = _counted(parts, settings.brand, start=start, end=end, beside=beside, zone=settings.zone)
    return replace(
        _estimated(counted, estimates),
        lines=_lines(sums.series, settings.brand, latest, start, end),
        panels=_panels(parts, order.assistants),
        facts=tuple(_fact(fact, parts, wrong, quoted) for fact in settings.sheet.facts),
        statements=quoted.statements(),
        domains=_domains(parts),
        barren=_barren(parts),
        shifts=_shifts(beside.shifts, start, end),
        alerts=tuple(beside.alerts),
        notes=notes.told(_asked(parts), {series: own.spans for series, own in sums.series.items()}, latest),
    )


def _added(digests: Iterable[Digest], start: date, end: date) -> tuple[summed.Sums, list[Part], list[ClaimAt]]:
    _, step = lines.steps(start, end)
    sums, parts, claims = summed.Sums(start, step), list[Part](), list[ClaimAt]()
    for digest in digests:
        if start <= digest.day <= end:
            sums.add(digest)
            parts += digest.parts
            claims += digest.quotable
    parts.sort(key=lambda part: part.first_at)
    return sums, parts, claims


def _shifts(found: Iterable[Shift], start: date, end: date) -> tuple[Shift, ...]:
    """The period's own, the newest first."""
    own = [shift for shift in found if start <= (shift.found or shift.since) <= end]
    return tuple(sorted(own, key=lambda shift: (shift.since, shift.evidence), reverse=True))


def _lines(
    groups: Mapping[Series, Summed], brand: str, labels: Mapping[str, str], start: date, end: date
) -> dict[str, tuple[Line, ...]]:
    days, _ = lines.steps(start, end)
    seen = [series for series in groups if lines.drawn(series, brand)]
    return lines.charts({series: groups[series].line(series, labels, days) for series in seen}, brand)


def _latest(parts: Iterable[Part]) -> dict[str, str]:
    """Return what each assistant was last called."""
    return {part.assistant_id: part.label or part.assistant_id for part in sorted(parts, key=lambda p: p.last_at)}


def _counted(parts: Sequence[Part], brand: str, *, start: date, end: date, beside: Beside, zone: str) -> Portrait:
    held = [held for held in beside.rounds if held.kind.in_series and start <= days.day(held.opened_at, zone) <= end]
    ran = [held for held in held if held.state is not RoundState.OPEN and is_due(held, beside.rounds_due)]
    return Portrait(
        brand=brand,
        start=start,
        end=end,
        rounds_due=beside.rounds_due,
        rounds_run=len(ran),
        rounds_partial=sum(round_.state is RoundState.PARTIAL for round_ in ran),
        answers=sum(part.answered for part in parts),
        claims=sum(part.claims for part in parts),
        checkable=sum(part.checkable for part in parts),
        imported=sum(part.imported for part in parts),
        cost=_cost(parts),
    )


def _cost(parts: Iterable[Part]) -> Decimal | None:
    known = [part.cost for part in parts if part.cost is not None]
    return sum(known, Decimal(0)) if known else None


def _estimated(counted: Portrait, estimates: "_Estimates") -> Portrait:
    return replace(
        counted,
        accuracy=estimates(Measure.ACCURACY),
        visibility=estimates(Measure.VISIBILITY),
        share_of_voice=estimates(Measure.SHARE_OF_VOICE),
        recommended=estimates(Measure.RECOMMENDED),
        net_stance=estimates(Measure.NET_STANCE),
        citation_rate=estimates(Measure.CITATION_RATE),
    )


class _Estimates:
    """The estimates of one measure, in the order of assistants and subjects."""

    def __init__(self, groups: Mapping[Series, Summed], order: Order) -> None:
        self._groups, self._order = groups, order

    def __call__(self, measure: Measure) -> tuple[Estimate, ...]:
        own = sorted((series for series in self._groups if series.measure is measure), key=self._order.place)
        return tuple(self._made(series) for series in own)

    def _made(self, series: Series) -> Estimate:
        sums = self._groups[series]
        made = sums.estimate(series)
        return replace(made, detectable=sums.reach(made))


def _panels(parts: Sequence[Part], order: Sequence[str]) -> tuple[Panel, ...]:
    places = {assistant: place for place, assistant in enumerate(order)}
    keys = {(part.assistant_id, part.surface) for part in parts}
    ordered = sorted(keys, key=lambda key: (places.get(key[0], len(places)), key))
    return tuple(_panel(key, [p for p in parts if (p.assistant_id, p.surface) == key]) for key in ordered)


def _panel(key: tuple[str, Surface], parts: Sequence[Part]) -> Panel:
    labels = [part.label for part in sorted(parts, key=lambda part: part.last_at)]
    return Panel(
        assistant_id=key[0],
        label=labels[-1],
        surface=key[1],
        models=tuple(_most_common(part.models for part in parts)),
        asked=sum(part.asked for part in parts),
        answered=sum(part.answered for part in parts),
        refused=sum(part.refused for part in parts),
        missed=sum(part.missed for part in parts),
        cut_off=sum(part.cut_off for part in parts),
        searched=sum(part.searched for part in parts) if any(part.told for part in parts) else None,
        misses=_most_common(part.misses for part in parts),
        cost=_cost(parts),
    )


def _most_common(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total.most_common())


def _fact(fact: Fact, parts: Sequence[Part], wrong: Sequence[Estimate], quoted: Quoted) -> FactPortrait:
    verdicts: Counter[Verdict] = Counter()
    for part in parts:
        verdicts.update(part.verdicts.get(fact.id, {}))
    return FactPortrait(
        fact=fact,
        supported=verdicts[Verdict.SUPPORTED],
        contradicted=verdicts[Verdict.CONTRADICTED],
        outdated=verdicts[Verdict.OUTDATED],
        unverified=verdicts[Verdict.UNVERIFIED],
        by_assistant=tuple(each for each in wrong if each.series.subject == fact.id),
        quotes=quoted.of_fact(fact.id),
    )


def _domains(parts: Sequence[Part]) -> tuple[CitedDomain, ...]:
    citations, answers, only, wrong = (Counter[cited.Domain]() for _ in range(4))
    for part in parts:
        for each in part.cited:
            key = (each.domain, each.owner, each.entity)
            citations[key] += each.citations
            answers[key] += each.answers
            only[key] += each.retrieved_only
            wrong[key] += each.wrong
    return cited.ranked(citations, answers, only, wrong)


def _barren(parts: Sequence[Part]) -> tuple[BarrenPrompt, ...]:
    texts: dict[str, str] = {}
    answers: Counter[str] = Counter()
    named: set[str] = set()
    for part in parts:
        named.update(part.naming)
        for prompt, asked in part.silent.items():
            texts[prompt] = asked.text
            answers[prompt] += asked.answers
    return tuple(
        BarrenPrompt(prompt_id=prompt, text=texts[prompt], answers=answers[prompt])
        for prompt in sorted(answers)
        if prompt not in named
    )


def _asked(parts: Sequence[Part]) -> notes.Asked:
    repeats: dict[str, tuple[int, int]] = {}
    for part in parts:
        repeated, read = repeats.get(part.assistant_id, (0, 0))
        repeats[part.assistant_id] = (repeated + part.texts - part.distinct, read + part.answered)
    return notes.Asked(
        names={name for part in parts for name in part.names},
        surfaces={part.surface for part in parts},
        imported=sum(part.imported for part in parts),
        repeats=repeats,
    )
