"""What speaks for and against a value's being meant for a fact."""

import math
import re
from collections.abc import Container, Mapping, Sequence
from datetime import date

import msgspec
from rapidfuzz import fuzz

from monitor.analysis import closeness, doubts, rowsigns, signs, standing
from monitor.analysis.closeness import FAR
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD, fold
from monitor.analysis.kept import asked_once
from monitor.analysis.kind import Match
from monitor.analysis.moments import Moment
from monitor.analysis.nearness import ENOUGH, LOOSE, is_of_sheet
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.quantities import Quantity
from monitor.analysis.relevance import times
from monitor.analysis.relevance.spoken import Spoken, mean
from monitor.analysis.settling import Found
from monitor.analysis.spans import Span

Traits = Mapping[str, float]

_WORDED = frozenset({"person", "place", "text"})
_MOST = 400  # values of one place that are weighed: more stand only in what nobody reads
_STEM = 5  # letters: "Russian" is of Russia
_HINTED = 0.3  # of its attribute said, in like words
_PLAINLY = 0.6  # the same, where the words around tie the value to another fact
_ABOUT = re.compile(
    r"\b(?:from|up to|under|over|starting at|as little as|about|around|nearly|almost|some|roughly) ?[€$£]?$"
)
_PER = re.compile(r"\s*(?:/|per |an? |each |every )")
_CAPITAL = re.compile(r"\b[A-Z][\w-]+")
_OPENS = re.compile(
    r"\W*(?:it|they|we|(?:the|this) (?:company|firm|brand|group|business|chain|maker|bank|airline|retailer|house)"
    r"|sie|es|wir|das unternehmen|die (?:firma|marke|gruppe)|der (?:konzern|hersteller)"
    r"|elle|il|l'(?:entreprise|enseigne)|la (?:société|marque)"
    r"|le groupe|la (?:empresa|compañía|marca|firma)|el grupo)\b"
)
# What is told by name of a value, by the trait that it becomes.
_OF_AMOUNTS = {f"sign_{name}": name for name in signs.NAMES}
_OF_NAMES = {
    **_OF_AMOUNTS,
    **{f"stands_{name}": name for name in standing.NAMES},
    **{f"row_{name}": name for name in rowsigns.NAMES},
}
_DOUBTS = {f"doubt_{name}": name for name in doubts.NAMES}
_HALFWAY, _TWICE = 0.6, 1.2  # a little more than half a doubling, than one


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A value said of one fact, with what speaks for it."""

    found: Found
    traits: dict[str, float]  # grows as other values are held beside it
    off: float  # doublings, or so many times eight years, from the nearest value that the sheet has
    matches: tuple[Match, ...]  # with today's value, then with the former ones

    @property
    def at(self) -> tuple[int, int]:
        """Where the value stands."""
        return self.found.said.start, self.found.said.end

    @property
    def same(self) -> bool:
        return self.matches[0] is Match.SAME

    @property
    def doubted(self) -> bool:
        return self.traits["doubts"] > 0

    @property
    def former(self) -> bool:
        return Match.SAME in self.matches[1:]


def of_place(spoken: Spoken, group: Sequence[Found]) -> list[Weighed]:
    """Weigh all values of one place that may be meant for a fact."""
    shared: dict[tuple[int, int], Traits] = {}
    tied = {(one.said.start, one.said.end) for one in group if one.said.score >= ENOUGH}
    clauses = [(one, one.place.clause_with(one.said)) for one in group]
    alone = [_alone(spoken, one, clause, shared) for one, clause in clauses if _is_spoken_of(spoken, one, clause, tied)]
    by_value: dict[tuple[int, int], list[Weighed]] = {}
    by_fact: dict[int, list[Weighed]] = {}
    for one in alone:
        by_value.setdefault(one.at, []).append(one)
        by_fact.setdefault(one.found.asked.index, []).append(one)
    for one in alone[:_MOST]:
        one.traits.update(_beside(one, by_value[one.at], by_fact[one.found.asked.index], amounts=len(by_value)))
    return alone[:_MOST]


def _is_spoken_of(spoken: Spoken, one: Found, clause: Span, tied: Container[tuple[int, int]]) -> bool:
    """Whether anything speaks of the fact, where its words are not tied to a value near the sheet's.

    `tied`: where values stand that the words around tie to another fact: then like words say nothing.
    """
    if one.said.signs.get("open"):
        return _is_hinted(spoken, one, clause)
    if not one.asked.valued or one.said.score >= LOOSE or is_of_sheet(one.place, one.asked, one.said):
        return True
    covered = spoken.covered(clause)[spoken.order(one.asked.index)]
    return covered >= (_PLAINLY if (one.said.start, one.said.end) in tied else _HINTED)


def _is_hinted(spoken: Spoken, one: Found, clause: Span) -> bool:
    """Whether anything makes a name that no rule ties to a fact one of it: a word, a label, or the sheet's own name."""
    said = one.said
    if said.score or said.signs["slot"] or said.signs.get("begun", 0.0) > 0:
        return True
    if spoken.covered(clause)[spoken.order(one.asked.index)] >= _HINTED:
        return True
    return any(one.kind.compare(said, value, one.asked) is Match.SAME for value in one.asked.given)


def _alone(spoken: Spoken, one: Found, clause: Span, shared: dict[tuple[int, int], Traits]) -> Weighed:
    asked, said = one.asked, one.said
    at = (said.start, said.end)
    if at not in shared:
        shared[at] = _of_place(spoken, one, clause)
    matches = tuple([one.kind.compare(said, value, asked) for value in asked.given])
    off = closeness.off(asked, said.value, said.scale)
    traits = {
        **spoken.fixed(asked.index).traits,
        **_of_value(one, matches, off),
        **_of_words(spoken, one, clause),
        **shared[at],
        "names": min(5, sum([stem not in asked.told for stem in _names(one.place, clause)])),
        **times.of_value(
            one, clause, spoken.fixed(asked.index).years, _until(asked, matches), same=matches[0] is Match.SAME
        ),
        **_doubts(one, matches),
    }
    return Weighed(found=one, traits=traits, off=off, matches=matches)


def _until(asked: Asked, matches: Sequence[Match]) -> date | None:
    """Until when the value held that a former one of the sheet is."""
    return asked.fact.before[matches[1:].index(Match.SAME)].until if Match.SAME in matches[1:] else None


def _doubts(one: Found, matches: Sequence[Match]) -> Traits:
    same, former = matches[0] is Match.SAME, Match.SAME in matches[1:]
    found = doubts.of_value(one, one.place.page.today, same=same, former=former)
    return {**_signed(found, _DOUBTS), "doubts": sum(found.values())}


def _of_value(one: Found, matches: Sequence[Match], off: float) -> Traits:
    said, place = one.said, one.place
    quantity = said.value if isinstance(said.value, Quantity) else None
    return {
        "same": matches[0] is Match.SAME,
        "near": matches[0] is Match.NEAR,
        "former": Match.SAME in matches[1:],
        "other": matches[0] is Match.OTHER and not {Match.SAME, Match.NEAR} & set(matches[1:]),
        "off": min(off, 4.0),
        "off_soft": math.exp(-off),
        "off_sharp": math.exp(-4 * off),
        "off_half": off < _HALFWAY,
        "off_double": off < _TWICE,
        "yearlike": quantity is not None and quantity.yearlike,
        "relative": isinstance(said.value, Moment) and said.value.relative,
        "says_no": said.value is False,
        "known": any(
            one.asked.known_as(hit.concept) for hit in place.hits if hit.start < said.end and said.start < hit.end
        ),
        "like": _like(one) if one.asked.kind in _WORDED else 0.0,
        "strayed": one.strayed,
        "told_past": said.history is True,
        "told_now": said.history is False,
        "score": said.score,
        **_signed(said.signs, _OF_AMOUNTS if one.asked.valued else _OF_NAMES),
    }


def _signed(told: Traits, signs: Mapping[str, str]) -> Traits:
    """Return what a kind or rule told by name as traits; `signs`: what it may tell, by the trait."""
    return {trait: told.get(name, 0.0) for trait, name in signs.items()} if told else dict.fromkeys(signs, 0.0)


def _like(one: Found) -> float:
    """How like a name is written to the nearest of the sheet's, 0..1: a slip of the pen, or a namesake."""
    shown = fold(one.said.shown)
    likes = [fuzz.ratio(shown, fold(value)) for value in one.asked.given if isinstance(value, str)]
    return max(likes, default=0.0) / 100


def _of_words(spoken: Spoken, one: Found, clause: Span) -> Traits:
    said, own = one.said, spoken.order(one.asked.index)
    words = spoken.around(clause, said, whole=one.asked.kind == "flag")
    every = spoken.covered(clause)
    return {
        "cue": one.place.coverage(one.asked, said.start),
        "covered": every[own],
        "before_any": every[own] - max(every[:own] + every[own + 1 :], default=0.0),
        "in_clause": mean(words.every, own),
        "beside": mean(words.beside, own),
        "word_after": mean(words.after, own),
        "word_before": mean(words.before, own),
        "in_label": mean(spoken.label, own),
        "words": min(len(words.every), 25) / 10,
    }


def _of_place(spoken: Spoken, one: Found, clause: Span) -> Traits:
    """What every fact shares of a value that may be meant for it."""
    place, said, page = one.place, one.said, one.place.page
    here = [mention.entity == page.brand for mention in page.mentions_in(clause)]
    sentence = [mention.entity == page.brand for mention in page.mentions_in(place)]
    before, after = page.folded[max(clause.start, said.start - 14) : said.start], page.folded[said.end : said.end + 14]
    return {
        "cell": place.cell,
        "label": place.label is not None,
        "value": said.start >= place.value_start,
        "replies": place.replies,
        "english": page.document.lang == "en",
        "depth": min((said.start - place.start) / 100, 3.0),
        "subject": _is_subject(page, clause, spoken.brand),
        "brand_here": True in here,
        "other_here": False in here,
        "brand_near": True in sentence,
        "other_near": False in sentence,
        "digits": min(6, sum(map(str.isdigit, page.folded[said.start : said.end]))),
        "spelled": not page.folded[said.start].isdigit(),
        "about": _ABOUT.search(before) is not None,
        "per": _PER.match(after) is not None,
    }


def _is_subject(page: Page, clause: Span, brand: frozenset[str]) -> bool:
    """Whether a clause begins with the brand's name, or with what stands for it."""
    first = WORD.search(page.folded, clause.start)
    return _OPENS.match(page.folded, clause.start) is not None or (first is not None and first[0] in brand)


@asked_once
def _names(place: Place, clause: Span) -> Sequence[str]:
    """The capitalised words of a clause that are not the brand's, as far as stems; in German they tell nothing."""
    page = place.page
    if page.document.lang == "de":
        return ()
    words = [fold(found[0]) for found in _CAPITAL.finditer(page.document.plain, clause.start + 1, clause.end)]
    return [word[:_STEM] for word in words if word not in page.brand_words]


def _beside(one: Weighed, of_value: Sequence[Weighed], of_fact: Sequence[Weighed], *, amounts: int) -> Traits:
    """Return how the other facts stand to this value, and the other values of the place to this fact."""
    rivals = [other for other in of_value if other is not one]
    values = [other for other in of_fact if other is not one]
    own = one.traits
    return {
        "rivals": min(len(rivals), 5),
        "rivals_same": sum([o.same for o in rivals]),
        "rivals_former": sum([o.former for o in rivals]),
        "before_rival": own["covered"] - most("covered", rivals),
        "before_rival_cue": own["cue"] - most("cue", rivals),
        "before_rival_score": own["score"] - most("score", rivals),
        "nearer_than_rival": math.tanh((min([FAR, *[o.off for o in rivals]]) - min(one.off, FAR)) / 2),
        "values": min(len(values), 6),
        "value_same": True in [o.same for o in values],
        "value_former": True in [o.former for o in values],
        "before_value": own["covered"] - most("covered", values),
        "before_value_score": own["score"] - most("score", values),
        "nearer_than_value": min([6.0, *[o.off for o in values]]) - min(one.off, 6.0),
        "amounts": amounts,
    }


def most(trait: str, others: Sequence[Weighed]) -> float:
    """Return the greatest value of a trait, 0.0 of none."""
    return max([other.traits[trait] for other in others], default=0.0)
