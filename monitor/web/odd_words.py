"""What an address asks for that is no filter, or no value of one: nobody shall trust a list that is another."""

from collections.abc import Iterator, Mapping, Sequence

from starlette.datastructures import QueryParams

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.search import OfSubject, Side
from reports.behind import COUNTED
from reports.plain import one_line

_MOST = 5  # sentences
_LONGEST = 40  # characters of a word that is quoted

_VALUES: Mapping[str, tuple[str, ...]] = {
    "verdict": tuple(Verdict),
    "outcome": tuple(Outcome),
    "surface": tuple(Surface),
    "side": tuple(each for each in Side if each.value),
    "measure": (COUNTED, *OfSubject, *Measure),
}
_FREE = frozenset(
    {
        "words", "assistant", "prompt", "topic", "fact", "entity", "domain", "round", "missed", "subject", "wording",
        "unnamed", "after", "last", "from", "to",
    }
)  # fmt: skip


def odd(asked: QueryParams, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a sentence for each word of an address that narrows nothing, or names what was never here.

    `known` are the ids that a filter may have, where all of them are known.
    """
    return list(_odd(asked, known))[:_MOST]


def _odd(asked: QueryParams, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, value in asked.multi_items():
        there = _VALUES.get(name, ())
        if name not in _FREE and not there:
            yield f"{_quoted(name)} is no filter of answers; it was left out."
        elif there and value and value not in there:
            yield f"There is no {name} {_quoted(value)}, so it was left out; there are {', '.join(there)}."
        elif name in known and value and value not in known[name]:
            yield f"No {name} is called {_quoted(value)} here; there are {', '.join(known[name]) or 'none'}."


def _quoted(word: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{one_line(word, _LONGEST)}\N{RIGHT DOUBLE QUOTATION MARK}"
