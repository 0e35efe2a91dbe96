"""Since when an assistant says something wrong, in a sentence whose days lead to their answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.search import Side
from monitor.domain.spells import Since
from reports import words
from reports.behind import Answers

Asked = tuple[str, Surface]  # assistant, surface


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    behind: Answers = field(default_factory=dict)  # the answers of the day that it names; empty: it names none


def sentence(of: Since) -> tuple[Piece, ...]:
    """Return 'since 3 October 2026; in none of the 12 checked answers before; last right on 2 October 2026'."""
    return (*_when(of), *_before(of), *_after(of))


def written(of: Since) -> str:
    """Return the sentence as text."""
    return "".join(piece.text for piece in sentence(of))


def short(of: Since) -> str:
    """Return its first part alone: 'since 3 October 2026, in 41 of 60 checked answers'."""
    return "".join(piece.text for piece in _when(of))


def of_fact(found: Iterable[Since], fact: str) -> dict[Asked, Since]:
    """Return the spells about one fact by assistant and surface."""
    return {(each.assistant_id, each.surface): each for each in found if each.fact == fact}


def _day(of: Since, day: date, side: Side) -> Piece:
    behind = {
        "measure": Measure.WRONG_RATE.value,
        "subject": of.fact,
        "assistant": of.assistant_id,
        "surface": of.surface.value,
        "side": side.value,
        "from": day.isoformat(),
        "to": day.isoformat(),
    }
    return Piece(text=words.day(day), behind=behind)


def _when(of: Since) -> Iterator[Piece]:
    spell, first = of.spell, _day(of, of.spell.first, Side.HITS)
    if spell.wrong == 1:
        yield Piece(text="once, on ")
        yield first
        return
    yield Piece(text="since " if not spell.after else "on " if spell.first == spell.last else "from ")
    yield first
    if spell.after and spell.first != spell.last:
        yield Piece(text=" to ")
        yield _day(of, spell.last, Side.HITS)
    yield Piece(text=f", in {words.number(spell.wrong)} of {words.count(spell.of, 'checked answer')}")


def _before(of: Since) -> Iterator[Piece]:
    spell = of.spell
    if not spell.before:
        yield Piece(text="; that was the first day on which it could be checked")
        return
    none = "not in the one" if spell.before == 1 else f"in none of the {words.number(spell.before)}"
    yield Piece(text=f"; {none} before")
    if spell.earlier:
        yield Piece(text=", and ahead of these last on ")
        yield _day(of, spell.earlier, Side.HITS)
    elif spell.before_from:
        yield Piece(text=f", from {words.day(spell.before_from)} on")


def _after(of: Since) -> Iterator[Piece]:
    spell = of.spell
    if spell.after:
        since = "the one" if spell.after == 1 else f"all {words.number(spell.after)}"
        yield Piece(text=f"; right in {since} since")
    elif spell.last_right is None:
        yield Piece(text="; never right so far")
    else:
        yield Piece(text="; last right on ")
        yield _day(of, spell.last_right, Side.REST)
