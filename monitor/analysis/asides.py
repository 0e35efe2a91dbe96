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
_LAST_WORDS = tuple({words.rsplit(maxsplit=1)[-1] for words in _COMPARES})
_LAST_LETTERS = frozenset(word[-2:] for word in _LAST_WORDS)
_JAPANESE_ASIDE = re.compile(r"(?:や[\w・]{1,12}?)?(?:とは|と比べ|と異な|より|に対し|の\d+年後|の\d+年前|のライバル)")
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
        if mention.start not in self._known:
            self._known[mention.start] = self._beside(mention)
        return self._known[mention.start]

    def _beside(self, mention: Mention) -> bool:
        if _JAPANESE_ASIDE.match(self._page.folded, mention.end):
            return True
        owned = self._page.folded.startswith(("'", "’"), mention.end)
        if owned and _RELATED.match(self._page.folded, mention.end) and self._in_apposition(mention):
            return True
        low = max(0, mention.start - 40)
        near = self._page.folded[low : mention.start].rsplit(maxsplit=_WORDS_BETWEEN + 1)[-_WORDS_BETWEEN - 1 :]
        if not any(word[-2:] in _LAST_LETTERS and word.endswith(_LAST_WORDS) for word in near):
            return False
        return bool(_ASIDE.search(self._page.folded, low, mention.start))

    def _in_apposition(self, mention: Mention) -> bool:
        """Whether a comma behind another name opens the words: "Caribou, Acme's neighbour,"."""
        before = self._page.folded[max(0, mention.start - 6) : mention.start].rstrip(" *_")
        return before.endswith((",", "(", "–", "—"))
