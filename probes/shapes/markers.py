"""Markers such as [3] in a text that point into a numbered list of pages."""

import re
from collections.abc import Sequence

from monitor.domain.answers import Source, VendorCitation

# No link [3](...), and no entry "[3] ..." of a list of sources, which starts its line.
_MARKER = re.compile(r"(?<!^)\[(\d{1,3})\](?!\()", re.MULTILINE)


def citations(text: str, pages: Sequence[Source]) -> tuple[VendorCitation, ...]:
    """Return one citation for each marker whose number the list has; its place is the marker's.

    The list is the vendor's own, with the same page twice and a gap for what has no address, as numbers count in it.

    >>> pages = (Source(url="https://a.example", title="A"), Source(url="https://b.example"))
    >>> [(c.url, c.start, c.end) for c in citations("It boils fast.[2][1] See [9].", pages)]
    [('https://b.example', 14, 17), ('https://a.example', 17, 20)]
    """
    known = [mark for mark in _MARKER.finditer(text) if 1 <= int(mark[1]) <= len(pages)]
    return tuple(_citation(page, mark) for mark in known if (page := pages[int(mark[1]) - 1]).url)


def _citation(page: Source, mark: re.Match[str]) -> VendorCitation:
    return VendorCitation(url=page.url, title=page.title, start=mark.start(), end=mark.end())
