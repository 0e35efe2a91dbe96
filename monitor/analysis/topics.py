"""What yes-or-no facts are about: wider families of words than the general vocabulary has, found where a sheet asks."""

import tomllib
from collections.abc import Container
from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.analysis import lexicon
from monitor.analysis.lexicon import Hit, Spotter, Word

_PATH = Path(__file__).parent / "words" / "topics.toml"
_MARK = "topic:"
_ONLY_SAID = "+"  # before a word that says it in an answer, and asks for many things in an attribute: "runs"
_AGAINST = "!"  # before a word that says the opposite: "region-free", "adults only"


@cache
def _words(*, asked: bool = False) -> tuple[Word, ...]:
    """All words of the topics; of those that ask for a topic in an attribute alone, where `asked`."""
    tables = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    return tuple(
        _word(entry.strip().removeprefix(_ONLY_SAID), _MARK + topic, lang)
        for topic, languages in tables.items()
        for lang, entries in languages.items()
        for entry in entries.split(",")
        if entry.strip() and not (asked and entry.strip().startswith(_ONLY_SAID))
    )


def _word(entry: str, concept: str, lang: str) -> Word:
    against = entry.startswith(_AGAINST)
    return lexicon.word(entry.removeprefix(_AGAINST), concept + _AGAINST * against, lang)


@cache
def reader(lang: str) -> Spotter:
    """Return what finds topics and the general vocabulary in an attribute that is written in a language."""
    plain = [replace(one, concept=one.concept.removesuffix(_AGAINST)) for one in _words(asked=True)]
    return Spotter(plain, upon=lexicon.general_spotter(), lang=lang)


def words_of(concepts: Container[str]) -> list[Word]:
    """Return the words that say the topics among these concepts, those that say their opposite too."""
    return [one for one in _words() if one.concept.removesuffix(_AGAINST) in concepts]


def opposite(concept: str) -> str:
    """Return the concept of the words that say the opposite of a topic's."""
    return concept + _AGAINST


def is_topic(concept: str) -> bool:
    return concept.startswith(_MARK)


def is_opposite(concept: str) -> bool:
    return concept.startswith(_MARK) and concept.endswith(_AGAINST)


def spans(folded: str) -> list[tuple[int, int, bool]]:
    """Return where the longest words of topics stand in an attribute, whether each says the opposite of it."""
    hits = _marked().find(folded)
    outer = [one for one in hits if not any(_inside(one, other) for other in hits)]
    return sorted({(one.start, one.end, is_opposite(one.concept)) for one in outer})


def _inside(one: Hit, other: Hit) -> bool:
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start


@cache
def _marked() -> Spotter:
    return Spotter(_words(asked=True))
