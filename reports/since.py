"""Since when an assistant says something wrong, in a sentence whose days lead to their answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from monitor.domain.measures import Measure
from monitor.domain.search import Side
from monitor.domain.spells import Since
from reports import words
from reports.behind import Answers


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    behind: Answers = field(default_factory=dict)  # the answers of the day that it names; empty: it names none


def sentence(of: Since) -> tuple[Piece, ...]:
    """Return 'since 3 October 2026; in none of the 12 checked answers before; last right on 2 October 2026'."""
    return (*_when(of), *_before(of), *_after(of))


def written(of: Since) -> str:
    return "".join(piece.text for piece in sentence(of))


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
