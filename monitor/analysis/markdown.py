"""Where an answer's blocks stand: headings, items, cells, quotes, paragraphs, and the code to leave alone.

CommonMark's blocks with tables, read line by line. Assistants' indented lines, underlined paragraphs and stray tags are
prose here, not code, headings or HTML. Inline marks are scanned elsewhere, for their offsets.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis.blocks import Block, BlockKind, Definition, Outline
from monitor.analysis.loose import loose_items
from monitor.analysis.tables import cells, columns

__all__ = ["Block", "BlockKind", "Definition", "Outline", "outline"]

_NEVER = 1 << 30  # columns: an item that can hold nothing more
_DEEP = 3  # columns beyond which a line only goes on with the paragraph
_MOST_FRAMES = 20  # lists and quotes inside each other; deeper ones are prose
_SIGNS = frozenset("#>`~*-+_[|:0123456789")  # no other character opens anything
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_MARKER = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?:[ \t]+|$)")
_DEFINITION = re.compile(
    r"\[(?P<label>(?:[^\[\]\\]|\\.){1,400})]:[ \t]*(?P<url><[^<>]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?$"
)


def outline(text: str) -> Outline:
    r"""Parse the answer's block structure once; code blocks yield no block.

    >>> [(b.kind.value, b.start, b.end) for b in outline("# Hi\n\n- one\n- two\n").blocks]
    [('heading', 2, 4), ('item', 8, 11), ('item', 14, 17)]
    """
    found = _Reading(text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text)
    return found.outline()


@dataclass(slots=True)
class _Frame:
    """A quote or a list that is open."""

    indent: int = 0  # columns at which what it holds begins, counted from the quote around it
    mark: str = ""  # of a list; a quote has none
    home: int = 0  # columns of what the list stands in
    number: int = 0
    item: int = 0
    ordinal: int | None = None
    fresh: bool = False  # its present item has no block yet
    empty: bool = False  # its present item began with nothing


class _Reading:
    """The state of one pass over the lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.definitions: list[Definition] = []
        self.frames: list[_Frame] = []
        self.fence = ""  # the sign and length of an open code block
        self.lists = 0
        self.tables = self.row = -1
        self.columns = 0  # of the open table
        self.start = -1  # of the open paragraph
        self.last = self.before = self.end = 0  # where its last line begins, the line before ends, and it ends
        self.pos = self.indent = 0  # of the present line, behind the marks of what it stands in
        self.rest = ""  # the present line from there on

    def outline(self) -> Outline:
        at = 0
        for line in self.text.split("\n"):
            self._stand(at, line, 0)
            at += len(line) + 1
            held = self._held() if self.frames else 0
            if self.rest:
                self._read(held)
            elif not (self.fence and held == len(self.frames)):
                self._leave(held)
        self._close()
        return Outline(blocks=tuple(self.blocks), definitions=tuple(self.definitions))

    def _stand(self, at: int, line: str, column: int) -> None:
        bare = line.lstrip(" \t")
        space = len(line) - len(bare)
        self.pos, self.rest, self.indent = at + space, bare.rstrip(), space
        if space and "\t" in line[:space]:
            self.indent = len((" " * column + line[:space]).expandtabs(4)) - column

    def _held(self) -> int:
        """Return how many of the open quotes and items the line still stands in, and step behind their marks."""
        for depth, frame in enumerate(self.frames):
            if not frame.mark:
                if not self.rest.startswith(">"):
                    return depth
                self._past_quote()
            elif not self.rest:
                frame.indent = _NEVER if frame.empty else frame.indent
            elif self.indent < frame.indent:
                return depth
            else:
                frame.empty = False
        return len(self.frames)

    def _past_quote(self) -> None:
        skip = 2 if self.rest[1:2] == " " else 1
        self._stand(self.pos + skip, self.rest[skip:], 2)

    def _read(self, held: int) -> None:
        """Read a line with something on it."""
        if self.fence:
            if held == len(self.frames):
                closes = self.rest.startswith(self.fence) and not self.rest.strip(self.fence[0])
                self.fence = "" if closes else self.fence
                return
            self.fence = ""
        inside = self.start >= 0 and held == len(self.frames)
        if inside and self.rest[0] in "|:-" and self._table():
            return
        deep = inside and self.indent - self._inner() > _DEEP
        while not deep and self.rest and self.rest[0] in _SIGNS:
            if self._leaf(held):
                return
            if not self._container(held):
                break
            held = len(self.frames)
        if self.rest:
            self._prose_line(held)

    def _inner(self) -> int:
        return self.frames[-1].indent if self.frames else 0

    def _prose_line(self, held: int) -> None:
        end = self.pos + len(self.rest)
        if self.columns and held == len(self.frames):
            self._table_row(cells(self.text, self.pos, end))
        elif self.start >= 0:
            self.last, self.before, self.end = self.pos, self.end, end
        else:
            self._leave(held)
            self.start = self.last = self.pos
            self.before = self.end = end

    def _leaf(self, held: int) -> bool:
        """Whether the line is a heading, a rule, a definition or the begin of code."""
        sign = self.rest[0]
        if sign == "#":
            return self._heading(held)
        if sign in "`~":
            return self._code(held)
        if sign == "[":
            return self.start < 0 and not self.columns and self._definition(held)
        if sign in "*-_" and _RULE.match(self.rest):
            self._leave(held)
            return True
        return False

    def _heading(self, held: int) -> bool:
        found = _HEADING.match(self.rest)
        if not found:
            return False
        self._leave(held)
        if found[2]:
            at = self.pos
            self.blocks.append(
                Block(start=at + found.start(2), end=at + found.end(2), kind=BlockKind.HEADING, level=len(found[1]))
            )
        return True

    def _code(self, held: int) -> bool:
        found = _FENCE.match(self.rest)
        if found:
            self._leave(held)
            self.fence = found[1] or found[2]
        return bool(found)

    def _definition(self, held: int) -> bool:
        found = _DEFINITION.match(self.rest)
        if not found or not found["label"].strip():
            return False
        self._leave(held)
        self.definitions.append(
            Definition(
                start=self.pos,
                end=self.pos + len(self.rest),
                label=found["label"],
                url=found["url"].strip("<>"),
                title=(found["title"] or "")[1:-1],
            )
        )
        return True

    def _table(self) -> bool:
        """Whether the line makes a table's head of the line before."""
        head = cells(self.text, self.last, self.end)
        if not head or len(head) != columns(self.rest) or "|" not in self.text[self.last : self.end]:
            return False
        self.start, self.end = (self.start, self.before) if self.last > self.start else (-1, 0)
        self._close()
        self.columns = len(head)
        self.tables += 1
        self.row = -1
        self._table_row(head)
        return True

    def _table_row(self, row: Sequence[tuple[int, int]]) -> None:
        self.row += 1
        for column, (low, high) in enumerate(row[: self.columns]):
            if low < high:
                self.blocks.append(
                    Block(start=low, end=high, kind=BlockKind.CELL, table=self.tables, row=self.row, column=column)
                )

    def _container(self, held: int) -> bool:
        """Whether the line opens a quote or an item here; then its mark is stepped over."""
        if len(self.frames) >= _MOST_FRAMES:
            return False
        if self.rest[0] == ">":
            self._leave(held)
            self.frames.append(_Frame())
            self._past_quote()
            return True
        found = _MARKER.match(self.rest)
        if not found or (self.start >= 0 and self._goes_on(found, held)):
            return False
        self._item(found, held)
        return True

    def _goes_on(self, found: re.Match[str], held: int) -> bool:
        """Whether what looks like an item's mark is the paragraph's text."""
        if held == len(self.frames):
            return found.end() == len(self.rest) or found["number"] not in {None, "1"}
        inner = self.frames[-1]
        return bool(inner.mark) and inner.home + _DEEP < self.indent < inner.indent

    def _item(self, found: re.Match[str], held: int) -> None:
        written, number = found[0].rstrip(), found["number"]
        mark, width = written[-1], len(written)
        self._close()
        if held < len(self.frames) and self.frames[held].mark == mark:
            del self.frames[held + 1 :]
        else:
            del self.frames[held:]
            self.frames.append(_Frame(mark=mark, home=self._inner(), number=self.lists))
            self.lists += 1
        frame = self.frames[-1]
        frame.item += 1
        frame.ordinal = int(number) if number else None
        frame.fresh = True
        indent = self.indent
        self._stand(self.pos + width, self.rest[width:], indent + width)
        frame.empty = not self.rest
        gap = self.indent
        self.indent += indent + width
        frame.indent = indent + width + (gap if self.rest and gap <= _DEEP + 1 else 1)

    def _leave(self, held: int) -> None:
        self._close()
        del self.frames[held:]

    def _close(self) -> None:
        """End the open paragraph or table."""
        self.columns = 0
        if self.start >= 0:
            start, self.start = self.start, -1
            self._prose(start, self.end)

    def _prose(self, start: int, end: int) -> None:
        lists = [frame for frame in self.frames if frame.mark]
        if lists:
            frame = lists[-1]
            self.blocks.append(
                Block(
                    start=start,
                    end=end,
                    kind=BlockKind.ITEM,
                    level=len(lists),
                    ordinal=frame.ordinal if frame.fresh else None,
                    list_id=frame.number,
                    item=frame.item,
                    leads=frame.fresh,
                )
            )
            frame.fresh = False
        else:
            whole = Block(start=start, end=end, kind=BlockKind.QUOTE if self.frames else BlockKind.PARAGRAPH)
            found = loose_items(self.text, whole, self.lists)
            self.lists += len(found) > 1
            self.blocks += found
