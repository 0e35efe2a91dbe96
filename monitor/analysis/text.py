"""An answer parsed once: its words at their own offsets, its blocks, sentences, clauses and links."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from monitor.analysis import languages
from monitor.analysis.blocks import Block, BlockKind, Definition
from monitor.analysis.folding import fold
from monitor.analysis.kept import kept
from monitor.analysis.markdown import outline
from monitor.analysis.marks import Link, plain
from monitor.analysis.sentences import clauses, sentences
from monitor.analysis.spans import Span
from monitor.domain.text import storable

__all__ = ["Block", "BlockKind", "Definition", "Document", "Link", "parse"]

_S = TypeVar("_S", bound=Span)
_FEW = 30  # blocks; more cells than a table's row has
MAX_LENGTH = 1_000_000  # characters that are read; what stands behind them is left alone


@dataclass(frozen=True, kw_only=True)
class Document:
    """All offsets are `str` offsets into `text`, which is the answer as given."""

    text: str
    plain: str  # same length; marks, targets, addresses, code, tags are spaces; quotes, digits, spaces made even
    lang: str  # ISO 639-1; "" if not known
    blocks: tuple[Block, ...]  # in order, not overlapping; code has none
    links: tuple[Link, ...]
    definitions: tuple[Definition, ...]  # reference lines, which are in no block

    @kept
    def sentences(self) -> tuple[Span, ...]:
        return tuple(sentences(self.plain, self.text, self.blocks))

    @kept
    def clauses(self) -> tuple[Span, ...]:
        return tuple(clauses(self.plain, self.folded, self.sentences))

    @kept
    def folded(self) -> str:
        """The plain text in lower case, full-width signs as plain ones; every offset stays."""
        return fold(self.plain)

    @kept
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @kept
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    @kept
    def _clause_starts(self) -> list[int]:
        return [span.start for span in self.clauses]

    @kept
    def leads(self) -> dict[tuple[int, int], Span]:
        """The words that name a block, by where it begins and ends; kept because several steps ask for them."""
        return {}

    @kept
    def _link_starts(self) -> list[int]:
        return [link.label.start for link in self.links]

    def links_in(self, span: Span) -> tuple[Link, ...]:
        """Links whose label begins inside the span."""
        return self.links[_slice(self._link_starts, span)]

    def block_of(self, offset: int) -> Block | None:
        return _holding(self.blocks, self._block_starts, offset)

    def blocks_before(self, block: Block) -> tuple[Block, ...]:
        """The few blocks right before one, in order."""
        at = bisect_right(self._block_starts, block.start) - 1
        return self.blocks[max(0, at - _FEW) : at]

    def sentence_of(self, offset: int) -> Span | None:
        return _holding(self.sentences, self._sentence_starts, offset)

    def clause_of(self, offset: int) -> Span | None:
        return _holding(self.clauses, self._clause_starts, offset)

    def sentences_in(self, span: Span) -> tuple[Span, ...]:
        """Sentences that begin inside the span."""
        return self.sentences[_slice(self._sentence_starts, span)]

    def clauses_in(self, span: Span) -> tuple[Span, ...]:
        """Clauses that begin inside the span."""
        return self.clauses[_slice(self._clause_starts, span)]


def parse(text: str, lang: str = "") -> Document:
    r"""Parse an answer; characters beyond `MAX_LENGTH` are not read.

    >>> document = parse("**Acme** is [good](https://acme.example). It sells `x`.")
    >>> document.plain
    '  Acme   is  good                       . It sells    .'
    >>> [document.text[s.start:s.end] for s in document.sentences]
    ['Acme** is [good](https://acme.example).', 'It sells `x`.']
    """
    read = storable(text[:MAX_LENGTH])
    found = outline(read)
    words, links = plain(read, found)
    words += " " * (len(text) - len(words))
    return Document(
        text=text,
        plain=words,
        lang=lang[:2].lower() or languages.guess(words),
        blocks=found.blocks,
        links=links,
        definitions=found.definitions,
    )


def _holding(spans: Sequence[_S], starts: Sequence[int], offset: int) -> _S | None:
    at = bisect_right(starts, offset) - 1
    return spans[at] if at >= 0 and offset < spans[at].end else None


def _slice(starts: Sequence[int], span: Span) -> slice:
    return slice(bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1))
