"""Whether a clause says that something is so or is not: its negations counted against those of the attribute."""

import re
from functools import lru_cache

from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.domain.readings import Span

# Each of these turns a statement round once.
_NOT = (
    r"\b(?:not|never|without|neither|nor|no longer|cannot|none|nothing|nobody|nowhere|isn't|wasn't|aren't|weren't|doesn't|didn't|don't"
    r"|hasn't|haven't|hadn't|won't|can't|couldn't|wouldn't|no|free of|free from|lacks?|devoid of"
    r"|nicht|kein|keine|keinen|keiner|keinerlei|nie|niemals|weder|ohne|nichts"
    r"|n'est|n'a|n'ont|n'était|n'y|ne|aucune?|jamais|sans|ni|rien"
    r"|nunca|jamás|sin|ningún|ninguna|tampoco|nada)\b|ません|ない(?!か)|なし|ではな|非上場|未上場|停止|終了|撤退|禁止|廃止|閉鎖"
)
_ENDED = (
    r"\b(?:stopp(?:ed|ing)|ended|ends|ceased|discontinued?|scrapped|axed|killed off|abandoned|dropped|retired|removed|pulled out|pulled the plug|withdr(?:ew|awn)|exited|left"
    r"|shut(?: down)?|clos(?:ed?|es|ing|ure)|finished|phased out|got rid of|did away with|gave up|given up|eliminated|quit|suspended|refus(?:es?|ed)|declin(?:es?|ed)|excluded|bans?|banned|banning"
    r"|prohibit(?:s|ed)?|forbids?|forbidden|disallow(?:s|ed)?|outlawed|barred|off-limits|off limits|privately|private|independent|avoid(?:s|ed)?|sold off|divested|goodbye|over"
    r"|eingestellt|beendet|verboten|verbietet|untersagt|verlassen|geschlossen|zurückgezogen|abgeschafft|verzichtet|privat"
    r"|arrêté|cessé|interdits?|interdites?|quitté|fermé|supprimé|abandonné|mis fin|retirée?|privée?"
    r"|dejó|dejado|prohibid[oa]s?|prohíbe|abandonó|cerró|suspendió|eliminó|retiró|cesó|terminó|privada)\b"
)
_TURNS = re.compile(f"(?P<not>{_NOT})|(?P<ended>{_ENDED})")
_NOT_A_TURN = re.compile(r"\b(?:no doubt|not only|not just|no matter|no\. ?\d|nothing but|no fewer|no less|nicht nur|non seulement|no solo|no sólo|nothing to lose|last not least|the only exception)\b")
_FREE_ANTI = re.compile(
    r"\b(?:costs?|charges?|pays?|paid|priced?|fees?|kostet|gebühr\w*|coûte|payante?|cuesta|cuota|de pago)\b|[$€£¥]\s?\d|円|有料|年会費"
)
_FREE = re.compile(r"\b(?:free|gratis|kostenlos|kostenfrei|gratuit\w*|complimentary|umsonst)\b|無料|\b(?:costs?|kostet|coûte|cuesta) (?:nothing|nichts|rien|nada)\b|\b(?:no|without|zero) (?:\w+ )?(?:cost|charge|fee|fees)\b|(?:0|zero) (?:euros?|dollars?)|[$€£]0\b")
_YES = re.compile(r"^\W*(?:yes|ja|oui|sí|si|true|✓|✔|✅|はい|available|allowed|permitted)\b|^\W*[✓✔✅]")
_NO = re.compile(r"^\W*(?:no|nein|non|false|✗|✘|❌|いいえ|none|not|never|banned|private)\b|^\W*[✗✘❌]|^\W*いいえ")
_MOST_TURNS = 3


@lru_cache(maxsize=512)
def parity(about: str) -> int:
    """Count the turns of an attribute: "whether pets are banned" has one."""
    return sum(1 for _ in _TURNS.finditer(fold(about)))


def read(place: Place, clause: Span, asked: Asked, hits: list[Hit]) -> bool | None:
    """Return what the clause says of the flag; None where it cannot be told."""
    folded = place.page.folded
    about = asked.about
    base = parity(about) % 2 == 0
    if place.cell or (place.label and clause.start == place.start):
        short = folded[place.start : min(place.end, place.start + 24)]
        if _YES.search(short):
            return base
        if _NO.search(short):
            return not base
    words = _NOT_A_TURN.sub(lambda found: " " * len(found[0]), folded[clause.start : clause.end])
    if "free" in {concept for hit in hits for concept in [hit.concept]} and "free" in asked.concepts and not place.cell:
        return _free(words) if not base else _flip(_free(words), turned=False)
    turns = [found for found in _TURNS.finditer(words)]
    if len(turns) > _MOST_TURNS:
        return None
    return (len(turns) % 2 == 0) == base


def _flip(said: bool | None, *, turned: bool) -> bool | None:
    return None if said is None else said != turned


def _free(words: str) -> bool | None:
    if _FREE.search(words):
        return not re.search(r"\b(?:not|isn't|no longer|nicht|pas|n'est)\b[^,;]{0,12}\b(?:free|gratis|kostenlos|gratuit)", words)
    if _FREE_ANTI.search(words):
        return bool(re.search(r"\b(?:not|n't|doesn't|don't|nothing|no|nicht|keine?|ne|pas|rien|no|nada|sin)\b|ません|なし|ない", words))
    return None
