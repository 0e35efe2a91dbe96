"""One answer as the checker sees it: cut into places, everything parsed once and only where it matters."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from monitor.analysis import labels, moments, numberwords, quantities
from monitor.analysis.cues import Compiled
from monitor.analysis.folding import WORD, fold
from monitor.analysis.gated import Gated
from monitor.analysis.labels import Owners
from monitor.analysis.lexicon import Hit
from monitor.analysis.moments import Moment
from monitor.analysis.numberwords import Spelled
from monitor.analysis.places import CARRIED, Frame, Place
from monitor.analysis.quantities import Quantity
from monitor.analysis.text import Block, BlockKind, Document
from monitor.domain.readings import Mention, Span

_LABEL = re.compile(r"\s*[^\s:：.!?|][^:：.!?|\n]{0,48}?(?:\([^)\n]{0,40}\))?\s*(?:[:：]|[–—](?=\s)|->|→)\s*")
_POINTS = re.compile(r"[:：–—→>]")  # one of these stands in every label: looked for first, as labels are rare
_COMPANY = re.compile(
    r"\b(?:it|they|its|we|chains?|(?:the|this|as a|as the) (?:\w+ )?(?:company|firm|brand|business"
    r"|retailer|group|chain|maker|label|platform|service|giant|manufacturer|corporation|startup"
    r"|organi[sz]ation)"
    r"|das unternehmen|die firma|der konzern|die marke|der hersteller|es|sie|l'entreprise|la société"
    r"|la marque|le groupe|elle|il|l'enseigne|la empresa|la compañía|la marca|el grupo|la firma)"
    r"(?:'s|'ve|'d)?(?: \w+n't| not| never| no longer| nicht| n'est pas| no)?(?: is| was| has| had| have"
    r"| are| were| been| be| being| first| itself| also| now| still| did| est| a été| ist| wurde| fue| es"
    r"| está| all| really| currently| actually){0,3}\s*$"
)
_PART = re.compile(r"[;:.!?]")
_PRODUCT = re.compile(r" (?!Inc|Ltd|Group|Corp|Co\b|AG|SE|GmbH)[A-Z]")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|can|isn't|aren't|wasn't|doesn't|don't|says|said|runs|ist|sind|hat|war"
    r"|wird|est|sont|était|es|son|tiene)\b"
)
_LABEL_WORDS = 2
_RUN_IN = re.compile(r"[^\s.!?:：][^.!?:：\n]{0,40}[.:：]$")
_LONGEST_RUN_IN = 43  # characters


def _without_inner(hits: list[Hit]) -> list[Hit]:
    """Drop weak words that are part of a longer entry: "began" in "began trading"."""
    kept: list[Hit] = []
    for hit in hits:  # sorted by start, longer ones first
        inner = hit.weak and any(
            (one.start <= hit.start and hit.end < one.end) or (one.start < hit.start and hit.end <= one.end)
            for one in kept[-6:]
        )
        if not inner:
            kept.append(hit)
    return kept


@dataclass
class Page:
    """One answer as the checker sees it; everything is parsed once, when it is first asked for."""

    document: Document
    mentions: tuple[Mention, ...]
    compiled: Compiled
    today: date
    brand_words: frozenset[str] = frozenset()  # the words of the brand's names, folded
    question: str = ""
    folded: str = field(init=False)
    named: dict[tuple[int, int], tuple[Span, ...]] = field(init=False, default_factory=dict)  # proper names found

    def __post_init__(self) -> None:
        self.folded = self.document.folded

    def quantities_in(self, span: Span) -> Sequence[Quantity]:
        """Amounts are looked for only where a cue has been found, and once."""
        key = (span.start, span.end)
        if key not in self._quantities:
            _, spelled = self._words_in(key)
            self._quantities[key] = quantities.find(self.folded, spelled, self.document.lang, *key)
        return self._quantities[key]

    def moments_in(self, span: Span) -> Sequence[Moment]:
        key = (span.start, span.end)
        if key not in self._moments:
            words, spelled = self._words_in(key)
            self._moments[key] = moments.find(self.folded, words, spelled, self.today, span)
        return self._moments[key]

    def _words_in(self, key: tuple[int, int]) -> tuple[Sequence[tuple[int, int]], Sequence[Spelled]]:
        """Where the words of a stretch stand, and the numbers in words among them."""
        if key not in self._words:
            words = [match.span() for match in WORD.finditer(self.folded, *key)]
            self._words[key] = (words, numberwords.spelled(self.folded, words, self.document.lang))
        return self._words[key]

    @cached_property
    def _quantities(self) -> dict[tuple[int, int], Sequence[Quantity]]:
        return {}

    @cached_property
    def _moments(self) -> dict[tuple[int, int], Sequence[Moment]]:
        return {}

    @cached_property
    def _words(self) -> dict[tuple[int, int], tuple[Sequence[tuple[int, int]], Sequence[Spelled]]]:
        return {}

    def of_company(self, hit: Hit) -> bool:
        """Whether the words right before a weak cue name the brand, or a company by a pronoun."""
        key = (hit.start, hit.end)
        if key not in self._companies:
            self._companies[key] = self._of_company(hit)
        return self._companies[key]

    @cached_property
    def _companies(self) -> dict[tuple[int, int], bool]:
        return {}

    def _of_company(self, hit: Hit) -> bool:
        low = max(0, hit.start - 30)
        if _COMPANY.search(self.folded, low, hit.start):
            return True
        return any(
            (low <= one.start and one.end <= hit.start and self._leads_to(one, hit))
            or hit.end < one.start <= hit.end + 2
            for one in self.mentions
        )

    def _leads_to(self, mention: Mention, hit: Hit) -> bool:
        """Whether nothing but small words stands between the name and the cue; "Acme Cloud" is a product."""
        gap = self.document.plain[mention.end : hit.start]
        return not _PART.search(gap) and not _PRODUCT.match(gap)

    @cached_property
    def asked_for(self) -> frozenset[str]:
        """The concepts of the question: an answer need not repeat them."""
        found = self.compiled.spotter.find(fold(self.question), self.document.lang) if self.question else []
        return frozenset(hit.concept for hit in found)

    def concepts_in(self, span: Span) -> frozenset[str]:
        return self._spoken(span)[1]

    def hits_in(self, span: Span) -> Sequence[Hit]:
        """The words of the vocabulary are looked for only where it matters, and once."""
        return self._spoken(span)[0]

    def _spoken(self, span: Span) -> tuple[Sequence[Hit], frozenset[str]]:
        key = (span.start, span.end)
        if key not in self._hits:
            found = self.compiled.spotter.find(self.folded, self.document.lang, *key)
            hits = _without_inner(found)
            self._hits[key] = (hits, frozenset(hit.concept for hit in hits))
        return self._hits[key]

    @cached_property
    def _hits(self) -> dict[tuple[int, int], tuple[Sequence[Hit], frozenset[str]]]:
        return {}

    def owners_of(self, label: Span) -> Owners:
        """The facts that a label speaks of; looked up once for each label."""
        key = (label.start, label.end)
        if key not in self._owners:
            self._owners[key] = labels.owners(
                self.folded, label, self.hits_in(label), self.compiled, self.mentions_in(label)
            )
        return self._owners[key]

    @cached_property
    def _owners(self) -> dict[tuple[int, int], Owners]:
        return {}

    def may_hold(self, gated: Gated, low: int, high: int) -> bool:
        """Whether a word stands between two offsets without which a pattern cannot match."""
        starts = self._gates.get(gated)
        if starts is None:
            starts = self._gates[gated] = gated.starts(self.folded)
        if not starts:
            return False
        at = bisect_left(starts, low)
        return at < len(starts) and starts[at] < high

    @cached_property
    def _gates(self) -> dict[Gated, list[int]]:
        return {}

    def mentions_in(self, span: Span) -> list[Mention]:
        starts = self._mention_starts
        low = bisect_left(starts, span.start)
        if low == len(starts) or starts[low] >= span.end:
            return []
        high = bisect_left(starts, span.end, low)
        return [one for one in self.mentions[low:high] if one.end <= span.end]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [one.start for one in self.mentions]

    @cached_property
    def places(self) -> list[Place]:
        return list(self._places())

    def _places(self) -> Iterator[Place]:
        heading: Frame | None = None
        blocks = self.document.blocks
        lead: Frame | None = None
        for block in blocks:
            if block.kind is BlockKind.HEADING:
                heading, lead = Frame(start=block.start, end=block.end, weight=0.6), None
                yield from self._prose(block, ())
                continue
            if block.kind is BlockKind.CELL:
                yield from self._cell(block, heading)
                continue
            frames = tuple(frame for frame in (heading, lead if block.kind is BlockKind.ITEM else None) if frame)
            yield from self._prose(block, frames)
            if block.kind is not BlockKind.ITEM:
                last = self.document.sentences_in(block)[-1:]
                lead = Frame(start=last[0].start, end=last[0].end, weight=0.5) if last else None

    def _prose(self, block: Block, frames: tuple[Frame, ...]) -> Iterator[Place]:
        label: Frame | None = None
        before: Span | None = None
        for number, sentence in enumerate(self.document.sentences_in(block)):
            found = None if label else self._label(sentence)
            own = frames
            start = sentence.start
            if found:
                label = Frame(start=sentence.start, end=found.end(), weight=1.0, tight=True)
                start = found.end()
            elif number == 0 and not label and self._runs_in(sentence):
                label = Frame(start=sentence.start, end=sentence.end, weight=0.8)
                yield self._place(sentence.start, sentence.end, block, own)
                before = sentence
                continue
            if label:
                tight = label.tight and start != sentence.start
                own = (*own, Frame(start=label.start, end=label.end, weight=1.0 if tight else 0.8, tight=tight))
            if before:
                own = (*own, Frame(start=before.start, end=before.end, weight=CARRIED))
            yield self._place(sentence.start, sentence.end, block, own, value_start=start)
            before = sentence

    def _label(self, sentence: Span) -> re.Match[str] | None:
        """The words before a colon or dash, where no verb is among them and something follows."""
        start, end = sentence.start, sentence.end
        found = _LABEL.match(self.folded, start, end) if _POINTS.search(self.folded, start, end) else None
        return found if found and found.end() < end and not _VERB.search(self.folded, start, found.end()) else None

    def _runs_in(self, sentence: Span) -> bool:
        """Whether a first sentence is a label: "**Climate.** It wants ...", "Russia." before what is said of it."""
        if sentence.end - sentence.start > _LONGEST_RUN_IN:
            return False
        words = self.folded[sentence.start : sentence.end]
        bold = self.document.text.startswith(("**", "__"), sentence.start)
        return bool(_RUN_IN.match(words)) and (
            bold or words.endswith((":", "：")) or len(words.split()) <= _LABEL_WORDS
        )

    def _place(
        self, start: int, end: int, block: Block, frames: tuple[Frame, ...], *, cell: bool = False, value_start: int = 0
    ) -> Place:
        return Place(
            start=start, end=end, page=self, block=block, value_start=value_start or start, frames=frames, cell=cell
        )

    def clauses_in(self, span: Span) -> tuple[Span, ...]:
        """The clauses of a sentence or cell; what stands before the first one belongs to the one that goes on there."""
        clauses = self.document.clauses_in(span)
        if clauses and clauses[0].start <= span.start:
            return clauses
        stop = clauses[0].start if clauses else span.end
        whole = self.document.clause_of(span.start)
        return (Span(start=span.start, end=min(whole.end if whole else stop, span.end)), *clauses)

    @cached_property
    def _cells(self) -> dict[tuple[int | None, int | None, int | None], Block]:
        return {
            (block.table, block.row, block.column): block
            for block in self.document.blocks
            if block.kind is BlockKind.CELL
        }

    def heads(self, table: int | None) -> Sequence[Block]:
        """The heads of a table's columns, less that of the labels."""
        return self._heads.get(table, ())

    @cached_property
    def _heads(self) -> dict[int | None, list[Block]]:
        found: dict[int | None, list[Block]] = {}
        for (table, row, column), block in self._cells.items():
            if row == 0 and column:
                found.setdefault(table, []).append(block)
        return found

    def _cell(self, block: Block, heading: Frame | None) -> Iterator[Place]:
        if block.row == 0 or block.column == 0:
            return
        frames = []
        head = self._cells.get((block.table, 0, block.column))
        row = self._cells.get((block.table, block.row, 0))
        if row:
            frames.append(Frame(start=row.start, end=row.end, weight=1.0, tight=True))
        if head:
            frames.append(Frame(start=head.start, end=head.end, weight=0.8))
        if heading:
            frames.append(heading)
        for sentence in self.document.sentences_in(block):
            yield self._place(sentence.start, sentence.end, block, tuple(frames), cell=True)
