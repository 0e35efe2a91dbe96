"""Values of text facts that are known by their form: quotations, stock exchanges, terms without a limit."""

import re
from collections.abc import Iterator

from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.nearness import tie
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension
from monitor.analysis.spans import Stretch

ENOUGH = 0.45  # of a fact's words
LIMITED, WITHOUT_LIMIT = "\0limited", "\0without limit"


_QUOTES = re.compile(r"[\"“„«「『]\s?(?P<words>[^\"“”„«»「」『』\n]{3,80}?)[.,!。]?\s?[\"”“»」』]")
_LED = re.compile(
    r"[\s:,–—(*_]*(?:(?:is|was|are|reads?|says?|goes|runs|puts it|being|of|ist|lautet|heißt|est|es|reza|dice|the|der"
    r"|das|le|la|el|now|today"
    r"|currently|on|every|all|its|her|cups?|box(?:es)?|page|front|door|wall|pack(?:aging|s)?|brand|company|:|は|が"
    r"|の)[\s:,]*)*"
)
_BEHIND = re.compile(
    r"[\s,.!»”\")*_]*(?:(?:is|as|ist|est|es|was|–|—|,|the|its|der|das|ihr|le|la|son|sa|el|su|wie|comme|como|reza"
    r"|dit|what|it"
    r"|says|on|every)[\s,]*)*"
)


def quotations(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Other words in quotation marks right beside "slogan", or as the value of its label."""
    if covered < ENOUGH or asked.attribute.isdisjoint(_QUOTED):
        return
    plain, folded = place.page.document.plain, place.page.folded
    for found in _QUOTES.finditer(plain, max(place.start - 1, place.value_start - 1), min(len(plain), place.end + 1)):
        at = Stretch(start=found.start("words"), end=found.end("words"))
        labelled = bool(place.labelled & asked.attribute) and at.start >= place.value_start
        if labelled or any(_leads_to(folded, hit, found) for hit in place.hits if hit.concept in asked.attribute):
            yield Said(
                start=at.start,
                end=at.end,
                value=(fold(found["words"]).strip(" .,!"), None),
                shown=found["words"],
                score=covered,
            )


_QUOTED = frozenset({"slogan"})


def _leads_to(folded: str, hit: Hit, quote: re.Match[str]) -> bool:
    if hit.end <= quote.start():
        return bool(_LED.fullmatch(folded, hit.end, quote.start()))
    return hit.start >= quote.end() and bool(_BEHIND.fullmatch(folded, quote.end(), hit.start))


_NAMED_EXCHANGE = re.compile(
    r"(?:nyse|nasdaq|euronext(?: [a-z]+)?|lse|xetra|tsx|asx|hkex|omx|bme"
    r"|(?P<city>new york|london|tokyo|tokio|frankfurt(?:er)?|hong kong|toronto|stockholm|copenhagen|oslo|helsinki"
    r"|zurich|vienna"
    r"|wiener|swiss|milan|madrid|paris|brussels|amsterdam|lisbon|shanghai|singapore|australian|warsaw|new yorker"
    r"|londoner"
    r"|tokioter|stockholmer|kopenhagener|zürcher|pariser)(?: (?:stock )?exchange| börse)"
    r"|(?:bourse|bolsa|börse) (?:de|d'|of|in|von) ?(?:new york|nueva york|londres|london|paris|madrid|frankfurt"
    r"|francfort|tokio"
    r"|tokyo|zürich|stockholm|estocolmo|wien|bruxelles|amsterdam|milan|milano)"
    r"|東京証券取引所|ニューヨーク証券取引所|ナスダック|ロンドン証券取引所|東証)(?!\w)"
)


def exchanges(place: Place, asked: Asked) -> Iterator[Said]:
    """Names of stock exchanges, by themselves or with "listed on"."""
    for found in _NAMED_EXCHANGE.finditer(place.page.folded, place.start, place.end):
        covered = place.coverage(asked, found.start())
        if covered >= ENOUGH:
            shown = place.page.document.plain[found.start() : found.end()]
            yield Said(start=found.start(), end=found.end(), value=(found[0], None), shown=shown, score=covered)


_UNLIMITED = re.compile(
    r"\b(?:no time limit|without (?:a )?time limit|unlimited|lifetime|for life|no expiry|never expires"
    r"|unbegrenzt|lebenslang\w*"
    r"|illimité\w*|à vie|ilimitad\w*|de por vida)\b|無期限|生涯"
)
_LONG = 180  # days; shorter times beside a guarantee are those of a repair


def limits(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """What a sheet calls unlimited, and an answer gives so many years."""
    if covered < ENOUGH or not _UNLIMITED.search(fold(f"{asked.fact.value} {asked.fact.says}")):
        return
    if _of_other(place, asked):
        return
    for one in place.quantities:
        years = one.dimension is Dimension.DURATION and one.value >= _LONG
        if years and tie(place, asked, one) >= ENOUGH:
            shown = place.page.document.text[one.start : one.end]
            yield Said(start=one.start, end=one.end, value=(LIMITED, None), shown=shown, score=covered)
    for match in _UNLIMITED.finditer(place.page.folded, place.start, place.end):
        words = match[0]
        yield Said(start=match.start(), end=match.end(), value=(WITHOUT_LIMIT, None), shown=words, score=covered)


def _of_other(place: Place, asked: Asked) -> bool:
    """Whether a label or clause speaks of a guarantee on something else: of batteries, not frames."""
    rare = [anchor for anchor in asked.anchors if anchor.literal and not (anchor.modifier or anchor.proper)]
    near = place.page.asked_for.union(place.spoken, *(concepts for _, concepts in place.framed))
    return place.page.document.lang in {"", "en"} and bool(rare) and not any(anchor.concepts & near for anchor in rare)


def compare_limits(said: str, sheet: str) -> Match:
    unlimited = bool(_UNLIMITED.search(fold(sheet)))
    return Match.SAME if (said == WITHOUT_LIMIT) == unlimited else Match.OTHER
