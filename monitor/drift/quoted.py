"""The sentences that a portrait quotes beside facts and new statements."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from monitor.domain import wording
from monitor.domain.alerts import Quote
from monitor.domain.brand import Settings
from monitor.domain.digests import ClaimAt, Part, StatementAt
from monitor.domain.portrait import Statement
from monitor.domain.quoting import quote
from monitor.domain.rounds import Observation
from monitor.drift import digesting

Fetch = Callable[[Collection[str]], Mapping[str, Observation]]  # answers by their ids
# Statements of one topic whose gists share so many words say the same in other words.
SHARED_WORDS = 2


class Quoted:
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
        """Return the sentences about a fact, wrong ones first."""
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
        """Return the new statements, each with the answers that make it, the most frequent first."""
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
    return list(islice(by_words.values(), digesting.MOST_QUOTES))


@dataclass(eq=False)
class _Group:
    told: list[StatementAt]
    gists: dict[str, frozenset[str]]

    def says(self, at: StatementAt, words: frozenset[str]) -> bool:
        if self.told[0].topic != at.topic:
            return False
        return at.gist in self.gists or any(len(words & own) >= SHARED_WORDS for own in self.gists.values())


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
