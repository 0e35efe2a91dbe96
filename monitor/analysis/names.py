"""Names made findable: a text and an alias brought to the same letters, every letter knowing its own offset."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.folding import foreign, lowered, swapped

_DROPPED = "\u200b"  # stands in a folded text where a character has no weight
# Cyrillic and Greek letters that are drawn like Latin ones; folded on both sides, so their own words still match.
_DRAWN_ALIKE = str.maketrans(
    "авекмнорстухіїјѕԛԝӏοαερτυνικ",
    "abekmhopctyxiijsqwloaeptuvik",
)


class _Folds(dict[int, str]):
    """One character to one: lower case, no accents, plain width; invisible characters marked as dropped."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return _DROPPED
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    if not bare:
        return _DROPPED
    lowered = bare.lower().translate(_DRAWN_ALIKE)
    return lowered if len(lowered) == 1 else char.lower() if len(char.lower()) == 1 else char


_FOLDS = _Folds()
_EXTRA = {
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "‑": "-",
    "‐": "-",
}
_FOLDS.update({ord(char): folded for char, folded in _EXTRA.items()})
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_LETTERS = re.compile(r"(?:[^\W_]|[+#&!$@%<>])+")
_GAP = re.compile(r"(?:[^\w+#&!$@%<>]|_)+")
_ASCII_SHAPE = bytes(i if i < 128 and _LETTERS.match(chr(i)) else 32 for i in range(256))  # noqa: PLR2004  -- ASCII
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


def fold(text: str) -> str:
    """Return the text folded for matching; same length, so every offset stays.

    >>> fold("Fjällräven ＨＱ AT&amp;T").replace(chr(0x200B), "~")
    'fjallraven hq at&~~~~t'
    """
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return lowered(swapped(text, _FOLDS))


def _entity(found: re.Match[str]) -> str:
    meant = html.unescape(found[0])
    return meant + _DROPPED * (len(found[0]) - len(meant)) if len(meant) == 1 else found[0]


class Letters:
    """The letters of a folded text without what stands between them."""

    def __init__(self, folded: str) -> None:
        self._shape = _shape(folded)  # the same length; what is no letter is a blank
        self.compact = _compact(self._shape)

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """Offsets into the text of the letters of `compact`."""
        codes = np.frombuffer(self._shape.encode("utf-32-le"), dtype="<u4")
        return np.flatnonzero(codes != _BLANK)

    def place(self, index: int) -> int:
        """Offset into the text of one letter of `compact`."""
        return int(self._places[index])

    def places(self, start: int, end: int) -> list[int]:
        """Offsets of the letters of `compact` from one index to another."""
        return list(self._places[start:end].tolist())


_BLANK = ord(" ")


def _shape(folded: str) -> str:
    if not folded.isascii() and _LETTERS.search(foreign(folded)):  # another script: its letters count too
        return _GAP.sub(lambda found: " " * len(found[0]), folded)
    return folded.encode("ascii", "replace").translate(_ASCII_SHAPE).decode("ascii")


def _compact(shape: str) -> str:
    """Return the letters without the blanks; bytes lose them in a fifth of the time."""
    return shape.encode().translate(None, b" ").decode() if shape.isascii() else shape.replace(" ", "")


def letters(folded: str) -> Letters:
    return Letters(folded)


@dataclass(frozen=True, kw_only=True)
class Name:
    """One spelling of an entity's name, or of a look-alike, ready for the automaton."""

    written: str
    entity: str  # for a look-alike the entity that it is not
    compact: str
    gaps: tuple[str, ...]  # what stands before each letter but the first, folded
    humps: frozenset[int]  # letters before which a space or hyphen may be put: HubSpot -> Hub Spot
    lookalike: bool = False
    lowered: bool = False  # written in lower case on the sheet itself
    inner: str = ""  # folded, from the first letter to the last
    head: str = ""  # folded, what stands before the first letter
    tail: str = ""  # folded, what stands behind the last letter: the point of "Inc."


def spellings(written: str, entity: str, *, lookalike: bool = False) -> Iterator[Name]:
    """Yield the name and its usual variants: "&" and "and", without a final mark, "ss" for "ß"."""
    variants = [written]
    if " & " in written:
        variants.append(written.replace(" & ", " and "))
    if " and " in written:
        variants.append(written.replace(" and ", " & "))
    if len(written) > _SHORT and written[-1] in "!?.":
        variants.append(written[:-1])
    variants += [variant.replace("ß", "ss") for variant in variants if "ß" in variant]
    for variant in variants:
        name = _name(variant, entity, lookalike=lookalike)
        if name.compact:
            yield name


_SHORT = 3


def _name(written: str, entity: str, *, lookalike: bool) -> Name:
    written = unicodedata.normalize("NFC", written.strip())
    folded = fold(written)
    found = letters(folded)
    places = found.places(0, len(found.compact)) if found.compact else []
    gaps = tuple(folded[a + 1 : b].replace(_DROPPED, "") for a, b in pairwise(places))
    humps = {found_hump.start() for found_hump in _HUMP.finditer(written)}
    return Name(
        written=written,
        entity=entity,
        compact=found.compact,
        gaps=gaps,
        humps=frozenset(i for i, place in enumerate(places) if place in humps),
        lookalike=lookalike,
        lowered=written.islower(),
        inner=folded[places[0] : places[-1] + 1] if places else "",
        head=folded[: places[0]] if places else "",
        tail=folded[places[-1] + 1 :] if places else "",
    )


_MARKS = re.compile(rf"[*_~\[\]`{_DROPPED}]+")
_MARK_SIGNS = frozenset("*_~[]`")
_LINE_HYPHEN = re.compile(r"-[ \t]*\r?\n[ \t>]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_LOOSE = " \t\r\n-'."  # what may differ between the letters of one name
_SYMBOLS = frozenset("&+")
_JOINED = 6  # letters from which on a name may be written in one word


def fits(name: Name, text: str, folded: str, places: list[int]) -> bool:
    """Whether what stands between the letters in `text` may stand there in this name."""
    for i, (before, after) in enumerate(pairwise(places)):
        if after == before + 1 and not name.gaps[i]:
            continue
        shown = (k for k in range(before + 1, after) if folded[k] != _DROPPED)
        said = _MARKS.sub("", "".join(text[k] if text[k] in _MARK_SIGNS else folded[k] for k in shown))
        if said != name.gaps[i] and not _may_stand(said, name, i):
            return False
    return True


def _may_stand(said: str, name: Name, gap: int) -> bool:
    meant = _MARKS.sub("", name.gaps[gap])
    bare = said.strip(_LOOSE)
    if bare != meant.strip(_LOOSE):
        return False
    if bare or said == meant or _LINE_HYPHEN.fullmatch(said):
        return True
    if said.strip(" \t\r\n-"):  # an apostrophe or point where the name has none, or another
        return said == "'" and not meant and len(name.compact) >= _JOINED
    if not said:
        return len(name.compact) >= _JOINED
    near_symbol = bool({name.compact[gap], name.compact[gap + 1]} & _SYMBOLS)
    return not _BLANK_LINE.search(said) and (bool(meant) or near_symbol or gap + 1 in name.humps)
