"""What was found in the answers: facts with quotes, new statements, cited domains, prompts that name nobody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from monitor.domain import wording
from monitor.domain.alerts import Quote
from monitor.domain.brand import Fact, FactSheet
from monitor.domain.measures import Estimate
from monitor.domain.portrait import BarrenPrompt, CitedDomain, FactPortrait, Statement
from monitor.domain.quoting import quote
from monitor.domain.readings import Citation, Claim, NewStatement, Owner, Reading, Span, Verdict
from monitor.domain.rounds import Observation
from monitor.drift import measures

MOST_QUOTES = 6  # beside one fact or statement

WORST_FIRST = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.SUPPORTED, Verdict.UNVERIFIED)

_Read = tuple[Observation, Reading]


def facts(seen: Sequence[Observation], sheet: FactSheet, wrong: Sequence[Estimate]) -> tuple[FactPortrait, ...]:
    """Return each fact of the sheet with its answers by worst verdict; `wrong` are the wrong rates per assistant."""
    read = _read(seen)
    return tuple(_fact(fact, read, [each for each in wrong if each.series.subject == fact.id]) for fact in sheet.facts)


def _read(seen: Sequence[Observation]) -> list[_Read]:
    pairs = ((observation, measures.readable(observation)) for observation in seen)
    return [(observation, reading) for observation, reading in pairs if reading is not None]


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


_Told = tuple[Observation, NewStatement]

# Statements of one topic whose gists share so many words say the same in other words.
SHARED_WORDS = 2


def statements(seen: Sequence[Observation]) -> tuple[Statement, ...]:
    """Return new statements grouped by topic and content, the most frequent first."""
    newest_first = sorted(_read(seen), key=lambda pair: (pair[0].asked_at, pair[0].answer_id), reverse=True)
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


Domain = tuple[str, Owner, str]  # domain, whose it is, the tracked entity's name
Retrieved = Mapping[str, Collection[Domain]]  # answer -> what it was made from
_NOTHING: Retrieved = {}


def domains(seen: Sequence[Observation], retrieved: Retrieved = _NOTHING) -> tuple[CitedDomain, ...]:
    """Return the domains that were cited or retrieved, those in the most answers first."""
    citations, answers, only, wrong = (Counter[Domain]() for _ in range(4))
    for one, reading in _read(seen):
        keys = [_domain(citation) for citation in reading.citations]
        citations.update(keys)
        answers.update(set(keys))
        only.update(set(retrieved.get(one.answer_id, ())) - set(keys))
        wrong.update(beside_wrong(reading))
    ordered = sorted({*citations, *only}, key=lambda key: (-answers[key], -citations[key], key))
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


def _domain(citation: Citation) -> Domain:
    return citation.domain, citation.owner, citation.entity


def beside_wrong(reading: Reading) -> set[Domain]:
    """Return the domains that are cited for the words of a wrong claim."""
    wrong = [claim for claim in reading.claims if claim.verdict.wrong]
    return {
        _domain(citation)
        for citation in reading.citations
        if (at := citation.supports) and any(at.start < claim.end and claim.start < at.end for claim in wrong)
    }


def barren(seen: Sequence[Observation]) -> tuple[BarrenPrompt, ...]:
    """Return the prompts whose answers never name a tracked entity: they measure nothing about anybody."""
    texts: dict[str, str] = {}
    named: dict[str, list[bool]] = defaultdict(list)
    for observation, reading in _read(seen):
        texts[observation.prompt.id] = observation.prompt.text
        named[observation.prompt.id].append(bool(reading.mentions))
    return tuple(
        BarrenPrompt(prompt_id=prompt, text=texts[prompt], answers=len(named[prompt]))
        for prompt in sorted(named)
        if not any(named[prompt])
    )
