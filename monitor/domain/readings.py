"""What the analyzer found in one answer. Offsets are `str` offsets into the answer's text exactly as given.

A round holds ten or more of these values for each answer; with slots they are made and forgotten in half the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    ANSWER = "answer"
    REFUSAL = "refusal"
    ABSENCE = "absence"  # "I could not find anything about X": an answer that does not know the brand
    EMPTY = "empty"


class Verdict(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    UNVERIFIED = "unverified"

    @property
    def wrong(self) -> bool:
        return self in {Verdict.CONTRADICTED, Verdict.OUTDATED}


# Of several statements about one fact in one answer, the worst speaks; one that cannot be checked is no verdict.
WORST_FIRST = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.SUPPORTED, Verdict.UNVERIFIED)


class StanceLabel(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    MIXED = "mixed"
    NONE = "none"  # nothing evaluative is said; never averaged as 0


class Owner(StrEnum):
    OWN = "own"
    COMPETITOR = "competitor"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention(Span):
    entity: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    url: str  # canonical: no tracking parameters, no fragment
    domain: str  # registrable domain
    owner: Owner
    entity: str = ""  # whose domain it is, if tracked
    title: str = ""
    start: int | None = None
    end: int | None = None
    supports: Span | None = None  # the sentence that it stands behind


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Span):
    better: str
    worse: str
    on: str  # the attribute compared: "price"; empty if none was named


@dataclass(frozen=True, kw_only=True, slots=True)
class Stance:
    label: StanceLabel
    score: float = 0.0  # -1 .. 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim(Span):
    fact: str
    verdict: Verdict
    value: str  # what the answer says, normalised
    hedged: bool = False
    why: str = ""  # one sentence that a brand manager understands
    marks: tuple[Span, ...] = ()  # the wrong words inside the span


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStatement(Span):
    topic: str
    gist: str = ""  # what statements of the same content share; groups them


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where the judgements on the whole answer stand in its text."""

    outcome: tuple[Span, ...] = ()
    ranks: Mapping[str, Span] = field(default_factory=dict)
    recommended: Mapping[str, Span] = field(default_factory=dict)
    stance: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    answer_id: str
    outcome: Outcome
    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()
    ranks: Mapping[str, int] = field(default_factory=dict)
    recommended: tuple[str, ...] = ()
    first_choice: str = ""  # the entity that the answer puts first, if it puts one first
    advised_against: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    stance: Mapping[str, Stance] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    new_statements: tuple[NewStatement, ...] = ()
    evidence: Evidence = Evidence()
    analyzer: str = ""  # version of the analyzer
    sheet: str = ""  # version of the brand file

    @property
    def entities(self) -> tuple[str, ...]:
        """Mentioned entities in the order of first mention."""
        return tuple(dict.fromkeys(m.entity for m in sorted(self.mentions, key=lambda m: m.start)))

    def is_checkable_on(self, fact_id: str) -> bool:
        """Whether there is a verdict on a fact."""
        return any(claim.fact == fact_id and claim.verdict is not Verdict.UNVERIFIED for claim in self.claims)

    def verdict_on(self, fact_id: str) -> Verdict | None:
        """Worst verdict on a fact; None where the answer is not checkable on it (`unverified` is no check)."""
        said = {claim.verdict for claim in self.claims if claim.fact == fact_id}
        worst = (Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.SUPPORTED)
        return next((verdict for verdict in worst if verdict in said), None)
