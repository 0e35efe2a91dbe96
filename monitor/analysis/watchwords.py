"""The words of watched topics: shipped lists of common risks, or a topic's own words, found in a text."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.analysis import lexicon
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Hit, Spotter

_WORDS = Path(__file__).parent / "words" / "watch.toml"
_NO_LANGUAGE = frozenset({"aka", "not"})
_BREAK = re.compile(r"\*? \.\.\. |\* ")  # where the part of a phrase ends that is looked for as it stands
_ONTO = " @"  # closes an entry that says it of the brand that is named next: "acquired @"
_GAP = r"(?:\s+[^\s;:!?]*[^\s;:!?.]){0,6}?\s+"  # up to six words of one clause


@dataclass(frozen=True, kw_only=True)
class _Topic:
    names: frozenset[str]  # under which it may be asked for
    words: tuple[str, ...]
    otherwise: tuple[str, ...]  # phrases in which its words say something else: "strike price"


@cache
def _shipped() -> tuple[_Topic, ...]:
    tables = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return tuple(
        _Topic(
            names=frozenset({name, *_entries(table.get("aka", ""))}),
            words=tuple(one for lang, text in table.items() if lang not in _NO_LANGUAGE for one in _entries(text)),
            otherwise=tuple(_entries(table.get("not", ""))),
        )
        for name, table in tables.items()
    )


def _entries(text: str) -> Iterator[str]:
    return (one.strip() for one in text.split(",") if one.strip())


def _topic(asked: str) -> _Topic:
    folded = fold(asked).strip()
    for one in _shipped():
        if folded in one.names or folded.rstrip("s") in one.names:
            return one
    return _Topic(names=frozenset({folded}), words=(asked,), otherwise=())


def words_for(topic: str) -> tuple[str, ...]:
    """Return the words to look for: the shipped list of a common risk, or the topic's own words.

    >>> "recalled" in words_for("recall")
    True
    >>> words_for("palm oil")
    ('palm oil',)
    """
    return _topic(topic).words


@dataclass(frozen=True)
class _Phrase:
    """An entry of a list: its head is found by the automaton, what follows by a pattern."""

    topic: str
    tail: re.Pattern[str] | None = None
    otherwise: bool = False
    onto: bool = False


class Watchwords:
    """Finds the words of some topics."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._phrases: list[_Phrase] = []
        words = []
        for topic in topics:
            known = _topic(topic)
            for entry, otherwise in [(one, False) for one in known.words] + [(one, True) for one in known.otherwise]:
                words.append(lexicon.word(_head(entry), str(len(self._phrases))))
                self._phrases.append(_Phrase(topic, _tail(entry), otherwise, entry.endswith(_ONTO)))
        self._spotter = Spotter(words)
        self._names = {topic: re.compile(rf"(?<!\w){re.escape(fold(topic))}(?!\w)") for topic in topics}

    def find(self, folded: str) -> list[Hit]:
        """Return where a folded text speaks of a topic, in its order; `concept` is the topic as asked for.

        A hit is `weak` where it counts only if the brand is what comes next: "acquired", not "was acquired by".

        >>> [hit.concept for hit in Watchwords(["layoffs"]).find("it will cut some 300 jobs")]
        ['layoffs']
        >>> Watchwords(["strike"]).find("the strike price of the option")
        []
        """
        found = [(self._phrases[int(hit.concept)], hit) for hit in self._spotter.find(folded)]
        whole = [(phrase, end, hit) for phrase, hit in found if (end := _end(folded, phrase, hit))]
        other = [(phrase.topic, hit.start, end) for phrase, end, hit in whole if phrase.otherwise]
        return [
            Hit(hit.start, end, phrase.topic, phrase.onto)
            for phrase, end, hit in whole
            if not phrase.otherwise and not _overlaps((phrase.topic, hit.start, end), other)
        ]

    def named_in(self, folded: str) -> frozenset[str]:
        """Return the topics of which a fact's words speak, were it only by their name."""
        by_name = (topic for topic, name in self._names.items() if name.search(folded))
        return frozenset({*by_name, *(hit.concept for hit in self.find(folded) if not hit.weak)})


def _head(entry: str) -> str:
    entry = entry.removesuffix(_ONTO)
    cut = _BREAK.search(entry)
    return entry if cut is None else entry[: cut.start()] + ("*" if cut[0].startswith("*") else "")


def _tail(entry: str) -> re.Pattern[str] | None:
    """Return what must follow an entry's head: stars stand for endings, dots for up to six words, bars for "or"."""
    entry = entry.removesuffix(_ONTO)
    cut = _BREAK.search(entry)
    if cut is None:
        return None
    parts = [
        "(?:" + "|".join(_form(form) for form in part.strip().split("|")) + r")(?!\w)"
        for part in entry[cut.end() :].split(" ... ")
    ]
    return re.compile((_GAP if "..." in cut[0] else r"\s+") + _GAP.join(parts))


def _form(form: str) -> str:
    return r"\w*".join(re.escape(fold(piece)) for piece in form.split("*"))


def _end(folded: str, phrase: _Phrase, hit: Hit) -> int:
    """Return where a phrase ends whose head was found; 0 if the rest is not there."""
    if phrase.tail is None:
        return hit.end
    rest = phrase.tail.match(folded, hit.end)
    return rest.end() if rest else 0


def _overlaps(one: tuple[str, int, int], others: Sequence[tuple[str, int, int]]) -> bool:
    topic, start, end = one
    return any(topic == other and start < last and first < end for other, first, last in others)
