"""Names that stand there only to compare: "older than Acme", "unlike Acme", "Caribou, Acme's neighbour, ..."."""

import re

from monitor.analysis.page import Page
from monitor.analysis.spans import Span
from monitor.domain.readings import Mention

# What names somebody only to compare: "older than", "unlike".
_COMPARES = (
    *("than", "unlike", "like", "as with", "ahead of", "behind", "against", "versus", "vs", "vs."),
    *("compared to", "compared with", "in contrast to", "as opposed to", "similar to", "alternative to"),
    *("rival to", "rivals to", "rival of", "rivals of", "competitor such as", "competitors such as"),
    *("vor", "hinter", "wie", "anders als", "im vergleich zu", "im vergleich mit", "im gegensatz zu", "verglichen mit"),
    *("als ein", "als eine", "als der", "als die", "als das", "mehr als", "weniger als", "günstiger als"),
    *("teurer als", "größer als", "kleiner als", "älter als", "jünger als"),
    *("devant", "derrière", "comme", "plus que", "moins que", "par rapport à", "contrairement à", "à la différence de"),
    *(
        "por delante de",
        "por detrás de",
        "como",
        "más que",
        "menos que",
        "a diferencia de",
        "comparado con",
        "frente a",
    ),
)
_WORDS_BETWEEN = 2  # at most, before the name
_ASIDE = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _COMPARES))})\s(?:\w+\s){{0,{_WORDS_BETWEEN}}})$")
_BEHIND_WORD = re.compile(r"\S\s\n?$")  # so the words end before such a name; before one in bold stand spaces
_LAST_WORDS = tuple({words.rsplit(maxsplit=1)[-1] for words in _COMPARES})
_LAST_LETTERS = frozenset(word[-2:] for word in _LAST_WORDS)
_JAPANESE_FIRST = frozenset("やとよにの")  # with one of these it begins
_JAPANESE_ASIDE = re.compile(r"(?:や[\w・]{1,12}?)?(?:とは|と比べ|と異な|より|に対し|の\d+年後|の\d+年前|のライバル)")
_APOSTROPHES = frozenset("'’")
# "Caribou, Acme's neighbour in the Twin Cities, founded in 1992": said of Caribou.
_RELATED = re.compile(
    r"['’]s? (?:\w+ ){0,3}?(?:neighbou?r|rival|competitor|counterpart|owner|parent|supplier|partner|successor"
    r"|predecessor|offshoot"
    r"|subsidiary|sister|answer|equivalent|challenger|imitator|licensee|distributor|landlord|sponsor|namesake"
    r"|model)s?\b"
)


class Asides:
    """Tells them in one answer; each naming is looked up once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[int, bool] = {}

    def first(self, span: Span) -> str:
        """Return the entity that a span names first and for its own sake; "" for none."""
        for one in self._page.mentions_in(span):
            if not self.holds(one):
                return one.entity
        return ""

    def holds(self, mention: Mention) -> bool:
        """Whether somebody is named only to compare."""
        known = self._known.get(mention.start)
        if known is None:
            known = self._known[mention.start] = self._beside(mention)
        return known

    def _beside(self, mention: Mention) -> bool:
        folded, start, end = self._page.folded, mention.start, mention.end
        behind = folded[end : end + 1]
        if behind in _JAPANESE_FIRST and _JAPANESE_ASIDE.match(folded, end):
            return True
        if behind in _APOSTROPHES and _RELATED.match(folded, end) and self._in_apposition(mention):
            return True
        if not _BEHIND_WORD.search(folded, max(0, start - 3), start):
            return False
        low = max(0, start - 40)
        near = folded[low:start].rsplit(maxsplit=_WORDS_BETWEEN + 1)[-_WORDS_BETWEEN - 1 :]
        last = [word for word in near if word[-2:] in _LAST_LETTERS and word.endswith(_LAST_WORDS)]
        return bool(last) and bool(_ASIDE.search(folded, low, start))

    def _in_apposition(self, mention: Mention) -> bool:
        """Whether a comma behind another name opens the words: "Caribou, Acme's neighbour,"."""
        before = self._page.folded[max(0, mention.start - 6) : mention.start].rstrip(" *_")
        return before.endswith((",", "(", "–", "—"))
