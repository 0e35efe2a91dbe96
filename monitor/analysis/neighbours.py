"""What stands around an unsure name: sure names beside it in a list, labels, a verb behind it."""

import re
from collections.abc import Sequence

from monitor.analysis.beliefs import LEAD, NEXT, Found
from monitor.analysis.names import fold
from monitor.analysis.text import Block, BlockKind, Document
from monitor.analysis.wordlists import words

_POINTED = re.compile(r"[ \t]{0,3}(?::|[–—]|-\s)[ \t]*[^\W\d_]")  # a word about it follows on the line
_LABEL = re.compile(r"^[^\w\n]*([^\W_][^:–—\n]{0,30}?)[ \t]{0,3}(?::|[–—]|-[ \t])", re.MULTILINE)
_TOLD = re.compile(r"[ \t]{0,2}:[ \t]*([A-Z][a-z]+s)\b")  # "Target: Offers ..."


def company_of(document: Document, sure: Sequence[Found]) -> set[tuple[str, int]]:
    """Return the lists and tables in which a name that is beyond doubt leads an item or fills a cell."""
    return {place for one in sure if (place := place_of(document, one))}


def place_of(document: Document, one: Found) -> tuple[str, int] | None:
    """Return the list or table that a name leads an item of; paragraphs that begin in bold are one list."""
    block = document.block_of(one.start)
    if block is None or not LEAD.fullmatch(document.plain[block.start : one.start]):
        return None
    if block.list_id is not None and block.leads:
        return ("list", block.list_id)
    if block.kind is BlockKind.PARAGRAPH and document.text.startswith(("**", "__"), block.start):
        return ("bold", 0)
    return ("table", block.table) if block.table is not None else None


def acts(document: Document, one: Found) -> bool:
    """Whether the next word may be a verb of which the name is the subject: "American lags", "Target: Offers"."""
    following = NEXT.match(document.plain, one.end)
    if following and following[1][0].islower() and following[1].endswith("s"):
        return True
    told = _TOLD.match(document.plain, one.end)
    return bool(told and told[1].lower() in words("verbs"))


def titled(document: Document, one: Found) -> bool:
    """Whether the next word has a capital too, as a product's name has: "the Apple Watch"."""
    following = NEXT.match(document.plain, one.end)
    return bool(following and following[1][0].isupper())


def pointed(document: Document, one: Found, labels: set[tuple[str, int]]) -> bool:
    """Whether a line is about the name ("Apple: a good choice") and no line beside it begins with a mere label."""
    block = document.block_of(one.start)
    if block is None or block.kind in {BlockKind.HEADING, BlockKind.CELL}:
        return False
    line = max(block.start, document.plain.rfind("\n", block.start, one.start) + 1)
    leads = LEAD.fullmatch(document.plain[line : one.start]) and _POINTED.match(document.plain, one.end)
    return bool(leads) and document.text[one.start].isupper() and _lines(block) not in labels


def labels_of(document: Document, found: Sequence[Found]) -> set[tuple[str, int]]:
    """Return the lists and paragraphs in which a line begins with a label that is no name of the sheet."""
    named = {fold(document.plain[one.start : one.end]) for one in found}
    return {
        _lines(block)
        for block in document.blocks
        for label in _LABEL.findall(document.plain[block.start : block.end])
        if fold(label) not in named and _is_label(label)
    }


def _is_label(label: str) -> bool:
    known = words("label_words") | words("title_nouns") | words("weekdays") | words("field_labels")
    return fold(label) in known or label.rsplit(maxsplit=1)[-1].islower()


def _lines(block: Block) -> tuple[str, int]:
    return ("list", block.list_id) if block.list_id is not None else ("block", block.start)
