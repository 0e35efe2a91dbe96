"""What figures are of: wider families of words than the general vocabulary has, found where a sheet asks for them."""

import tomllib
from collections.abc import Container
from functools import cache
from pathlib import Path

from monitor.analysis import lexicon
from monitor.analysis.lexicon import Spotter, Word

_PATH = Path(__file__).parent / "words" / "families.toml"
MARK = "family:"
KINDS = frozenset({"number", "money", "percent", "year", "date", "set"})


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_PATH.read_text(encoding="utf-8"))


@cache
def _words(*, sets: bool = True) -> tuple[Word, ...]:
    """All words of the families; without those that only lists of names are asked by, unless `sets`."""
    return tuple(
        lexicon.word(entry, MARK + name, lang)
        for name, languages in _tables().items()
        if sets or languages.get("role") != "set"
        for lang, entries in languages.items()
        if lang != "role"
        for entry in entries.split(",")
        if entry.strip()
    )


@cache
def reader(lang: str, kind: str) -> Spotter:
    """Return what finds families and the general vocabulary in an attribute of a kind, written in a language."""
    return Spotter(_words(sets=kind == "set"), upon=lexicon.general_spotter(), lang=lang)


def words_of(concepts: Container[str]) -> list[Word]:
    """Return the words of the families among these concepts."""
    return [one for one in _words() if one.concept in concepts]


@cache
def concepts() -> frozenset[str]:
    """All families, as concepts."""
    return frozenset(MARK + name for name in _tables())


@cache
def modifiers() -> frozenset[str]:
    """The families that an answer may leave out: "an instant transfer", "an adult ticket"."""
    return frozenset(MARK + name for name, table in _tables().items() if table.get("role") == "modifier")
