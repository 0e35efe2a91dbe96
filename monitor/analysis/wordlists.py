"""Word lists, kept as text files beside the code: one place each, `#` begins a comment."""

from functools import cache
from pathlib import Path
from re import IGNORECASE, Pattern
from re import compile as compile_pattern

_FOLDER = Path(__file__).parent / "lists"


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of `lists/<name>.txt`, lower case.

    >>> "monday" in words("weekdays")
    True
    """
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the lines of `lists/<name>.txt` as they stand, comments and blank lines left out."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def signs(name: str) -> tuple[str, ...]:
    """Return what commas part in `lists/<name>.txt`."""
    return tuple(sign.strip() for line in phrases(name) for sign in line.split(","))


def pattern(name: str, **parts: str) -> Pattern[str]:
    """Compile the lines of `lists/<name>.txt` into one pattern; a part's name stands for its own pattern."""
    joined = "|".join(f"(?:{line})" for line in phrases(name))
    for part, written in parts.items():
        joined = joined.replace(part, written)
    return compile_pattern(joined, IGNORECASE)
