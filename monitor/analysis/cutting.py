"""An answer cut into the places where a claim may stand."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from monitor.analysis.grouping import along
from monitor.analysis.page import Page
from monitor.analysis.places import CARRIED, Frame, Place
from monitor.analysis.spans import Span
from monitor.analysis.text import Block, BlockKind

_LABEL = re.compile(r"\s*[^\s:：.!?|][^:：.!?|\n]{0,48}?(?:\([^)\n]{0,40}\))?\s*(?:[:：]|[–—](?=\s)|->|→)\s*")
_POINTS = re.compile(r"[:：–—→>]")  # one of these stands in every label: looked for first, as labels are rare
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|isn't|aren't|wasn't|doesn't|don't|says|said|runs|ist"
    r"|sind|hat|war"
    r"|wird|est|sont|était|es|son|tiene)\b"
)
_LABEL_WORDS = 2
_RUN_IN = re.compile(r"[^\s.!?:：][^.!?:：\n]{0,40}[.:：]$")
_LONGEST_RUN_IN = 43  # characters
_HEADING = 0.6
_LEAD = 0.48  # less than makes a claim alone


def cut(page: Page) -> Iterator[Place]:
    """Yield the places of an answer in order: sentences, what stands behind a label, cells of tables."""
    heading: Frame | None = None
    lead: Frame | None = None
    blocks = page.document.blocks
    for block, sentences in zip(blocks, along(page.document.sentences, blocks), strict=True):
        if block.kind is BlockKind.CELL:
            yield from _cell(page, block, sentences, heading)
        elif block.kind is BlockKind.HEADING:
            heading, lead = _frame(block, _HEADING), None
            yield from _prose(page, block, sentences, ())
        elif block.kind is BlockKind.ITEM:
            yield from _prose(page, block, sentences, tuple([frame for frame in (heading, lead) if frame]))
        else:
            yield from _prose(page, block, sentences, (heading,) if heading else ())
            lead = _frame(sentences[-1], _LEAD) if sentences else None


def _frame(span: Span, weight: float) -> Frame:
    return Frame(start=span.start, end=span.end, weight=weight)


def _prose(page: Page, block: Block, sentences: Iterable[Span], frames: tuple[Frame, ...]) -> Iterator[Place]:
    label: Frame | None = None
    before: Span | None = None
    for sentence in sentences:
        if label and page.folded[max(0, sentence.start - 4) : sentence.start].rstrip(" *_").endswith("\n"):
            label = label if not _label(page, sentence) else None  # a line with a label of its own
        found = None if label else _label(page, sentence)
        own = frames
        start = sentence.start
        if found:
            start = found.end()
            label = Frame(start=sentence.start, end=start, weight=_LASTING)
            own = tuple(_raised(frame) for frame in frames) if _YEAR_ONLY.fullmatch(found[0]) else frames
            own = (*own, Frame(start=sentence.start, end=start, weight=1.0, tight=True))
        elif not before and not label and _runs_in(page, sentence):
            label = _frame(sentence, _LASTING)
            yield Place(start=start, end=sentence.end, page=page, block=block, value_start=start, frames=own)
            before = sentence
            continue
        elif label:
            own = (*own, label)
        if before:
            asked = _asks(page, before)
            own = (*own, _frame(before, _ASKED if asked else CARRIED))
        else:
            asked = _begins(page, block)
        bare = asked and _is_bare(page, sentence)
        yield Place(
            start=sentence.start, end=sentence.end, page=page, block=block, value_start=start, frames=own, replies=bare
        )
        before = sentence


_YEAR_ONLY = re.compile(
    r"\W*(?:fy|financial year|fiscal|in)?\s?(?:19|20)\d\d\W*"
)  # "2025: $14.2 billion", under "Revenue:"
_RAISED = 0.62
_LASTING = 0.8  # what a label lends to the sentences behind its own


def _raised(frame: Frame) -> Frame:
    return replace(frame, weight=max(frame.weight, _RAISED))


_ASKED = 0.79  # what a question lends to the sentence behind it
_LAST = 6  # marks at most behind a question mark, itself included
_BARE = 5  # words of a reply without a verb


def _asks(page: Page, sentence: Span) -> bool:
    last = page.folded[max(sentence.start, sentence.end - _LAST) : sentence.end]
    return "?" in last and last.rstrip(" *_\"'”»)").endswith("?")


def _begins(page: Page, block: Block) -> bool:
    return bool(page.question) and block is page.document.blocks[0]


def _is_bare(page: Page, sentence: Span) -> bool:
    """Whether a sentence is a few words without a verb."""
    words = page.folded[sentence.start : sentence.end]
    return len(words.split()) <= _BARE and not _VERB.search(words)


def _label(page: Page, sentence: Span) -> re.Match[str] | None:
    """The words before a colon or dash, where no verb is among them and something follows."""
    start, end = sentence.start, sentence.end
    found = _LABEL.match(page.folded, start, end) if _POINTS.search(page.folded, start, end) else None
    return found if found and found.end() < end and not _VERB.search(page.folded, start, found.end()) else None


def _runs_in(page: Page, sentence: Span) -> bool:
    """Whether a first sentence is a label: "**Climate.** It wants ...", "Russia." before what is said of it."""
    if sentence.end - sentence.start > _LONGEST_RUN_IN:
        return False
    words = page.folded[sentence.start : sentence.end]
    if not words.endswith((".", ":", "：")) or not _RUN_IN.match(words):
        return False
    bold = page.document.text.startswith(("**", "__"), sentence.start)
    return bold or not words.endswith(".") or len(words.split()) <= _LABEL_WORDS


def _cell(page: Page, block: Block, sentences: Iterable[Span], heading: Frame | None) -> Iterator[Place]:
    if block.row == 0 or block.column == 0:
        return
    frames = []
    head = page.cells.get((block.table, 0, block.column))
    row = page.cells.get((block.table, block.row, 0))
    if row:
        frames.append(Frame(start=row.start, end=row.end, weight=1.0, tight=True))
    if head:
        frames.append(_frame(head, 0.8))
    if heading:
        frames.append(heading)
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        yield Place(start=start, end=end, page=page, block=block, value_start=start, frames=tuple(frames), cell=True)
