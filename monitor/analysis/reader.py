"""One answer in, one reading out; the same answer and sheet always give the same reading."""

from collections.abc import Mapping
from dataclasses import replace

from monitor.analysis.citations import Citer
from monitor.analysis.claims import Checker
from monitor.analysis.comparisons import comparisons
from monitor.analysis.mentions import Finder
from monitor.analysis.outcome import judge
from monitor.analysis.recommendation import Advice, advise
from monitor.analysis.spans import Span, told
from monitor.analysis.stance import Asked, stances
from monitor.analysis.statements import Watcher
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Evidence, Outcome, Reading

# Counts up whenever any reading may come out differently: stored answers are then read again beside the old reading.
VERSION = "10"


class Reader:
    """Everything that is built once per sheet; `read` keeps no state."""

    def __init__(self, sheet: FactSheet, *, sheet_version: str = "") -> None:
        self.sheet = sheet
        self.sheet_version = sheet_version
        self._finder = Finder(sheet.entities)
        self._citer = Citer(sheet)
        self._checker = Checker(sheet)
        self._watcher = Watcher(sheet)

    @property
    def version(self) -> str:
        """The analyzer's version, kept with each reading."""
        return f"likeness-{VERSION}"

    def read(self, answer: Answer) -> Reading:
        """Return all that the answer says; text beyond a million characters is not read."""
        document = parse(answer.text, answer.lang)
        outcome, because = judge(document, answer)
        if outcome is Outcome.EMPTY:
            return Reading(answer_id=answer.id, outcome=outcome, analyzer=self.version, sheet=self.sheet_version)
        mentions = self._finder.find(document, answer.question)
        claims = self._checker.check(document, mentions, answer)
        advice = advise(document, mentions, answer.question) if outcome is Outcome.ANSWER else Advice()
        asked = Asked(text=answer.question, entities=self._asked(answer.question))
        stance, stance_spans = stances(document, mentions, advice, asked, outcome)
        return Reading(
            answer_id=answer.id,
            outcome=outcome,
            mentions=mentions,
            citations=self._citer.find(document, answer),
            ranks={entity: rank for entity, (rank, _) in advice.ranks.items()},
            recommended=tuple(advice.recommended),
            first_choice=advice.first_choice,
            advised_against=tuple(advice.against),
            comparisons=comparisons(document, mentions),
            stance=stance,
            claims=claims,
            new_statements=self._watcher.find(document, mentions, answer, claims),
            evidence=_evidence(because, advice, stance_spans),
            analyzer=self.version,
            sheet=self.sheet_version,
        )

    def read_facts(self, answer: Answer, before: Reading) -> Reading:
        """Return a reading by this version against a sheet with the same names, its claims and new statements anew."""
        if before.outcome is Outcome.EMPTY:
            return replace(before, sheet=self.sheet_version)
        document = parse(answer.text, answer.lang)
        claims = self._checker.check(document, before.mentions, answer)
        new = self._watcher.find(document, before.mentions, answer, claims)
        return replace(before, claims=claims, new_statements=new, sheet=self.sheet_version)

    def _asked(self, question: str) -> tuple[str, ...]:
        named = self._finder.named_in(question) if question else frozenset()
        return tuple(entity.name for entity in self.sheet.entities if entity.name in named)


def _evidence(because: tuple[Span, ...], advice: Advice, stance: Mapping[str, tuple[Span, ...]]) -> Evidence:
    return Evidence(
        outcome=tuple(map(told, because)),
        ranks={entity: told(span) for entity, (_, span) in advice.ranks.items()},
        recommended={entity: told(span) for entity, span in advice.recommended.items()},
        stance={entity: tuple(map(told, where)) for entity, where in stance.items()},
    )
