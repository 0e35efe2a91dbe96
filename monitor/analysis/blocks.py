"""The blocks of an answer: what they are and where they stand, without their markers."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.analysis.spans import Stretch


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    QUOTE = "quote"


class Block(Stretch, frozen=True, kw_only=True):
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


class Definition(Stretch, frozen=True, kw_only=True):
    """A line `[label]: url "title"`, which a reader of the answer does not see."""

    label: str
    url: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Outline:
    blocks: tuple[Block, ...]
    definitions: tuple[Definition, ...]
