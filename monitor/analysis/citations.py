"""Which pages an answer points to, where, in one form, and what stands before the mark."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from monitor.analysis import addresses, spans
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block, Document, Link
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Citation, Owner

_CHIP = re.compile(
    r"\((?:(?:sources?|quellen?|fuentes?|fonti?|fontes?|bron|via|出典)\s?[:：]?\s*)?"
    r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\^?(\d{1,3})")
_ENTRY_LEAD = re.compile(r"[\s*_>-]*$")
_SOURCES_HEAD = re.compile(
    r"\W*(?:sources?|references?|citations?|further reading|quellen|einzelnachweise|références|fuentes|referencias"
    r"|出典|参考)\W*",
    re.IGNORECASE,
)
_NOWHERE = (-1, -1)


class _Pointer(msgspec.Struct, frozen=True):
    url: str
    title: str = ""
    start: int | None = None
    end: int | None = None


class Citer:
    """Knows whose domain is whose; built once per sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        own = [(name.lower().removeprefix("www."), (Owner.OWN, sheet.brand.name)) for name in sheet.brand.domains]
        others = [
            (name.lower().removeprefix("www."), (Owner.COMPETITOR, rival.name))
            for rival in sheet.competitors
            for name in rival.domains
        ]
        self._owners: Mapping[str, tuple[Owner, str]] = dict([*others, *own])

    def find(self, document: Document, answer: Answer) -> tuple[Citation, ...]:
        """Return the citations in order of place; those without a place come last."""
        titles = {addresses.canonical(s.url): s.title for s in answer.sources if s.title}
        found: dict[tuple[str, int | None], Citation] = {}
        covered: dict[str, list[tuple[int, int]]] = defaultdict(list)  # by address: where, in order
        for pointer in (*_written(document, answer), *_annotated(answer, len(document.text))):
            url = addresses.canonical(pointer.url)
            if not url or _doubled(pointer, covered[url]):
                continue
            citation = self._citation(document, url, pointer, titles)
            found.setdefault((url, pointer.start), citation)
            insort(covered[url], _NOWHERE if pointer.start is None else (pointer.start, pointer.end or pointer.start))
        return tuple(sorted(found.values(), key=lambda c: (c.start is None, c.start or 0, c.url)))

    def _citation(self, document: Document, url: str, pointer: _Pointer, titles: Mapping[str, str]) -> Citation:
        owner, entity = self.owner(url)
        behind = _supported(document, pointer.start, pointer.end)
        return Citation(
            url=url,
            domain=addresses.domain(url),
            owner=owner,
            entity=entity,
            title=pointer.title or titles.get(url, ""),
            start=pointer.start,
            end=pointer.end,
            supports=spans.told(behind) if behind else None,
        )

    def owner(self, url: str) -> tuple[Owner, str]:
        """Whose address it is; the closest listed domain wins."""
        host = addresses.host_of(url)
        while host:
            if host in self._owners:
                return self._owners[host]
            _, _, host = host.partition(".")
        return Owner.OTHER, ""


def _doubled(pointer: _Pointer, same: Sequence[tuple[int, int]]) -> bool:
    """Whether the same address is already known at this place, or somewhere if the vendor gave no place."""
    if pointer.start is None or pointer.end is None:
        return bool(same)
    before = bisect_left(same, (pointer.end, 0)) - 1
    return before >= 0 and same[before][1] > pointer.start


def _annotated(answer: Answer, length: int) -> Iterator[_Pointer]:
    for cited in answer.citations:
        start, end = cited.start, cited.end
        if start is None or end is None or not 0 <= start < end <= length:
            start = end = None
        yield _Pointer(url=cited.resolved or cited.url, title=cited.title, start=start, end=end)


def _written(document: Document, answer: Answer) -> Iterator[_Pointer]:
    listed, entries = _source_list(document)
    used: set[str] = set()
    for link in document.links:
        if link.label.start in entries:
            continue
        url, title = link.url, link.title
        if not url and link.ref:
            url, title = listed.get(link.ref, ("", "")) if link.ref in listed else _retrieved(link, answer)
            used.add(link.ref)
        if url:
            yield _Pointer(url=url, title=title or _label(document, link), start=_start(link), end=link.target.end)
    places = {link.url: link for link in reversed(document.links)}  # the first of each address
    for ref, (url, title) in listed.items():
        if ref not in used:
            place = places.get(url)
            if place:
                yield _Pointer(url=url, title=title, start=place.label.start, end=place.target.end)
    yield from _chips(document)


def _start(link: Link) -> int:
    return link.label.start if link.shown else link.label.start - 1


def _label(document: Document, link: Link) -> str:
    return "" if link.shown else document.text[link.label.start : link.label.end].strip("*_ ")


def _retrieved(link: Link, answer: Answer) -> tuple[str, str]:
    """Take the n-th source that the assistant retrieved for the mark [n], as search assistants number them."""
    number = _NUMBER.fullmatch(link.ref)
    index = int(number[1]) - 1 if number else -1
    if link.shown and 0 <= index < len(answer.sources):
        source = answer.sources[index]
        return source.resolved or source.url, source.title
    return "", ""


def _source_list(document: Document) -> tuple[dict[str, tuple[str, str]], set[int]]:
    """Lines such as "[1] Title https://..." or numbered addresses under "Sources": what their marks stand for.

    Also where the labels of the links in these lines begin.
    """
    listed: dict[str, tuple[str, str]] = {}
    entries: set[int] = set()
    heads = _heads(document) if document.links else frozenset()
    first = min(heads, default=len(document.text))
    for block, line in _lines(document):
        if block.start in heads:
            continue
        under_head = first < block.start
        inside = document.links_in(line)
        ref = _entry(document, line, inside, block.ordinal if under_head and line.start == block.start else None)
        target = next((link for link in inside if link.url), None) if ref else None
        if target and (under_head or _bare(document, line, inside)):
            title = document.plain[line.start : target.label.start].strip(" -–—:.|")
            listed.setdefault(ref, (target.url, target.title or _label(document, target) or title))
            entries.update(one.label.start for one in inside)
    return listed, entries


def _heads(document: Document) -> frozenset[int]:
    """Return where the blocks begin that head a list of sources."""
    plain = document.plain
    return frozenset(
        [block.start for block in document.blocks if _SOURCES_HEAD.fullmatch(plain, block.start, block.end)]
    )


def _lines(document: Document) -> Iterator[tuple[Block, Span]]:
    """Yield the lines that hold a link, in order, each behind its block."""
    text, behind = document.text, 0
    for link in document.links:
        at = link.label.start
        block = document.block_of(at) if at >= behind else None
        if block:
            end = text.find("\n", at, block.end)
            behind = end if end >= 0 else block.end
            yield block, Stretch(start=max(block.start, text.rfind("\n", block.start, at) + 1), end=behind)


def _entry(document: Document, line: Span, inside: Sequence[Link], ordinal: int | None) -> str:
    """Return the mark that a line of a source list explains; "" where it begins with none."""
    mark = next((link for link in inside if link.ref and link.shown), None)
    if mark and _ENTRY_LEAD.fullmatch(document.plain[line.start : mark.label.start]):
        return mark.ref
    return "" if ordinal is None else str(ordinal)


def _bare(document: Document, line: Span, inside: Sequence[Link]) -> bool:
    """Whether a line without a head above it is nothing but a mark, a title and an address: no sentence follows."""
    target = next(link for link in inside if link.url)
    return target is not inside[0] and not document.plain[target.target.end : line.end].strip(" .)")


def _chips(document: Document) -> Iterator[_Pointer]:
    for found in _CHIP.finditer(document.plain):
        host = found["host"].lower()
        if addresses.is_public(host):
            yield _Pointer(url=f"https://{host}/", start=found.start(), end=found.end())


def _supported(document: Document, start: int | None, end: int | None) -> Span | None:
    """Return what a mark stands behind: its sentence, else the last one before it in its block or table's row."""
    if start is None or end is None:
        return None
    inside = document.sentence_of(start)
    if inside and document.plain[inside.start : start].strip(" ([*_-–—:,"):
        return inside
    block = document.block_of(start)
    before = [s for s in document.sentences_in(block) if s.end <= start] if block else []
    if before:
        return before[-1]
    found = inside or document.sentence_of(end - 1)
    if found and any(sign.isalpha() for sign in document.plain[found.start : found.end]):
        return found
    return _row_before(document, block) if block and block.table is not None else None


def _row_before(document: Document, cell: Block) -> Span | None:
    """Return the cells of a row that stand before one that holds nothing but a link."""
    first = last = cell
    for other in reversed(document.blocks_before(cell)):
        if (other.table, other.row) != (cell.table, cell.row):
            break
        first, last = other, (other if last is cell else last)
    return None if last is cell else Stretch(start=first.start, end=last.end)
