"""Pages that the answers point to, and the three ways in which vendors say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Page:
    url: str
    title: str


def _pages(rows: str) -> dict[str, Page]:
    cells = [line.split(" | ") for line in rows.strip().splitlines()]
    return {key: Page(url=f"https://{address}", title=title) for key, address, title in cells}


PAGES = _pages("""
own-one | ostrello.example/one | Ostrello One
own-about | ostrello.example/about | About Ostrello
own-press | ostrello.example/press/new-chief-executive | Hedda Brunvoll to lead Ostrello
own-parts | ostrello.example/parts | Spare parts
own-warranty | ostrello.example/warranty | Warranty terms
own-care | ostrello-care.example/plans | Care plans
tavarizza-nona | tavarizza.example/nona | Tavarizza Nona
tavarizza-parts | shop.tavarizza.example/parts?lang=en | Parts shop
brunnholt-kompakt | brunnholt.example/kompakt | Brunnholt Kompakt
kafnaro-pico | kafnaro.example/pico | Kafnaro Pico
lumetrino-arco | lumetrino.example/arco | Lumetrino Arco
norrbrygg-lilla | norrbrygg.example/lilla | Norrbrygg Lilla
review-small | crematest.example/reviews/compact-machines-2026 | Eleven compact espresso machines in the lab
review-value | crematest.example/reviews/under-700 | Espresso below 700 euros
forum | portafilter-forum.example/t/first-machine/4411 | First machine: the big thread
magazine | kaffeeheft.example/test/siebtraeger-klein | Kleine Siebträger im Test
repair-wiki | fixathome.example/espresso | Espresso machines: repair guides
repair-index | repairscore.example/kitchen/espresso?page=1 | Repair score: espresso machines
water | watercheck.example/hardness#table | Water hardness explained
care-guide | crematest.example/guides/descaling | How and when to descale
old-shop | preisnotiz.example/ostrello-one | Ostrello One price comparison
trade | styria-business.example/companies/ostrello | Ostrello: company profile
rumour | kitchenwhispers.example/ostrello-one-recall-steam-valve | Ostrello One recalled? What we heard
""")

_REVIEWS = {
    "small-kitchen": ("review-small", "magazine"),
    "under-700": ("review-value", "magazine"),
    "beginner": ("forum", "review-value"),
    "repair": ("repair-wiki", "repair-index"),
}


def reviews(prompt: str) -> tuple[str, ...]:
    return _REVIEWS[prompt]


def mark(page: str) -> str:
    """Mark a place in a draft where a page is cited; `settle` replaces it."""
    return f"\x02{page}\x03"


_MARK = re.compile("\x02(.*?)\x03")


@dataclass(kw_only=True)
class Cited:
    """An answer's final text with its citations as the vendor would annotate them."""

    text: str = ""
    citations: list[dict[str, object]] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)

    def retrieve(self, page: Page) -> int:
        """Add a page to the sources once; return its number, from 1."""
        source = {"url": page.url, "title": page.title}
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def cite(self, page: Page, start: int | None, end: int | None, *, url: str = "") -> None:
        self.citations.append({"url": url or page.url, "title": page.title, "start": start, "end": end})


def _pieces(draft: str) -> Iterator[tuple[str, Page | None]]:
    parts = _MARK.split(draft)
    for words, page in zip(parts[::2], [*parts[1::2], ""], strict=True):
        yield words, PAGES[page] if page else None


def settle(draft: str, assistant: str) -> Cited:
    """Write the marks out as this assistant does: inline links, spans, numbers, or not at all."""
    return {"gpt-search": _linked, "gemini-search": _grounded, "sonar": _numbered}.get(assistant, _bare)(draft)


def _bare(draft: str) -> Cited:
    return Cited(text=_MARK.sub("", draft))


def _linked(draft: str) -> Cited:
    """Link as OpenAI does: in brackets behind the sentence, annotated from bracket to bracket."""
    cited = Cited()
    for words, page in _pieces(draft):
        cited.text += words
        if page is None:
            continue
        url = _tagged(page.url)
        link = f"([{page.url.split('/')[2]}]({url}))"
        start = len(cited.text) + 1
        cited.text += " " + link
        cited.cite(page, start, start + len(link), url=url)
        cited.retrieve(page)
    return cited


def _tagged(url: str) -> str:
    address, hash_sign, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}utm_source=chatgpt.com{hash_sign}{fragment}"


def _grounded(draft: str) -> Cited:
    """Point as Gemini does: nothing in the text; each citation spans the words that it supports."""
    cited = Cited()
    for words, page in _pieces(draft):
        cited.text += words
        if page is None:
            continue
        line = cited.text.rfind("\n") + 1
        stop = cited.text.rfind(". ", line)
        sentence = stop + 2 if stop >= 0 else line
        cited.cite(page, sentence, len(cited.text))
        cited.retrieve(page)
    return cited


def _numbered(draft: str) -> Cited:
    """Point as Perplexity does: numbers into the list of results, and no places."""
    cited = Cited()
    for words, page in _pieces(draft):
        cited.text += words
        if page is None:
            continue
        cited.text += f"[{cited.retrieve(page)}]"
        cited.cite(page, None, None)
    return cited
