"""Lists that markdown does not know: lines of a paragraph that begin with a bullet or a number of another program."""

import re

from msgspec.structs import replace

from monitor.analysis.blocks import Block, BlockKind

_LINE_ITEM = re.compile(r"(?:[•●▪◦‣·∙・][ \t]*|(?P<number>\d{1,2})(?:[.)][ \t]+|[、．]))(?=\S)")


def loose_items(text: str, block: Block, number: int) -> list[Block]:
    """Return the paragraph, or what it is made of: its words before the list, and the items of list `number`."""
    marks = _marks(text, block.start, block.end) if "\n" in text[block.start : block.end] else []
    if len(marks) < 2:  # noqa: PLR2004  -- one marked line is no list
        return [block]
    found = [replace(block, end=marks[0].start())] if marks[0].start() > block.start else []
    ends = [mark.start() for mark in marks[1:]] + [block.end]
    for item, (mark, stop) in enumerate(zip(marks, ends, strict=True), start=1):
        begin = mark.end()
        found.append(
            Block(
                start=begin,
                end=begin + len(text[begin:stop].rstrip()),
                kind=BlockKind.ITEM,
                level=1,
                ordinal=int(mark["number"]) if mark["number"] else None,
                list_id=number,
                item=item,
            )
        )
    return found


def _marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    begins = [start]
    while (at := text.find("\n", begins[-1], end)) >= 0:
        begins.append(at + 1)
    return [found for begin in begins if (found := _LINE_ITEM.match(text, begin, end))]
