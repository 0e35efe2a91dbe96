"""What alerts look back on: a round's answers without their words, side by side."""

from dataclasses import dataclass

from monitor.domain.answers import Surface
from monitor.domain.brand import Prompt
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.rounds import AttemptState, MissReason, RoundKind


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who answered, as it was served and called then."""

    assistant_id: str
    label: str
    surface: Surface
    model: str


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """The claims of a round's answers: one place per claim."""

    probe: tuple[int, ...]  # whose answer it stands in
    fact: tuple[str, ...]
    verdict: tuple[Verdict, ...]
    value: tuple[str, ...]
    hedged: tuple[bool, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    phrase: tuple[str, ...]  # of wrong ones, as `wording.phrase` gives it; else empty


@dataclass(frozen=True, kw_only=True)
class Backing:
    """The citations that stand behind wrong claims: one place per citation."""

    probe: tuple[int, ...]
    domain: tuple[str, ...]
    start: tuple[int, ...]  # of the words that it supports
    end: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The new statements of a round's answers: one place per statement."""

    probe: tuple[int, ...]
    topic: tuple[str, ...]
    gist: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    phrase: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """One round: one place per probe, oldest first."""

    round_id: str
    kind: RoundKind
    prompts: tuple[Prompt, ...]
    speakers: tuple[Speaker, ...]
    prompt: tuple[int, ...]
    speaker: tuple[int, ...]
    answer: tuple[str, ...]  # id; empty: none came
    asked_at: tuple[int, ...]  # microseconds since 1970, UTC
    searched: tuple[bool | None, ...]
    state: tuple[AttemptState, ...]
    miss: tuple[MissReason | None, ...]
    truncated: tuple[bool, ...]
    outcome: tuple[Outcome | None, ...]  # None: not read
    claims: Claimed
    backing: Backing
    statements: Stated
