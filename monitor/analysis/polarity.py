"""Whether a clause says that something is so or is not: its negations counted against those of the attribute."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.analysis.cues import EXTRA, Asked
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension
from monitor.domain.readings import Span

# Each of these turns a statement round once.
_NOT = (
    r"\b(?:not|never|without|neither|nor|no longer|cannot|none|nothing|nobody|nowhere|isn't|wasn't|aren't"
    r"|weren't|doesn't|didn't|don't"
    r"|unlisted|unquoted|keeps? (?:[^.;,]{1,40} )?out of|kept out of|steers? clear of|stays? away from"
    r"|stayed away from|shuns?|forgoes?"
    r"|swears? off|rul(?:es?|ed) out|reject(?:s|ed)?|do(?:es)? without|did without|nowhere|unable|impossible"
    r"|hasn't|haven't|hadn't|won't|can't|couldn't|wouldn't|no(?! longer|\.)|free of|free from|lacks?|devoid of"
    r"|nicht|kein|keine|keinen|keiner|keinerlei|nie|niemals|weder|ohne|nichts"
    r"|n'est|n'a|n'ont|n'était|n'y|ne|aucune?|jamais|sans|ni|rien"
    r"|nunca|jamás|sin|ningún|ninguna|tampoco|nada)\b|ません|ない(?!か)|なし|ではな|非上場|未上場|停止|終了|撤退|禁止|廃止|閉鎖"
)
_ENDED = (
    r"\b(?:withdrawal|exit|pull-?out|departure|retreat|phase-?out|abolition|came to an end|comes to an end"
    r"|put an end|called it a day"
    r"|wound (?:up|down)|rückzug|ausstieg|retrait|retirada|salida|stopp(?:ed|ing)|ended|ends|ceased|discontinued?"
    r"|scrapped|axed|killed off|abandoned|dropped"
    r"|retired|removed|pulled out|pulled the plug|withdr(?:ew|awn)|exited|left"
    r"|shut(?: down)?|clos(?:ed?|es|ing|ure)|finished|phased out|(?:folded|merged|rolled) into|got rid of"
    r"|did away with|gave up|given up|eliminated|quit|suspended|refus(?:es?|ed)|declin(?:es?|ed)|excluded"
    r"|bans?|banned|banning"
    r"|prohibit(?:s|ed)?|forbids?|forbidden|disallow(?:s|ed)?|outlawed|barred|off-limits|off limits"
    r"|privately|private(?! (?:customer|buyer|individual|person|people|household|user|client|consumer|home|label"
    r"|use\b|room))|independent|avoid(?:s|ed)?|sold off|divested|goodbye|over"
    r"|eingestellt|beendet|verboten|verbietet|untersagt|verlassen|geschlossen|zurückgezogen|abgeschafft"
    r"|verzichtet|privat"
    r"|arrêté|cessé|interdits?|interdites?|quitté|fermé|supprimé|abandonné|mis fin|retirée?|privée?"
    r"|dejó|dejado|prohibid[oa]s?|prohíbe|abandonó|cerró|suspendió|eliminó|retiró|cesó|terminó|privada)\b"
)
_TURNS = re.compile(f"(?P<not>{_NOT})|(?P<ended>{_ENDED})")
_NOT_A_TURN = re.compile(
    r"\b(?:no doubt|not only|not just|no matter|no\. ?\d|nothing but|no fewer|no less|nicht nur"
    r"|(?:has|have|had|did) not (?:come back|returned?|resumed?|gone back|reversed)|never (?:came back|returned"
    r"|resumed)|hasn't"
    r" (?:come back|returned|resumed)"
    r"|non seulement|no solo|no sólo|nothing to lose|last not least|the only exception)\b"
)
_FREE_ANTI = re.compile(
    r"\b(?:costs?|charges?|pays?|paid|priced?|fees?|kostet|gebühr\w*|coûte|payante?|cuesta|cuota"
    r"|de pago)\b|[$€£¥]\s?\d|円|有料|年会費"
)
_FREE = re.compile(
    r"\b(?:free|gratis|kostenlos|kostenfrei|gratuit\w*|complimentary|umsonst)\b|無料|\b(?:costs?|kostet"
    r"|coûte|cuesta) (?:nothing|nichts|rien|nada)\b|\b(?:no|without|zero) (?:\w+ )?(?:cost|charge|fee"
    r"|fees)\b|(?:0|zero) (?:euros?|dollars?)|[$€£]0\b"
)
_YES = re.compile(r"^\W*(?:yes|ja|oui|sí|si|true|✓|✔|✅|はい|available|allowed|permitted)\b|^\W*[✓✔✅]")
_NO = re.compile(r"^\W*(?:no|nein|non|false|✗|✘|❌|いいえ|none|not|never|banned|private)\b|^\W*[✗✘❌]|^\W*いいえ")
_MOST_TURNS = 3


def is_ended(folded: str, clause: Span) -> bool:
    """Whether a word such as "stopped", "banned", "withdrew" stands in a clause."""
    return any(found.lastgroup == "ended" for found in _TURNS.finditer(folded, clause.start, clause.end))


@lru_cache(maxsize=512)
def parity(about: str) -> int:
    """Count the turns of an attribute: "whether pets are banned" has one."""
    words = fold(about)
    return sum(1 for _ in _TURNS.finditer(words)) + bool(EXTRA.search(words) and not _FREE.search(words))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a clause says of a flag."""

    holds: bool
    turns: int  # how often it was turned round; 0: said as it is
    answer: bool = False  # a plain yes or no


def read(place: Place, clause: Span, asked: Asked, hits: list[Hit]) -> Reading | None:
    """Return what the clause says of the flag; None where it cannot be told."""
    folded = place.page.folded
    hits = [hit for hit in hits if not hit.weak] or hits
    base = parity(asked.about) % 2 == 0
    if place.cell or (place.label and clause.start >= place.value_start):
        short = folded[place.value_start : min(place.end, place.value_start + 24)]
        if (yes := bool(_YES.search(short))) or _NO.search(short):
            return Reading(holds=yes == base, turns=0, answer=True)
    if "free" in asked.concepts and any(hit.concept in {"free", "paid"} for hit in hits) and not place.cell:
        paid = any(
            clause.start <= one.start < clause.end and one.value
            for one in place.quantities
            if one.dimension is Dimension.MONEY
        )
        said = _free(_words(folded, clause), paid=paid)
        return None if said is None else Reading(holds=said == base, turns=0, answer=True)
    counts = {_turns(folded, piece, hits) for piece in _pieces(place, clause, hits)}
    if len({count % 2 for count in counts}) != 1 or max(counts) >= _MOST_TURNS:
        return None
    turns = max(counts)
    return Reading(holds=(turns % 2 == 0) == base, turns=turns)


# "no free float and no ticker" says no once.
_AND_NO = re.compile(
    r"(?P<first>\b(?:no|not|neither|without|kein\w*|ni|sans|sin|ne|nicht)\b[^.;]{1,60}?(?:,| and| or| und| oder"
    r"| et| ni| y)?)"
    r" (?:no|nor|not|without|kein\w*|noch|ni|sans|sin|even)\b"
)
_PARTICLE = re.compile(r"^\W*(?:no|yes|sí|si|ja|nein|oui|non|correct|right|true|largely true)\s*[.,:!–—]")


def _turns(folded: str, piece: Span, hits: list[Hit]) -> int:
    """Count the turns in a piece; a word such as "privately held" is one by itself, whatever follows it."""
    words = _AND_NO.sub(r"\g<first>", _PARTICLE.sub("", _words(folded, piece)))
    for hit in hits:
        turn = _TURNS.search(folded, hit.start, piece.end) if piece.start <= hit.start < piece.end else None
        if turn and turn.end() <= hit.end:
            return 1 + sum(1 for _ in _TURNS.finditer(_words(folded, Span(start=piece.start, end=hit.start))))
    return sum(1 for _ in _TURNS.finditer(words))


def _words(folded: str, span: Span) -> str:
    return _NOT_A_TURN.sub(lambda found: " " * len(found[0]), folded[span.start : span.end])


_CUT = re.compile(
    r",\s|:\s|\s(?:so|because|since|although|as|unless|if|except|provided|und|weil|et|car|y|porque)\s"
    r"|\sand\s(?=\w+ed\b)"
    r"|、"
)


def _pieces(place: Place, clause: Span, hits: list[Hit]) -> list[Span]:
    """The parts of a clause that hold a word of the attribute."""
    folded = place.page.folded
    begin = max(clause.start, min(place.value_start, clause.end - 1))
    if any(hit.start >= begin for hit in hits):  # what stands in the label is no predicate
        clause = Span(start=begin, end=clause.end)
    cuts = [clause.start, *(found.end() for found in _CUT.finditer(folded, clause.start, clause.end)), clause.end]
    pieces = [Span(start=low, end=high) for low, high in pairwise(cuts)]
    held = [one for one in pieces if any(one.start <= hit.start < one.end for hit in hits)]
    return held or [clause]


_FREE_OF = re.compile(
    r"\bfree(?! to join| of charge| membership| for | at | with | on | in | when | if | worldwide| over "
    r"| above | from |\s*[,.;:!)]|$| and | to )\s+[a-z]"
)


def _free(words: str, *, paid: bool) -> bool | None:
    if paid:
        return False
    free = _FREE.search(_FREE_OF.sub(" ", words))
    if free:
        return not re.search(
            r"\b(?:not|isn't|no longer|nicht|pas|n'est)\b[^,;]{0,12}\b(?:free|gratis|kostenlos|gratuit)", words
        )
    if _FREE_ANTI.search(words):
        return bool(_NO_COST.search(words))
    return None


_NO_COST = re.compile(r"n't\b|\b(?:not|nothing|no|nicht|keine?|ne|pas|rien|nada|sin)\b|ません|なし|ない")
