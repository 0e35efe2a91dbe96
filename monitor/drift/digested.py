"""The portrait out of digests: the same numbers as from the observations, without reading an answer again."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from monitor.domain import wording
from monitor.domain.alerts import Alert, Quote
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact, Settings
from monitor.domain.digests import ClaimAt, Digest, Part, StatementAt
from monitor.domain.measures import Estimate, Measure, Series, Shift
from monitor.domain.portrait import BarrenPrompt, CitedDomain, FactPortrait, Panel, Portrait, Statement
from monitor.domain.quoting import quote
from monitor.domain.readings import Owner, Verdict
from monitor.domain.rounds import Observation, Round, RoundState
from monitor.drift import digesting, found, lines, notes, summed
from monitor.drift.portrait import Order, is_due
from monitor.drift.summed import Summed

Fetch = Callable[[Collection[str]], Mapping[str, Observation]]  # answers by their ids


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
    days, step = lines.steps(start, end)
    sums, parts, claims = summed.Sums(start, step), list[Part](), list[ClaimAt]()
    for digest in digests:
        if start <= digest.day <= end:
            sums.add(digest)
            parts += digest.parts
            claims += digest.quotable
    groups = sums.series
    parts.sort(key=lambda part: part.first_at)
    latest = _latest(parts)
    order = Order(settings, latest)
    estimates = _Estimates(groups, order)
    shown = [shift for shift in beside.shifts if start <= (shift.found or shift.since) <= end]
    quoted = _Quoted(parts, claims, settings, fetch)
    seen = [series for series in groups if lines.drawn(series, settings.brand)]
    drawn = {series: groups[series].line(series, latest, days) for series in seen}
    wrong = estimates(Measure.WRONG_RATE)
    return replace(
        _counted(parts, settings.brand, start=start, end=end, beside=beside),
        accuracy=estimates(Measure.ACCURACY),
        visibility=estimates(Measure.VISIBILITY),
        share_of_voice=estimates(Measure.SHARE_OF_VOICE),
        recommended=estimates(Measure.RECOMMENDED),
        net_stance=estimates(Measure.NET_STANCE),
        citation_rate=estimates(Measure.CITATION_RATE),
        lines=lines.charts(drawn, settings.brand),
        panels=_panels(parts, order.assistants),
        facts=tuple(_fact(fact, parts, wrong, quoted) for fact in settings.sheet.facts),
        statements=quoted.statements(),
        domains=_domains(parts),
        barren=_barren(parts),
        shifts=tuple(sorted(shown, key=lambda shift: (shift.since, shift.evidence), reverse=True)),
        alerts=tuple(beside.alerts),
        notes=notes.told(_asked(parts), {series: own.spans for series, own in groups.items()}, latest),
    )


def _latest(parts: Iterable[Part]) -> dict[str, str]:
    """Return what each assistant was last called."""
    return {part.assistant_id: part.label or part.assistant_id for part in sorted(parts, key=lambda p: p.last_at)}


def _counted(parts: Sequence[Part], brand: str, *, start: date, end: date, beside: Beside) -> Portrait:
    held = [held for held in beside.rounds if held.kind.in_series and start <= held.opened_at.date() <= end]
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
        cost=_cost(parts),
    )


def _cost(parts: Iterable[Part]) -> Decimal | None:
    known = [part.cost for part in parts if part.cost is not None]
    return sum(known, Decimal(0)) if known else None


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


def _fact(fact: Fact, parts: Sequence[Part], wrong: Sequence[Estimate], quoted: "_Quoted") -> FactPortrait:
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
    citations: Counter[tuple[str, Owner, str]] = Counter()
    answers: Counter[tuple[str, Owner, str]] = Counter()
    only: Counter[tuple[str, Owner, str]] = Counter()
    wrong: Counter[tuple[str, Owner, str]] = Counter()
    for part in parts:
        for each in part.cited:
            key = (each.domain, each.owner, each.entity)
            citations[key] += each.citations
            answers[key] += each.answers
            only[key] += each.retrieved_only
            wrong[key] += each.wrong
    ordered = sorted(citations, key=lambda key: (-answers[key], -citations[key], key))
    return tuple(
        CitedDomain(
            domain=key[0],
            owner=key[1],
            entity=key[2],
            citations=citations[key],
            answers=answers[key],
            retrieved_only=only[key],
            wrong=wrong[key],
        )
        for key in ordered
    )


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


class _Quoted:
    """The sentences that stand beside facts and new statements; all are fetched at once."""

    def __init__(self, parts: Sequence[Part], claims: Sequence[ClaimAt], settings: Settings, fetch: Fetch) -> None:
        by_fact: dict[str, list[ClaimAt]] = {fact.id: [] for fact in settings.sheet.facts}
        for claim in claims:
            by_fact.get(claim.fact, []).append(claim)
        self._claims = {fact: digesting.first(own) for fact, own in by_fact.items()}
        self._groups = _alike([each for part in parts for each in part.statements])
        wanted = {claim.answer_id for own in self._claims.values() for claim in own}
        wanted |= {each.answer_id for group in self._groups for each in _distinct(group)}
        self._answers = fetch(sorted(wanted))

    def of_fact(self, fact: str) -> tuple[Quote, ...]:
        return tuple(self._claimed(self._claims[fact]))

    def _claimed(self, claims: Sequence[ClaimAt]) -> Iterator[Quote]:
        """Yield what can still be quoted: an answer may be forgotten, or be read anew in this very moment."""
        for at in claims:
            one = self._answers.get(at.answer_id)
            said = one.reading.claims[at.place : at.place + 1] if one and one.reading else ()
            if one and said and said[0].fact == at.fact:
                made = quote(one, said[0], said[0].marks)
                yield replace(made, verdict=said[0].verdict, wordings=(wording.of(one.text, said[0]),))

    def statements(self) -> tuple[Statement, ...]:
        made = [
            Statement(
                topic=group[0].topic,
                answers=len({each.probe_id for each in group}),
                quotes=tuple(self._stated(_distinct(group))),
            )
            for group in self._groups
        ]
        return tuple(sorted(made, key=lambda statement: (-statement.answers, statement.topic)))

    def _stated(self, statements: Iterable[StatementAt]) -> Iterator[Quote]:
        for at in statements:
            one = self._answers.get(at.answer_id)
            said = one.reading.new_statements[at.place : at.place + 1] if one and one.reading else ()
            if one and said and said[0].topic == at.topic:
                yield replace(quote(one, said[0]), wordings=(wording.of(one.text, said[0]),))


def _distinct(group: Sequence[StatementAt]) -> list[StatementAt]:
    by_words: dict[str, StatementAt] = {}
    for at in group:
        by_words.setdefault(at.words, at)
    return list(islice(by_words.values(), found.MOST_QUOTES))


@dataclass(eq=False)
class _Group:
    told: list[StatementAt]
    gists: dict[str, frozenset[str]]

    def says(self, at: StatementAt, words: frozenset[str]) -> bool:
        if self.told[0].topic != at.topic:
            return False
        return at.gist in self.gists or any(len(words & own) >= found.SHARED_WORDS for own in self.gists.values())


def _alike(statements: list[StatementAt]) -> list[list[StatementAt]]:
    """Group statements that say the same in other words; groups that one of them connects become one."""
    statements.sort(key=_when, reverse=True)
    groups: list[_Group] = []
    for at in statements:
        words = frozenset(at.gist.split())
        alike = [group for group in groups if group.says(at, words)]
        merged = alike[0] if alike else _Group(told=[], gists={})
        for group in alike[1:]:
            merged.told += group.told
            merged.gists |= group.gists
        merged.told.append(at)
        merged.gists[at.gist] = words
        groups = [*(group for group in groups if group not in alike), merged]
    return [group.told for group in groups]


def _when(at: StatementAt) -> tuple[datetime, str]:
    return at.asked_at, at.answer_id
