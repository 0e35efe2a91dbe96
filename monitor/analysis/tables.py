"""The cells of a table's line."""

import re

_PIPE = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"[-:|][-:|\s]+$")
_COLUMN = re.compile(r":?-+:?$")


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return where the cells between two offsets begin and end, without the space around them.

    >>> cells("| a | b |", 0, 9)
    [(2, 3), (6, 7)]
    """
    cuts = [found.start() for found in _PIPE.finditer(text, start, end)]
    edges = list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))
    if cuts and not text[start : cuts[0]].strip():
        del edges[0]
    if cuts and not text[cuts[-1] + 1 : end].strip():
        del edges[-1]
    return [_trimmed(text, low, high) for low, high in edges]


def columns(ruler: str) -> int:
    """Return how many columns the line under a table's head rules; 0 if it is none.

    >>> columns("|---|:--:|"), columns("| - or -"), columns("---")
    (2, 0, 1)
    """
    if not _RULER.match(ruler) or ruler.startswith(("- ", "-\t")):
        return 0
    parts = [part.strip() for part in ruler.split("|")]
    inner = parts[not parts[0] : len(parts) - (not parts[-1])]
    return len(inner) if all(map(_COLUMN.match, inner)) else 0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    cell = text[start:end]
    low = end - len(cell.lstrip())
    return low, max(low, start + len(cell.rstrip()))
