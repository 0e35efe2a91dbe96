"""One answer as the checker sees it: everything is parsed once and only where it matters."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.analysis import labels, moments, numberwords, quantities, relating
from monitor.analysis.cues import Compiled
from monitor.analysis.folding import WORD, fold
from monitor.analysis.gated import Gated
from monitor.analysis.kept import kept
from monitor.analysis.labels import Owners
from monitor.analysis.lexicon import Hit
from monitor.analysis.moments import Moment
from monitor.analysis.numberwords import Spelled
from monitor.analysis.quantities import Quantity
from monitor.analysis.searched import Searched
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block, BlockKind, Document
from monitor.domain.readings import Mention

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
# "who created the company", "leads the firm": whose, behind the word.
_OF_COMPANY = re.compile(
    r" (?:the|this|das|die|la|le|l'|el)\s?(?:company|firm|brand|business|group|chain|retailer|maker|startup|bank"
    r"|airline|unternehmen"
    r"|firma|marke|entreprise|société|marque|groupe|empresa|compañía|marca|grupo)\b"
)
_WHICH = re.compile(r"\W*(?:die|der|das|welche[rs]?)\s")
_PART = re.compile(r"[;:.!?]")
_PRODUCT = re.compile(r" (?!Inc|Ltd|Group|Corp|Co\b|AG|SE|GmbH)[A-Z]")


def _begins_in(starts: Sequence[int], span: Span) -> bool:
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end


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
class Page(Searched):
    """One answer as the checker sees it; everything is parsed once, when it is first asked for."""

    document: Document
    mentions: tuple[Mention, ...]
    compiled: Compiled
    today: date
    brand: str = ""
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

    @kept
    def _quantities(self) -> dict[tuple[int, int], Sequence[Quantity]]:
        return {}

    @kept
    def _moments(self) -> dict[tuple[int, int], Sequence[Moment]]:
        return {}

    @kept
    def _words(self) -> dict[tuple[int, int], tuple[Sequence[tuple[int, int]], Sequence[Spelled]]]:
        return {}

    def of_company(self, hit: Hit) -> bool:
        """Whether the words right before a weak cue name the brand, or a company by a pronoun."""
        key = (hit.start, hit.end)
        if key not in self._companies:
            self._companies[key] = self._of_company(hit)
        return self._companies[key]

    @kept
    def _companies(self) -> dict[tuple[int, int], bool]:
        return {}

    def _of_company(self, hit: Hit) -> bool:
        low = max(0, hit.start - 30)
        if _COMPANY.search(self.folded, low, hit.start):
            return True
        before = self.mentions_in(Stretch(start=low, end=hit.start))
        if any(self._leads_to(one, hit) for one in before):
            return True
        if _OF_COMPANY.match(self.folded, hit.end) or self._unsaid(hit):
            return True
        behind = bisect_right(self._mention_starts, hit.end)
        return behind < len(self.mentions) and self.mentions[behind].start <= hit.end + 2

    def _unsaid(self, hit: Hit) -> bool:
        """Whether the language leaves out the subject there: "Nació en 1947", "die 1974 in Duluth entstand"."""
        clause = self.document.clause_of(hit.start)
        if clause is None or self.document.lang not in {"es", "it", "pt", "de"}:
            return False
        if self.document.lang == "de":
            return bool(_WHICH.match(self.folded, clause.start))
        return not self.folded[clause.start : hit.start].strip(" *_¿¡(,")

    def _leads_to(self, mention: Mention, hit: Hit) -> bool:
        """Whether nothing but small words stands between the name and the cue; "Acme Cloud" is a product."""
        gap = self.document.plain[mention.end : hit.start]
        return not _PART.search(gap) and not _PRODUCT.match(gap)

    @kept
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
            hits = _without_inner(
                [
                    hit
                    for hit in found
                    if hit.concept not in relating.WATCHED or not relating.drops(self.document.plain, self.folded, hit)
                ]
            )
            self._hits[key] = (hits, frozenset(hit.concept for hit in hits))
        return self._hits[key]

    @kept
    def _named(self) -> list[int]:
        """Where the sheet's own names stand in the whole answer, found in one pass."""
        return [hit.start for hit in self.compiled.named.find(self.folded, self.document.lang)]

    def names_own(self, span: Span) -> bool:
        """Whether a name of the sheet stands in a span."""
        return _begins_in(self._named, span)

    @kept
    def _things(self) -> list[int]:
        """Where products of the sheet are named, found in one pass."""
        return [hit.start for hit in self.compiled.things.find(self.folded, self.document.lang)]

    def names_thing(self, span: Span) -> bool:
        """Whether a product whose price the sheet gives is named in a span."""
        return _begins_in(self._things, span)

    @kept
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

    @kept
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

    @kept
    def _gates(self) -> dict[Gated, list[int]]:
        return {}

    @kept
    def holder_spots(self) -> list[int]:
        """Where the last names of those stand who hold or held a post of the sheet."""
        found = []
        for name in self.compiled.surnames:
            at = self.folded.find(name)
            while at >= 0:
                found.append(at)
                at = self.folded.find(name, at + len(name))
        return sorted(found)

    def mentions_in(self, span: Span) -> list[Mention]:
        starts = self._mention_starts
        low = bisect_left(starts, span.start)
        if low == len(starts) or starts[low] >= span.end:
            return []
        high = bisect_left(starts, span.end, low)
        return [one for one in self.mentions[low:high] if one.end <= span.end]

    def mentions_at(self, span: Span) -> list[Mention]:
        """The namings that share a letter with the span."""
        low = max(0, bisect_left(self._mention_starts, span.start) - 1)
        high = bisect_left(self._mention_starts, span.end)
        return [one for one in self.mentions[low:high] if one.end > span.start]

    @kept
    def _mention_starts(self) -> list[int]:
        return [one.start for one in self.mentions]

    def clauses_in(self, span: Span) -> tuple[Span, ...]:
        """The clauses of a sentence or cell; what stands before the first one belongs to the one that goes on there."""
        clauses = self.document.clauses_in(span)
        if clauses and clauses[0].start <= span.start:
            return clauses
        stop = clauses[0].start if clauses else span.end
        whole = self.document.clause_of(span.start)
        return (Stretch(start=span.start, end=min(whole.end if whole else stop, span.end)), *clauses)

    @kept
    def cells(self) -> dict[tuple[int | None, int | None, int | None], Block]:
        return {
            (block.table, block.row, block.column): block
            for block in self.document.blocks
            if block.kind is BlockKind.CELL
        }

    def heads(self, table: int | None) -> Sequence[Block]:
        """The heads of a table's columns, less that of the labels."""
        return self._heads.get(table, ())

    @kept
    def _heads(self) -> dict[int | None, list[Block]]:
        found: dict[int | None, list[Block]] = {}
        for (table, row, column), block in self.cells.items():
            if row == 0 and column:
                found.setdefault(table, []).append(block)
        return found
