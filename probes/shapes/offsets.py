"""Where words stand: joining the parts of a reply and converting a vendor's offsets to ours."""

from dataclasses import dataclass, field
from typing import Any

from probes.shapes import fields

Place = tuple[int | None, int | None]  # str offsets; (None, None): the vendor gave no place, or one that is not there
NOWHERE: Place = (None, None)
_INSIDE = 0b1000_0000  # every byte of a UTF-8 character but its first starts with these two bits


@dataclass
class Passage:
    """A text that grows by parts and knows where each one starts."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, part: str) -> int:
        """Append a part and return its offset."""
        start = self.length
        self.parts.append(part)
        self.length += len(part)
        return start

    @property
    def text(self) -> str:
        return "".join(self.parts)


def placed(length: int, start: Any, end: Any, *, shift: int = 0) -> Place:
    """Return offsets into the whole text, from offsets into a part of `length` characters that starts at `shift`.

    >>> placed(10, 2, 5, shift=100)
    (102, 105)
    >>> placed(10, 0, 0), placed(10, 5, 11), placed(10, "2", None)
    ((None, None), (None, None), (None, None))
    """
    first, last = fields.count(start), fields.count(end)
    if first is None or last is None or not first < last <= length:
        return NOWHERE
    return shift + first, shift + last


def str_offset(encoded: bytes, offset: int) -> int | None:
    """Return the character that starts at a byte offset of UTF-8, or None inside a character or past the end.

    >>> [str_offset("aé!".encode(), place) for place in range(6)]
    [0, 1, None, 2, 3, None]
    """
    if not 0 <= offset <= len(encoded):
        return None
    if offset < len(encoded) and encoded[offset] & 0b1100_0000 == _INSIDE:
        return None
    return len(encoded[:offset].decode("utf-8", "surrogatepass"))


def from_bytes(part: str, start: Any, end: Any, quote: str = "") -> Place:
    """Return str offsets into `part` from UTF-8 byte offsets; the vendor's own quote decides where the two disagree.

    >>> from_bytes("Café Zoë opened.", 6, 10, "Zoë")
    (5, 8)
    >>> from_bytes("Café Zoë opened.", 5, 8, "Zoë")
    (5, 8)
    >>> from_bytes("Café", 1, 4), from_bytes("Café", 1, 99)
    ((None, None), (None, None))
    """
    encoded = part.encode("utf-8", "surrogatepass")
    first, last = fields.count(start), fields.count(end)
    place = _characters(encoded, first or 0, last)
    if quote and (place == NOWHERE or part[place[0] : place[1]] != quote):
        return _nearest(part, quote, first or 0)
    return place


def _characters(encoded: bytes, first: int, last: int | None) -> Place:
    start = str_offset(encoded, first)
    end = str_offset(encoded, last) if last is not None else None
    return (start, end) if start is not None and end is not None and start < end else NOWHERE


def _nearest(part: str, quote: str, near: int) -> Place:
    """Return where the quote stands, the place nearest to `near` of several."""
    starts = []
    found = part.find(quote)
    while found >= 0:
        starts.append(found)
        found = part.find(quote, found + 1)
    if not starts:
        return NOWHERE
    start = min(starts, key=lambda place: abs(place - near))
    return start, start + len(quote)
