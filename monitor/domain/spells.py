"""Since when an assistant says something wrong about a fact."""

from dataclasses import dataclass
from datetime import date

from monitor.domain.answers import Surface

# So many right answers in a row end a spell: who is still wrong in one of five would be right as often by luck in 7 %.
ENDS = 12


@dataclass(frozen=True, kw_only=True)
class CheckedDay:
    """The answers of one day that could be checked on a fact."""

    day: date  # the brand's
    wrong: float  # of these, wrong or out of date
    of: float


@dataclass(frozen=True, kw_only=True)
class Spell:
    """The latest days on which an assistant was wrong about a fact, and what it said before and after."""

    first: date  # the first wrong answer
    last: date  # the last one
    wrong: float  # answers of these days
    of: float  # of these days, checked
    before: float  # checked answers ahead of `first`, all right, back to `earlier` or to the first answer
    before_from: date | None  # the first of these
    earlier: date | None  # the last wrong answer ahead of these; None: there was none
    after: float  # checked answers since `last`, all right
    last_right: date | None  # the last right answer of all

    @property
    def over(self) -> bool:
        return self.after >= ENDS


@dataclass(frozen=True, kw_only=True)
class Since:
    """One assistant's spell about one fact."""

    fact: str
    assistant_id: str
    surface: Surface
    spell: Spell
