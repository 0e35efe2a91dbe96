"""Looking for answers: what is asked for, and how one hit shows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Outcome, Span, Verdict
from monitor.domain.rounds import AttemptState, MissReason, RoundKind


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What answers are looked for; what is empty does not narrow the search."""

    start: date
    end: date  # both included, in `zone`
    words: str = ""  # in the answer's text, in any case
    assistant: str = ""
    prompt: str = ""
    topic: str = ""
    fact: str = ""  # answers with a claim about it
    verdict: Verdict | None = None  # of a claim, about `fact` if one is given
    outcome: Outcome | None = None
    entity: str = ""  # answers that mention it
    domain: str = ""  # answers that cite it
    source: str = ""  # answers among whose retrieved pages an address holds it
    round_id: str = ""  # several with commas between them
    missed: bool = False  # probes without an answer instead of answers
    surface: str = ""
    asked: bool = False  # every probe that was settled, with an answer or without
    zone: str = "UTC"  # in which the days begin


class Side(StrEnum):
    """Which of the answers that a number counts are looked for."""

    ALL = ""
    HITS = "hits"
    REST = "rest"


class OfSubject(StrEnum):
    """What is counted of the number's subject, a domain or a topic, and is no measure of its own."""

    BESIDE_WRONG = "beside_wrong"  # answers that cite it beside a wrong statement about a fact
    RETRIEVED = "retrieved"  # answers that retrieved it and do not cite it
    CITATIONS = "citations"  # citations of it, over the answers that hold any
    SOURCE = "source"  # of the answers that were checked on a fact, those that cite a domain beside saying it wrong
    STATED = "stated"  # of all answers that say something, those that say something new on a watched topic

    @property
    def has_sides(self) -> bool:
        """Whether it is some of all that are counted; of the others every answer is one."""
        return self in {OfSubject.SOURCE, OfSubject.STATED}


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number whose answers are looked for."""

    measure: Measure | None = None  # None: no rate, but how many answers there are that may stand in one
    subject: str = ""  # as in the measure's series
    side: Side = Side.ALL
    of_subject: OfSubject | None = None
    wording: str = ""  # version of a prompt's words; empty: any
    unnamed: bool = False  # to prompts that name none of those who are watched, and to no others


@dataclass(frozen=True, kw_only=True, order=True)
class Cursor:
    """The last hit of a page: the next page begins after it."""

    asked_at: datetime
    probe_id: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One probe in a list of answers."""

    probe_id: str
    answer_id: str  # empty: no answer came
    asked_at: datetime
    prompt_id: str
    question: str
    assistant_id: str
    assistant_label: str
    surface: Surface
    model: str
    state: AttemptState
    miss: MissReason | None
    kind: RoundKind
    outcome: Outcome | None
    opening: str  # the first few hundred characters
    verdicts: tuple[tuple[str, Verdict], ...] = ()  # fact and verdict of each claim, in the text's order
    cost: Decimal | None = None
    found: str = ""  # the words around the first place that was looked for, or that a number counts
    marks: tuple[Span, ...] = ()  # what was looked for, as offsets into `found`
    found_verdict: Verdict | None = None  # of what is marked, where it is a claim about a fact


@dataclass(frozen=True, kw_only=True)
class Hits:
    """One page of a search, newest first."""

    hits: tuple[Hit, ...]
    more: Cursor | None = None  # there may be more beyond, also where no hit is on this page
