"""Who held a post before and who follows: "took over from X", "X, then chief executive", "his successor, Y"."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch

# "took over from X": of whom only one post is told that X has left.
_FROM = re.compile(
    r"(?:\b(?:t(?:ook|akes|aking) (?:it |the (?:job|post|helm|reins) )?over from|succe(?:eds|eded|eding)"
    r"|replac(?:es|ed|ing)"
    r"|follow(?:s|ed|ing)|in succession to|successor (?:to|of)|(?:man|woman|person|one) before (?:her|him|them),"
    r"|predecessor,|inherited the (?:post|job|role|position|office) from"
    r"|in place of|stepped in(?:to the shoes of| for)|löste|folgte(?: auf)?|ersetzte|nachfolger(?:in)? von"
    r"|übernahm von"
    r"|a(?:vait)? succédé à|succède à|succédant à|remplace|a remplacé|remplaçant|successeur de"
    r"|sustituy[óe] a|relev[óa] a|sucedi[óo] a|reemplaz[óa] a|sucesora? de|en sustitución de)"
    r"\s(?:the |its |his |her |longtime |co-?founder |founder |der |die |den |el |la |le |mr\.? |ms\.? ){0,3})$"
)
_LEFT = re.compile(
    r",?\s(?:(?:who|die|der|qui|que|quien)\s)?(?:had |has |then )?(?:stepped (?:down|aside)|resigned|retired"
    r"|made way|handed over"
    r"|gave up|g[ai]ve way|stood down|bowed out|left the (?:post|job|helm|top|company|position|role|firm|group"
    r"|office|chair|brand|board)|left (?=in |at |last |for |after )|was (?:dismissed|replaced"
    r"|ousted|succeeded)"
    r"|trat zurück|ging in rente|a démissionné|a quitté|est parti|dimitió|se jubiló|dejó)\b"
    r"|,? (?P<then>then|at (?:that|the) time|alors|à l'époque|damals|seinerzeit|entonces|por entonces),?"
    r" (?:the |its |la |le |der |die |das |el )?"
)


def told_past(place: Place, asked: Asked, name: Span) -> Span | None:
    """Return the words that tell that somebody has left a post, where they tell it of this post."""
    folded = place.page.folded
    taken = _FROM.search(folded, max(place.start, name.start - _WORDS_BEFORE), name.start)
    left = _LEFT.match(folded, name.end, place.end)
    if left and left["then"] and not any(hit.start == left.end() for hit in place.hits if hit.concept in asked.slots):
        left = None
    if not (taken or left) or _of_others(place, asked):
        return None
    end = max(place.clause(name.start).end, left.end() if left else name.end)
    return Stretch(start=taken.start() if taken else name.start, end=end)


def _of_others(place: Place, asked: Asked) -> bool:
    """Whether the sentence speaks of other posts of the sheet, and not of this one."""
    here = {hit.concept for hit in place.hits} | place.labelled
    posts = (one for one in place.page.compiled.asked if one.kind == "person" and one.index != asked.index)
    return not here & asked.telling and any(one.telling & here for one in posts)


_WORDS_BEFORE = 60  # characters
_WAS = re.compile(
    r"\buntil (?!now|today|further)|\btill (?!now|today)|\bhad (?:been|run|led|headed|held|chaired)\b"
    r"|\bbefore (?:her|him|that)\b"
    r"|\bpredecessors?\b|\bbis (?!heute|jetzt)|\bjusqu'(?:en|à|au)\b(?! (?:aujourd|présent|ce jour))"
    r"|\bhasta (?!hoy|ahora)"
    r"|まで"
)


def was(place: Place, name: Span) -> bool:
    """Whether the clause tells how long somebody held a post, or that another did before."""
    clause = place.clause(name.start)
    if _PRESENT.search(place.page.folded, max(clause.start, name.start - _WORDS_BEFORE), name.start):
        return False
    return bool(_WAS.search(place.page.folded, clause.start, clause.end))


_PRESENT = re.compile(r"\b(?:present|current|incumbent|today's|aktuell\w*|derzeitig\w*|heutig\w*|actuel\w*|actual)\b")
_APPOINTS = re.compile(
    r"\b(?:appoint(?:s|ed)|hir(?:es|ed)|brought in|promot(?:es|ed)|install(?:s|ed)|pick(?:s|ed)|cho(?:oses|se)"
    r"|(?:his|her|the|ihre?|sein|sa|son|su) (?:successor|nachfolger(?:in)?|successeure?|sucesora?),?|berief"
    r"|ernannte|a nommé"
    r"|nombró a|fichó a)\s$"
)


def follows(place: Place, name: Span) -> bool:
    """Whether somebody is given the post that the sentence before tells of: "his successor, Y"."""
    return bool(_APPOINTS.search(place.page.folded, max(place.start, name.start - _WORDS_BEFORE), name.start))


def told_before(place: Place, asked: Asked) -> bool:
    """Whether the sentence before tells who holds or held this post, and no other of the sheet."""
    holders = place.page.compiled.holders
    before = {concept for _, concepts in place.framed for concept in concepts & holders}
    return bool(before) and before <= asked.values
