"""How exactly an amount is meant: "about", "over", "up to", "at least", in five languages."""

import re

from monitor.analysis.quantity import Bound

_ABOUT = (
    "about|around|roughly|approximately|approx\\.?|circa|ca\\.?|c\\.|some|nearly|almost|close to|just under|just over"
    "|a little under|a little over|a little more than|a little less than|slightly more than|slightly less than"
    "|slightly over|slightly under|somewhere around|near|~|≈|estimated|an estimated|about a|roughly a|well-nigh"
    "|etwa|rund|ungefähr|circa|knapp|fast|gut|gegen|annähernd|environ|près de|presque|autour de|quelque|à peu près"
    "|un peu moins de|un peu plus de|unos|unas|casi|aproximadamente|alrededor de|cerca de|約|およそ|ほぼ|おおよそ"
    "|in the region of"
)
_OVER = (
    "over|more than|above|upwards of|exceeding|exceeds|in excess of|beyond|well over|far more than"
    "|greater than|>|über|mehr als|plus de|au-delà de"
    "|más de|superior a"
)
_UNDER = "under|less than|fewer than|below|well under|<|unter|weniger als|moins de|menos de"
_CAP = (
    "up to|at most|no more than|not more than|a maximum of|maximum|as much as|bis zu|höchstens|maximal"
    "|jusqu'à|au plus"
    "|hasta|como máximo"
)
_FLOOR = (
    "at least|no fewer than|not less than|a minimum of|minimum|mindestens|wenigstens|au moins|d'au moins|minimum de"
    "|al menos|por lo menos|mínimo de|mínima de|como mínimo"
)
BEFORE = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<cap>{_CAP})"
    rf"|(?P<floor>{_FLOOR}))(?: the| a| an)?\s*[$€£¥]?\s*$"
)
# What stands before most amounts ends with none of these: to look is cheaper than to search.
_ENDS = tuple(
    word.replace("\\.?", "").replace("\\.", ".") + stop
    for word in f"{_ABOUT}|{_OVER}|{_UNDER}|{_CAP}|{_FLOOR}| the| a| an".split("|")
    for stop in (("", ".") if word.endswith("\\.?") else ("",))
)
# "spread over 36 countries", "all over": no bound.
_SPREAD = re.compile(
    r"\b(?:spread|spreads|scattered|distributed|all|dotted|stretch\w*|active|present|operat\w+|verteilt"
    r"|verstreut) \w?$"
)
_AFTER_OVER = re.compile(r" ?(?:\+|or more|plus\b|und mehr|ou plus|o más|以上|超)")
_AFTER_ABOUT = re.compile(r" ?(?:or so|oder so|environ|前後|ほど|程度)")


def read(folded: str, start: int, end: int, *, plus: bool = False) -> Bound:
    """Read the words around an amount; `plus`: a plus sign stood behind its digits."""
    found = before(folded, max(0, start - 28), start)
    if found and _SPREAD.search(folded, max(0, found.start() - 14), found.start() + 1):
        found = None
    if found and (found.start() == 0 or not folded[found.start() - 1].isalnum() or found.group()[0] > "\u3000"):
        return Bound(str(found.lastgroup))
    return Bound.OVER if plus else behind(folded, end)


def before(folded: str, low: int, start: int) -> re.Match[str] | None:
    """Find the words of a bound that end where an amount begins."""
    words = folded[low:start].rstrip().rstrip("$€£¥").rstrip()
    return BEFORE.search(folded, low, start) if words.endswith(_ENDS) else None


def behind(folded: str, end: int) -> Bound:
    """Read the words behind an amount alone."""
    if _AFTER_OVER.match(folded, end):
        return Bound.OVER
    return Bound.ABOUT if _AFTER_ABOUT.match(folded, end) else Bound.EXACT
