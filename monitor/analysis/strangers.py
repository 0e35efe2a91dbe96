"""Others that bear the brand's name, where a sentence speaks of them: a football club, an album, a region."""

import re
from collections.abc import Iterator, Sequence

from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from monitor.analysis.spans import Span
from monitor.analysis.text import Document
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Mention

OTHER = "\0other"
_LEADS = re.compile(r"\W*(?:(?:the|die|der|das|le|la|les|el|los|las)\s)?\W*")
# "Acme (album)", "the Acme tree": what else bears the name.
_THING = re.compile(
    r"\W{0,4}\(\s*(?:the |an? )?(?:\w+ ){0,2}?(?:album|song|single|band|film|movie|novel|book|magazine|character|game"
    r"|medicine|medical term|disease|symptom|tree|plant|flower|animal|bird|fish|horse|breed|river|lake|mountain"
    r"|island"
    r"|bay|region|area|city|town|village|county|place|surname|family name|given name|first name|mythology|goddess|god"
    r"|football|club|team|ship|painting|word|verb|noun|term|unit|mineral|crater|asteroid"
    r"|film|buch|lied|baum|fluss|berg|stadt|dorf|ort|nachname|vorname|verein|arbre|rivière|ville|chanson|árbol|río"
    r"|ciudad|canción|apellido)\b[^)]{0,24}\)"
)


# "There's also the Acme Dance Theatre, a small company in Leeds", "Acme Rovers, who play in the seventh tier".
_TOLD_OF = re.compile(
    r"[*_\"'’”]*,? (?:an? |who |which |founded |created |set up |die |der |das |gegründet"
    r"|qui |fondée? |que |fundad[oa] )"
)
_NEAR = 5  # characters between a name and a bracket that says what it names


class Strangers:
    """Made ready for one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self._brand = sheet.brand.name
        self._spotter = Spotter(Word(text=fold(name), concept=OTHER) for name in sheet.brand.lookalikes if name.strip())
        self._any = bool(sheet.brand.lookalikes)

    def beside(self, document: Document, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the namings with those of others that a sentence begins with; these are of `OTHER`."""
        own = [self._meant(document, one) for one in mentions]
        if not self._any:
            return tuple(own)
        taken = {offset for one in own for offset in (one.start, one.end - 1)}
        fresh = [one for one in self._leading(document) if taken.isdisjoint(range(one.start, one.end))]
        return tuple(sorted((*own, *fresh)))

    def _meant(self, document: Document, one: Mention) -> Mention:
        if one.entity != self._brand or document.folded.find("(", one.end, one.end + _NEAR) < 0:
            return one
        other = _THING.match(document.folded, one.end)
        return Mention(start=one.start, end=one.end, entity=OTHER) if other else one

    def _leading(self, document: Document) -> Iterator[Mention]:
        for hit in self._spotter.find(document.folded):
            for span in (document.sentence_of(hit.start), document.clause_of(hit.start)):
                if span and (_leads(document, span, hit.start) or _TOLD_OF.match(document.folded, hit.end)):
                    yield Mention(start=hit.start, end=hit.end, entity=OTHER)
                    break


def _leads(document: Document, span: Span, at: int) -> bool:
    return bool(_LEADS.fullmatch(document.folded, span.start, at))
