"""A portrait straight from the answers, all held at once: what the portrait out of digests is compared with."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from monitor.domain import wording
from monitor.domain.alerts import Quote
from monitor.domain.brand import Fact, Settings
from monitor.domain.measures import Estimate, Measure, Series, Tally
from monitor.domain.portrait import BarrenPrompt, FactPortrait, Line, Point, Portrait, Statement
from monitor.domain.quoting import quote
from monitor.domain.readings import WORST_FIRST, Claim, NewStatement, Reading, Span, Verdict
from monitor.domain.rounds import Observation, RoundKind
from monitor.drift import cited, detectable, lines, measures, notes, panels, regimes
from monitor.drift.digesting import MOST_QUOTES
from monitor.drift.estimates import estimate
from monitor.drift.order import Order
from monitor.drift.quoted import SHARED_WORDS

_Read = tuple[Observation, Reading]
_Told = tuple[Observation, NewStatement]
_Groups = Mapping[Series, Sequence[Tally]]


def portrait(
    observations: Sequence[Observation], tallies: Sequence[Tally], settings: Settings, *, start: date, end: date
) -> Portrait:
    """Return the portrait of the days from `start` to `end`, both included, without rounds, shifts and alerts."""
    seen = [o for o in observations if o.counts and start <= o.asked_at.date() <= end]
    read = [(one, reading) for one in seen if (reading := measures.readable(one)) is not None]
    groups = measures.by_series(tally for tally in tallies if start <= tally.day <= end)
    labels = {o.assistant_id: o.assistant_label or o.assistant_id for o in seen}
    order = Order(settings, labels)
    wrong = _estimates(groups, order, Measure.WRONG_RATE)
    return replace(
        _counted(seen, read, settings.brand, start=start, end=end),
        accuracy=_estimates(groups, order, Measure.ACCURACY),
        visibility=_estimates(groups, order, Measure.VISIBILITY),
        share_of_voice=_estimates(groups, order, Measure.SHARE_OF_VOICE),
        recommended=_estimates(groups, order, Measure.RECOMMENDED),
        net_stance=_estimates(groups, order, Measure.NET_STANCE),
        citation_rate=_estimates(groups, order, Measure.CITATION_RATE),
        lines=_lines(groups, settings.brand, labels, start=start, end=end),
        panels=panels.panels(seen, order.assistants),
        facts=tuple(_fact(f, read, [e for e in wrong if e.series.subject == f.id]) for f in settings.sheet.facts),
        statements=_statements(read),
        domains=cited.domains(seen),
        barren=_barren(read),
        notes=_notes(seen, groups, labels),
    )


def _counted(seen: Sequence[Observation], read: Sequence[_Read], brand: str, *, start: date, end: date) -> Portrait:
    claims = [claim for _, reading in read for claim in reading.claims]
    return Portrait(
        brand=brand,
        start=start,
        end=end,
        rounds_due=0,
        rounds_run=0,
        rounds_partial=0,
        answers=len(read),
        claims=len(claims),
        checkable=sum(claim.verdict is not Verdict.UNVERIFIED for claim in claims),
        imported=sum(one.kind is RoundKind.IMPORTED for one in seen),
        cost=panels.cost(seen),
    )


def _estimates(groups: _Groups, order: Order, measure: Measure) -> tuple[Estimate, ...]:
    own = sorted((series for series in groups if series.measure is measure), key=order.place)
    return tuple(_with_reach(estimate(series, groups[series]), groups[series]) for series in own)


def _with_reach(of: Estimate, tallies: Sequence[Tally]) -> Estimate:
    if of.series.measure not in detectable.SHARES or of.rate.value is None:
        return of
    return replace(of, detectable=_within_a_month(tallies, of.rate.value))


def _within_a_month(tallies: Sequence[Tally], rate: float) -> float | None:
    asked = {(tally.day, tally.prompt_id) for tally in tallies}
    answers = sum(tally.answers or tally.of for tally in tallies)
    return detectable.reach(sorted({tally.day for tally in tallies}), len(asked), answers, rate)


def _lines(
    groups: _Groups, brand: str, labels: Mapping[str, str], *, start: date, end: date
) -> dict[str, tuple[Line, ...]]:
    drawn = {series: own for series, own in groups.items() if lines.drawn(series, brand)}
    return lines.charts({s: _line(s, own, labels, start=start, end=end) for s, own in drawn.items()}, brand)


def _line(series: Series, tallies: Sequence[Tally], labels: Mapping[str, str], *, start: date, end: date) -> Line:
    days, step = lines.steps(start, end)
    return Line(
        label=lines.name(series, labels),
        points=tuple(_point(series, tallies, day, step) for day in days),
        regimes=tuple((span.start, span.cause) for span in regimes.spans(tallies) if span.cause),
    )


def _point(series: Series, tallies: Sequence[Tally], day: date, step: int) -> Point:
    within = [tally for tally in tallies if day <= tally.day < day + timedelta(days=step)]
    return Point(day=day, estimate=estimate(series, within) if within else None)


def _notes(seen: Sequence[Observation], groups: _Groups, labels: Mapping[str, str]) -> tuple[str, ...]:
    asked = notes.Asked(
        names={name for observation in seen for name in observation.prompt.names},
        surfaces={observation.surface for observation in seen},
        imported=sum(observation.kind is RoundKind.IMPORTED for observation in seen),
        repeats={assistant: _repeats(seen, assistant) for assistant in {o.assistant_id for o in seen}},
    )
    return notes.told(asked, {series: regimes.spans(tallies) for series, tallies in groups.items()}, labels)


def _repeats(seen: Sequence[Observation], assistant: str) -> tuple[int, int]:
    read = [o for o in seen if o.assistant_id == assistant and measures.readable(o) is not None]
    distinct = {(o.round_id, o.prompt.id, o.text) for o in read if o.text}
    return sum(bool(o.text) for o in read) - len(distinct), len(read)


def _fact(fact: Fact, read: Sequence[_Read], wrong: Sequence[Estimate]) -> FactPortrait:
    verdicts = Counter(_verdict(fact.id, reading) for _, reading in read)
    return FactPortrait(
        fact=fact,
        supported=verdicts[Verdict.SUPPORTED],
        contradicted=verdicts[Verdict.CONTRADICTED],
        outdated=verdicts[Verdict.OUTDATED],
        unverified=verdicts[Verdict.UNVERIFIED],
        by_assistant=tuple(wrong),
        quotes=_fact_quotes(fact.id, read),
    )


def _verdict(fact_id: str, reading: Reading) -> Verdict | None:
    """Return the worst verdict, `unverified` where claims could not be checked, None where nothing is claimed."""
    claimed = any(claim.fact == fact_id for claim in reading.claims)
    return reading.verdict_on(fact_id) or (Verdict.UNVERIFIED if claimed else None)


def _fact_quotes(fact_id: str, read: Sequence[_Read]) -> tuple[Quote, ...]:
    """Return the newest quotes, wrong ones first, each sentence once per assistant."""
    pairs = ((observation, claim) for observation, reading in read for claim in reading.claims)
    claims = [(observation, claim) for observation, claim in pairs if claim.fact == fact_id]
    claims.sort(key=lambda pair: (pair[0].asked_at, pair[0].answer_id), reverse=True)
    claims.sort(key=lambda pair: WORST_FIRST.index(pair[1].verdict))
    return _distinct([(observation, claim, claim.marks) for observation, claim in claims])


def _distinct(spans: Sequence[tuple[Observation, Claim | NewStatement, Sequence[Span]]]) -> tuple[Quote, ...]:
    quotes: dict[tuple[str, str], Quote] = {}
    for observation, span, marks in spans:
        if len(quotes) == MOST_QUOTES:
            break
        made = replace(
            quote(observation, span, marks),
            verdict=span.verdict if isinstance(span, Claim) else None,
            wordings=(wording.of(observation.text, span),),
        )
        quotes.setdefault((made.text, made.assistant_label), made)
    return tuple(quotes.values())


def _statements(read: Sequence[_Read]) -> tuple[Statement, ...]:
    newest_first = sorted(read, key=lambda pair: (pair[0].asked_at, pair[0].answer_id), reverse=True)
    groups: list[list[_Told]] = []
    for observation, reading in newest_first:
        for statement in reading.new_statements:
            groups = _joined(groups, (observation, statement))
    made = [
        Statement(
            topic=group[0][1].topic,
            answers=len({observation.probe_id for observation, _ in group}),
            quotes=_distinct([(observation, statement, ()) for observation, statement in group]),
        )
        for group in groups
    ]
    return tuple(sorted(made, key=lambda statement: (-statement.answers, statement.topic)))


def _joined(groups: list[list[_Told]], told: _Told) -> list[list[_Told]]:
    """Put a statement to those that say the same; groups that it connects become one."""
    alike = [group for group in groups if any(_alike(told[1], other) for _, other in group)]
    rest = [group for group in groups if group not in alike]
    return [*rest, [each for group in alike for each in group] + [told]]


def _alike(one: NewStatement, other: NewStatement) -> bool:
    if one.topic != other.topic:
        return False
    return one.gist == other.gist or len(set(one.gist.split()) & set(other.gist.split())) >= SHARED_WORDS


def _barren(read: Sequence[_Read]) -> tuple[BarrenPrompt, ...]:
    texts: dict[str, str] = {}
    named: dict[str, list[bool]] = defaultdict(list)
    for observation, reading in read:
        texts[observation.prompt.id] = observation.prompt.text
        named[observation.prompt.id].append(bool(reading.mentions))
    return tuple(
        BarrenPrompt(prompt_id=prompt, text=texts[prompt], answers=len(named[prompt]))
        for prompt in sorted(named)
        if not any(named[prompt])
    )
