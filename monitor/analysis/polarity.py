"""Whether a clause says that something is so or is not: its negations counted against those of the attribute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.analysis import topics
from monitor.analysis.cues import Asked
from monitor.analysis.flagged import EXTRA
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.turns import NOT_A_TURN, TURNS

_FREE_ANTI = re.compile(
    r"\b(?:costs?|charges?|pays?|paid|priced?|fees?|surcharges?|upcharges?|premium|supplement|kostet|gebühr\w*"
    r"|aufpreis"
    r"|zuschlag|coûtent?|facturée?s?|supplément|payante?s?|cuestan?|recargo|suplemento|cuota"
    r"|de pago)\b|[$€£¥]\s?\d|円|有料|年会費"
)
_FREE = re.compile(
    r"\b(?:free|gratis|kostenlos|kostenfrei|gratuit\w*|complimentary|umsonst)\b|無料|\b(?:costs?|kostet"
    r"|coûte|cuesta) (?:nothing|nichts|rien|nada)\b|\b(?:no|without|zero) (?:\w+ )?(?:cost|charge|fee"
    r"|fees|surcharge|upcharge|supplement|premium)\b|\bwithout paying\b|\bohne (?:aufpreis|zuschlag|gebühr\w*"
    r"|zusatzkosten)"
    r"|\bsans (?:supplément|frais|surcoût)|\bsin (?:coste|cargo|recargo)|追加料金(?:は(?:かか|不要|な)|なし|不要)|無償"
    r"|(?:0"
    r"|zero) (?:euros?|dollars?)|[$€£]0\b"
)
_FREE_PHRASE = re.compile(
    r"\b(?:free of charge|(?:at|for) no (?:\w+ )?(?:cost|charge)|without (?:\w+ )?(?:charge|cost|fee)"
    r"|ohne (?:aufpreis"
    r"|gebühr\w*)|sans (?:frais|supplément)|sin (?:coste|cargo))\b"
)
_YES = re.compile(
    r"^\W*(?:yes|ja|oui|sí|si|true|✓|✔|✅|はい|あり|available|offered|allowed|permitted|included)\b|^\W*[✓✔✅]"
)
_NO = re.compile(
    r"^\W*なし|^\W*(?:keine[rs]?|nie|aucune?|jamais|ningun[oa]|nunca|no|nein|non|false|✗|✘|❌|いいえ|none|not|never"
    r"|banned|private)\b|^\W*[✗✘❌]|^\W*いいえ"
)
_PLAINLY = re.compile(
    r"\W*(?:yes|no|ja|nein|oui|non|sí|はい|いいえ|none|never|nope|keine[rs]?|nie|aucune?|jamais"
    r"|ningun[oa]|nunca|(?:not )?(?:available|offered|allowed|permitted|included))\s*(?:[,.;:()–—]|$)"
    r"|[✓✔✅✗✘❌]|なし|あり"
)
_MOST_TURNS = 3


@lru_cache(maxsize=512)
def parity(about: str) -> int:
    """Count the turns of an attribute: "whether pets are banned" has one."""
    folded, against = _FREE_PHRASE.sub("", fold(about)), 0
    for start, end, opposite in topics.spans(folded):
        folded = folded[:start] + " " * (end - start) + folded[end:]
        against += opposite
    extra = bool(EXTRA.search(folded)) and not _FREE.search(fold(about))
    return against + extra + sum(1 for _ in TURNS.finditer(folded))


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
    if place.cell or (place.label and clause.end > place.value_start):
        short = folded[place.value_start : min(place.end, place.value_start + 24)]
        plainly = clause.start >= place.value_start or _PLAINLY.match(short)
        if plainly and ((yes := bool(_YES.search(short))) or _NO.search(short)):
            return Reading(holds=yes == base, turns=0, answer=True)
    if "free" in asked.concepts and any(hit.concept in {"free", "paid"} for hit in hits):
        paid = any(
            clause.start <= one.start < clause.end and one.value
            for one in place.quantities
            if one.dimension is Dimension.MONEY
        )
        said = _free(folded[clause.start : clause.end], paid=paid)
        return None if said is None else Reading(holds=said == base, turns=0, answer=True)
    concord = place.page.document.lang in _CONCORD
    counts = {_turns(folded, piece, hits, concord=concord) for piece in _pieces(place, clause, hits)}
    telling = [hit for hit in hits if topics.is_topic(hit.concept)]
    if len({count % 2 for count in counts}) != 1 and telling:  # "you order from it, as it is on no delivery app"
        denied = {_turns(folded, piece, telling, concord=concord) for piece in _pieces(place, clause, telling)}
        counts = denied if all(count % 2 for count in denied) else counts
    if len({count % 2 for count in counts}) != 1 or max(counts) >= _MOST_TURNS:
        return None
    turns = max(counts)
    return Reading(holds=(turns % 2 == 0) == base, turns=turns)


def is_ended(folded: str, clause: Span) -> bool:
    """Whether a clause tells an end or a ban by its verb: "stopped", "keeps out"."""
    return any(turn["ended"] for turn in TURNS.finditer(folded, clause.start, clause.end))


_PARTICLE = re.compile(r"\W*(?:no|yes|sí|si|ja|nein|oui|non|correct|right|true|largely true)\s*[.,:!–—][\s*_]*")


# "no free float and no ticker" says no once.
_AND_NO = re.compile(
    r"(?P<first>\b(?:no|not|neither|without|kein\w*|ni|sans|sin|ne|nicht)\b[^.;]{1,60}?(?:,| and| or| und| oder"
    r"| et| ni| y)?)"
    r" (?:no|nor|not|without|kein\w*|noch|ni|sans|sin|even)\b"
)


def behind_particle(folded: str, clause: Span) -> int:
    """Where a clause goes on behind its "No." or "Yes:"."""
    found = _PARTICLE.match(folded, clause.start, clause.end)
    return found.end() if found and found.end() + _FEW < clause.end else clause.start


def _turns(folded: str, piece: Span, hits: list[Hit], *, concord: bool = False) -> int:
    """Count the turns in a piece; a word such as "privately held" is one by itself, whatever follows it."""
    inside = [hit for hit in hits if piece.start <= hit.start < piece.end]
    words = _words(folded, piece)
    said = [hit for hit in inside if topics.is_topic(hit.concept)]
    for hit in said:  # "people who buy nothing": a "nothing" of the topic's own turns nothing round
        low, high = hit.start - piece.start, min(hit.end, piece.end) - piece.start
        words = words[:low] + "x" * (high - low) + words[high:]
    words = _PARTICLE.sub("", words, count=1) if _PARTICLE.match(words) else words
    words = _AND_NO.sub(r"\g<first>", words)
    if said:
        against = any(topics.is_opposite(hit.concept) for hit in said)
        return against + _count(words, concord=concord)
    for hit in inside:
        turn = TURNS.search(folded, hit.start, piece.end)
        if turn and turn.end() <= hit.end:
            return 1 + _count(_words(folded, Stretch(start=piece.start, end=hit.start)), concord=concord)
    return _count(words, concord=concord)


# Where "ne ... aucun", "no ... ninguna" say no once.
_CONCORD = frozenset({"fr", "es"})


def _count(words: str, *, concord: bool) -> int:
    """Count the turns of some words."""
    turns = list(TURNS.finditer(words))
    denied = sum(1 for turn in turns if turn["not"])
    return len(turns) - (denied - 1 if concord and denied > 1 else 0)


def _words(folded: str, span: Span) -> str:
    return NOT_A_TURN.sub(lambda found: " " * len(found[0]), folded[span.start : span.end])


_CUT = re.compile(
    r",\s|:\s|\s\(|\s(?:so|because|since|although|as|unless|if|except|provided|und|weil|et|car|y|porque)\s"
    r"|\s(?=there(?:'s| is| are| was| were)\b)"
    r"|\sand\s(?=(?:has|have|had|is|was|are|were|does|did|will|can|could|would)(?:n't| not)\b)"
    r"|\sand\s(?=\w+ed\b)|\s(?:and|or|nor|but|und|oder|et|y|ni)\s(?=(?:no|not|never|without|kein\w*|ohne|sans|sin)\b)"
    r"|、"
)


def _pieces(place: Place, clause: Span, hits: list[Hit]) -> list[Span]:
    """The parts of a clause that hold a word of the attribute."""
    folded = place.page.folded
    begin = max(clause.start, min(place.value_start, clause.end - 1))
    if any(hit.start >= begin for hit in hits):  # what stands in the label is no predicate
        clause = Stretch(start=begin, end=clause.end)
    cuts = [clause.start, *(found.end() for found in _CUT.finditer(folded, clause.start, clause.end)), clause.end]
    every = [Stretch(start=low, end=high) for low, high in pairwise(cuts)]
    pieces = _joined(every, folded, [hit.start for hit in hits if topics.is_opposite(hit.concept)])
    if clause.start < begin < clause.end:  # "Leather: not used any more" goes on about its label
        end = next(one.end for one in every if one.end > begin)
        return [Stretch(start=clause.start, end=end)]
    held = [one for one in pieces if any(one.start <= hit.start < one.end for hit in hits)]
    return held or [clause]


def _joined(pieces: Sequence[Span], folded: str, opposites: list[int]) -> list[Span]:
    """Let the first ones of an enumeration share its predicate: "rifles, tanks and jets have no place there"."""
    kept: list[Span] = []
    for piece in reversed(pieces):
        words = folded[piece.start : piece.end]
        turned = any(piece.start <= at < piece.end for at in opposites)
        if kept and not turned and _GOES_ON.search(words) and len(words.split()) <= _FEW and not _SAYS.search(words):
            kept[-1] = Stretch(start=piece.start, end=kept[-1].end)
        else:
            kept.append(piece)
    return kept[::-1]


_GOES_ON = re.compile(r",\s*$|\s(?:und|oder|et|ou|y|o|ni)\s+$")
_SAYS = re.compile(
    r"\b(?:yes|no|ja|nein|oui|non|sí|si|not|is|are|was|were|has|have|had|does|do|did|will|can|may|ist|sind|hat"
    r"|war|wird|est"
    r"|sont|a|ont|son|es|\w{3,}s (?:it|them|the|its|no)|\w+ed)\b"
)
_FEW = 5  # words of a member of an enumeration


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
