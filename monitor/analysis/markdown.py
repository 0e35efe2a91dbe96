"""Where an answer's blocks stand: headings, items, cells, quotes, paragraphs, and the code to leave alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitor.domain.readings import Span


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    QUOTE = "quote"


@dataclass(frozen=True, kw_only=True)
class Block(Span):
    """A run of prose without its markers: offsets into the answer's text."""

    kind: BlockKind
    level: int = 0  # headings: 1..6; items: depth of their list, outermost 1
    ordinal: int | None = None  # the number printed before a numbered item; first block of the item only
    list_id: int | None = None  # which list of the answer, from 0
    item: int | None = None  # which item of that list, from 1; further blocks of an item keep its number
    leads: bool = True  # False: a further paragraph of an item
    table: int | None = None  # which table of the answer, from 0
    row: int | None = None  # 0 is the head
    column: int | None = None


@dataclass(frozen=True, kw_only=True)
class Definition(Span):
    """A line `[label]: url "title"`, which a reader of the answer does not see."""

    label: str
    url: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Outline:
    blocks: tuple[Block, ...]
    definitions: tuple[Definition, ...]


# Inline marks are scanned by ourselves, for their offsets; assistants' indented lines, underlined paragraphs and stray
# tags are prose, not code, headings or HTML.
_PARSER = (
    MarkdownIt("commonmark", {"inline_definitions": True})
    .enable("table")
    .disable(["code", "html_block", "lheading"])
    .disable(["inline", "text_join"])
)
_LINE = re.compile(r"\r\n?|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKER = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)?")
_LINE_ITEM = re.compile(r"(?:[•●▪◦‣·∙・][ \t]*|(?P<number>\d{1,2})(?:[.)][ \t]+|[、．]))(?=\S)")
_LIST_OPENS = frozenset({"bullet_list_open", "ordered_list_open"})
_LIST_CLOSES = frozenset({"bullet_list_close", "ordered_list_close"})


@dataclass
class _Lines:
    """The text's lines as markdown-it counts them."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        begin = 0
        for found in _LINE.finditer(self.text):
            self.starts.append(begin)
            self.ends.append(found.start())
            begin = found.end()
        self.starts.append(begin)
        self.ends.append(len(self.text))

    def stripped_end(self, line: int) -> int:
        return self.starts[line] + len(self.text[self.starts[line] : self.ends[line]].rstrip())


@dataclass
class _List:
    number: int
    item: int = 0
    ordinal: int | None = None
    fresh: bool = False  # its present item has no block yet


@dataclass
class _Walk:
    """The state of one pass over the block tokens."""

    lines: _Lines
    lists: list[_List] = field(default_factory=list)
    seen_lists: int = 0
    quotes: int = 0
    heading: int = 0
    table: int = -1
    in_table: bool = False
    row: int = -1
    cells: list[Span] = field(default_factory=list)
    column: int = -1

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        for token in tokens:
            if token.type == "inline":
                yield from self._inline(token)
            else:
                self._step(token)

    def _step(self, token: Token) -> None:
        if token.type in _LIST_OPENS:
            self.lists.append(_List(self.seen_lists))
            self.seen_lists += 1
        elif token.type in _LIST_CLOSES:
            self.lists.pop()
        elif token.type == "list_item_open":
            self._open_item(token)
        elif token.type == "heading_open":
            self.heading = int(token.tag[1])
        elif token.type == "heading_close":
            self.heading = 0
        elif token.type.startswith("blockquote"):
            self.quotes += 1 if token.nesting == 1 else -1
        else:
            self._step_table(token)

    def _open_item(self, token: Token) -> None:
        current = self.lists[-1]
        current.item += 1
        current.ordinal = int(token.info) if token.info.isdigit() else None
        current.fresh = True

    def _step_table(self, token: Token) -> None:
        if token.type == "table_open":
            self.table += 1
            self.in_table, self.row = True, -1
        elif token.type == "table_close":
            self.in_table = False
        elif token.type == "tr_open" and token.map:
            self.row += 1
            self.column = -1
            self.cells = _cells(self.lines, token.map[0])
        elif token.type in {"th_open", "td_open"}:
            self.column += 1

    def _inline(self, token: Token) -> Iterator[Block]:
        if self.in_table:
            yield from self._cell()
            return
        if not token.map or not token.content.strip():
            return
        first, last = token.map[0], max(token.map[0], token.map[1] - 1)
        start = _content_start(self.lines, first, token.content)
        end = max(start, self.lines.stripped_end(last))
        if self.heading:
            yield Block(kind=BlockKind.HEADING, start=start, end=end, level=self.heading)
        else:
            yield from self._prose(start, end)

    def _cell(self) -> Iterator[Block]:
        if self.column >= len(self.cells):
            return
        span = self.cells[self.column]
        if span.start < span.end:
            yield Block(
                kind=BlockKind.CELL,
                start=span.start,
                end=span.end,
                table=self.table,
                row=self.row,
                column=self.column,
            )

    def _prose(self, start: int, end: int) -> Iterator[Block]:
        if self.lists:
            current = self.lists[-1]
            ordinal = current.ordinal if current.fresh else None
            found = Block(
                kind=BlockKind.ITEM,
                start=start,
                end=end,
                level=len(self.lists),
                ordinal=ordinal,
                list_id=current.number,
                item=current.item,
                leads=current.fresh,
            )
            current.fresh = False
            yield found
            return
        kind = BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH
        yield from self._loose_items(Block(kind=kind, start=start, end=end))

    def _loose_items(self, block: Block) -> Iterator[Block]:
        """Cut a paragraph whose lines begin with bullets or numbers that markdown does not know."""
        text = self.lines.text
        begins = [block.start]
        begins += [block.start + m.end() for m in _LINE.finditer(text[block.start : block.end])]
        marked = [(begin, _LINE_ITEM.match(text, begin, block.end)) for begin in begins]
        marks = [(begin, found) for begin, found in marked if found]
        if len(marks) < 2:  # noqa: PLR2004  -- one marked line is no list
            yield block
            return
        if marks[0][0] > block.start:
            yield replace(block, end=marks[0][0])
        list_id = self.seen_lists
        self.seen_lists += 1
        ends = [begin for begin, _ in marks[1:]] + [block.end]
        for number, ((_, found), end) in enumerate(zip(marks, ends, strict=True), start=1):
            ordinal = int(found["number"]) if found["number"] else None
            yield Block(
                kind=BlockKind.ITEM,
                start=found.end(),
                end=_rstrip(text, found.end(), end),
                level=1,
                ordinal=ordinal,
                list_id=list_id,
                item=number,
            )


def outline(text: str) -> Outline:
    """Parse the answer's block structure once; code blocks yield no block."""
    tokens = _PARSER.parse(text)
    lines = _Lines(text)
    definitions = tuple(_definitions(lines, tokens))
    return Outline(blocks=tuple(_Walk(lines).blocks(tokens)), definitions=definitions)


def _definitions(lines: _Lines, tokens: Sequence[Token]) -> Iterator[Definition]:
    for token in tokens:
        if token.type == "definition" and token.map:
            start, end = lines.starts[token.map[0]], lines.ends[max(token.map[0], token.map[1] - 1)]
            label, url, title = (str(token.meta.get(name) or "") for name in ("label", "url", "title"))
            yield Definition(start=start, end=end, label=label, url=url, title=title)


def _content_start(lines: _Lines, line: int, content: str) -> int:
    """Where a block's content begins in its first line, after list, quote and heading markers."""
    head = _LINE.split(content, maxsplit=1)[0].rstrip()
    end = lines.stripped_end(line)
    if lines.text.endswith(head, lines.starts[line], end):
        return end - len(head)
    marker = _MARKER.match(lines.text, lines.starts[line], end)
    found = lines.text.find(head, marker.end() if marker else lines.starts[line], end)
    return found if found >= 0 else lines.starts[line]


def _cells(lines: _Lines, line: int) -> list[Span]:
    start, end = lines.starts[line], lines.stripped_end(line)
    text = lines.text
    cuts = [found.start() for found in _PIPE.finditer(text, start, end)]
    marker = _MARKER.match(text, start, end)
    inner = marker.end() if marker else start
    begins = [inner, *(cut + 1 for cut in cuts)]
    ends = [*cuts, end]
    if cuts and not text[inner : cuts[0]].strip():
        begins, ends = begins[1:], ends[1:]
    return [Span(start=_lstrip(text, a, b), end=_rstrip(text, a, b)) for a, b in zip(begins, ends, strict=True)]


def _lstrip(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def _rstrip(text: str, start: int, end: int) -> int:
    return max(start, start + len(text[start:end].rstrip()))
