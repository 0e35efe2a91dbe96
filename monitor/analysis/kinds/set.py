"""A list of names that belong together: founders, owners, business areas."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from monitor.analysis import completeness, gazetteer, kana, memberly, proper, rowsigns
from monitor.analysis.cues import Asked, Known
from monitor.analysis.enumerated import candidates, clauses, groups, longest, meet
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch
from monitor.domain.brand import Fact, FactValue

_ENOUGH = 0.4  # of the attribute's words
_ALIKE = 88  # of 100
_TELLING = 2  # of more members than this, one alone says little
_CARRIED = 0.3  # of them, where all members are named
_ALL_NAMED = 0.6  # how sure members are meant where all of them are named
_HEAD = 0.5  # how sure a list is meant right behind the word for what it lists
_HEAD_GAP = 12  # characters between them
_COMPLETE = "\0complete"  # stands behind the members of a list that is told as a whole one
_COUNT = "\0count"  # stands before how many there are
_COUNTED = re.compile(
    r"(?:\b(?:the|its|their|all|his|her|ses|les|leurs|ihre|die|seine|los|sus|las)|'s)\s"
    rf"(?P<count>{completeness.ANY_NUMBER})\s(?:original )?$"
)
_SOME_OF = re.compile(r"\s(?:in|who|that|which|from|of|with|are|were|left|besides|apart)\b")


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    if (
        not isinstance(value, tuple | list)
        or not value
        or not all(isinstance(one, str) and one.strip() for one in value)
    ):
        return "a set is written as a list of names, such as [Ada Example, Bob Sample]"
    return ""


def _advice(fact: Fact) -> str:
    if isinstance(fact.value, tuple) and any(len(one.split()) > 6 for one in fact.value):  # noqa: PLR2004
        return "write the members as names, not as sentences"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return _members(a.value) == _members(b.value)


def _members(value: FactValue) -> frozenset[str]:
    return frozenset(fold(one) for one in (value if isinstance(value, tuple | list) else (str(value),)))


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked, far=False)
    if _of_countries(asked):
        return list(_countries(place, asked, covered))
    own = {known.concept: known for known in asked.known}
    brand, folded = place.page.brand_words, place.page.folded
    found = [
        (hit, own[hit.concept])
        for hit in place.hits
        if hit.concept in own and folded[hit.start : hit.end] not in brand  # a founder's name that the brand bears
    ]
    several = len({known.value for _, known in found if known.former is None})
    spans = [one for one in longest([hit for hit, _ in found]) if not _is_namesake(place, one, asked)]
    if len(spans) == 1 and memberly.is_one(place, spans[0], asked):
        return [_one(place, spans[0])]
    if covered < _ENOUGH and several < _TELLING:
        return list(_counts(place, asked, covered)) or list(_loosely(place, asked, covered, spans))
    if counts := [one for one in _counts(place, asked, covered) if _is_sole(one)]:
        return counts
    lists = list(_all_in_place(place, asked, covered, found, several)) or list(_lists(place, asked, covered, spans))
    return lists or list(_counts(place, asked, covered)) or list(_loosely(place, asked, covered, spans))


def _is_namesake(place: Place, one: Span, asked: Asked) -> bool:
    """Whether a member's last name is that of another person here: "Lois Enright" where Walter Enright is meant."""
    plain = place.page.document.plain
    if " " in plain[one.start : one.end] or asked.attribute.isdisjoint({"founder", "founding"}):
        return False
    whole = next((name for name in proper.names(place, place.start, place.end) if meet(name, one)), one)
    if whole.end != one.end or whole.start == one.start:
        return False
    return not any(_alike(fold(plain[whole.start : whole.end]), fold(str(known.value))) for known in asked.known)


def _loosely(place: Place, asked: Asked, covered: float, known: list[Span]) -> Iterator[Said]:
    """Rows of names with a member among them, whatever is said of them: how likely it is meant is weighed."""
    for group in groups(place, candidates(place, known)) if known else ():
        if any(meet(one, span) for one in group for span in known):
            yield _row(place, group, asked, covered)


def _row(place: Place, named: list[Span], asked: Asked, score: float) -> Said:
    members = tuple(place.page.document.plain[one.start : one.end] for one in named)
    complete = (_COMPLETE,) if completeness.as_complete(place, named, asked) else ()
    true = [fold(one) for one in asked.fact.value] if isinstance(asked.fact.value, tuple) else []
    right = sum(1 for one in members if any(_alike(fold(one), real) for real in true))
    return Said(
        start=named[0].start, end=named[-1].end, value=(*members, *complete), shown=", ".join(members), score=score,
        span=clauses(place, named), signs=rowsigns.of_row(place, named, asked, right=right, whole=bool(complete)),
    )  # fmt: skip


def _one(place: Place, name: Span) -> Said:
    words = place.page.document.plain[name.start : name.end]
    return Said(
        start=name.start, end=name.end, value=(words,), shown=words, score=_ALL_NAMED,
        span=Stretch(start=name.start, end=max(name.end, place.clause(name.end).end)),
    )  # fmt: skip


def _all_in_place(
    place: Place, asked: Asked, covered: float, found: Sequence[tuple[Hit, Known]], several: int
) -> Iterator[Said]:
    """All members in one sentence, whatever is told of each: "A, who taught, her cousin B and a cook named C"."""
    true = asked.fact.value
    if not isinstance(true, tuple) or several < len(true) or len(true) < _TELLING:
        return
    asked_for = asked.telling & place.page.asked_for  # "Two people did: A and B"
    if len(true) == _TELLING and place.coverage(asked) < _CARRIED and not asked_for:
        return
    hits = [hit for hit, known in found if known.former is None]
    spans = [one for one in longest(hits) if not _is_namesake(place, one, asked)]
    if not spans:
        return
    extra = [group for group in groups(place, candidates(place, spans)) if not _within(group, spans)]
    if extra:
        return
    words = tuple(str(one) for one in true)
    yield Said(
        start=spans[0].start, end=spans[-1].end, value=words, shown=", ".join(words),
        score=max(_ALL_NAMED, min(1.0, covered + 0.3)),
        span=clauses(place, spans),
    )  # fmt: skip


def _within(group: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether a group of names holds nothing beside the members, or none of them."""
    known = [one for one in group if any(meet(one, span) for span in spans)]
    return not known or len(known) == len(group)


def _counts(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Say how many there are: "the four founders", "its sole founder"."""
    true = asked.fact.value
    if covered < _ENOUGH or not isinstance(true, tuple):
        return
    folded = place.page.folded
    for hit in place.hits:
        found = (
            _COUNTED.search(folded, max(place.start, hit.start - 30), hit.start)
            if hit.concept in asked.telling
            else None
        )
        if found and not _SOME_OF.match(folded, hit.end):
            count = completeness.NUMBERS[found["count"]]
            if count != len(true):
                yield Said(
                    start=found.start("count"), end=hit.end, value=(_COUNT, str(count)),
                    shown=f"{found['count']} in number", score=covered,
                )  # fmt: skip


def _is_sole(said: Said) -> bool:
    return isinstance(said.value, tuple) and said.value[1] == "1"


def _of_countries(asked: Asked) -> bool:
    return all(gazetteer.is_country(gazetteer.usual(str(known.value))) for known in asked.known if known.former is None)


def _countries(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Countries by any of their names; the one in "Delft, Netherlands" only says where a town lies."""
    plain = place.page.document.plain
    true = {gazetteer.usual(str(known.value)) for known in asked.known}
    for group in groups(place, [*proper.names(place, place.start, place.end)]):
        named = [gazetteer.usual(plain[one.start : one.end]) for one in group]
        right = sum(1 for name in named if name in true)
        if not all(map(gazetteer.is_country, named)) or not right or (covered < _ENOUGH and len(group) < _TELLING):
            continue
        if len(group) == 1 and not _alone_is_enough(place, group[0], asked):
            continue
        yield _row(place, group, asked, min(1.0, covered + 0.2))


def _lists(place: Place, asked: Asked, covered: float, known: list[Span]) -> Iterator[Said]:
    named: list[Span] = []
    parts = 0
    for group in groups(place, candidates(place, known)):
        has_known = any(meet(one, span) for one in group for span in known)
        slot = any(proper.in_slot(place, one, asked.brand_words, asked.slots) for one in group)
        if not has_known and not all(_like_members(place, one, asked) for one in group):
            continue
        if has_known or (slot and len(group) > 1 and covered >= _ENOUGH):
            named += group
            parts += 1
    if parts > 1 and not place.label:
        return  # each member for itself: nothing says that these are all
    if len(named) == 1 and not _alone_is_enough(place, named[0], asked):
        return
    if named:
        yield _row(place, named, asked, min(1.0, max(covered, _near_head(place, named[0], asked)) + 0.2))


def _near_head(place: Place, first: Span, asked: Asked) -> float:
    """Whether the word for what the members are stands right before them: "its three studios, A and B"."""
    heads = asked.concepts - asked.rivals
    near = (hit for hit in place.hits if hit.concept in heads and 0 <= first.start - hit.end <= _HEAD_GAP)
    return _HEAD if any(True for _ in near) else 0.0


def _alone_is_enough(place: Place, name: Span, asked: Asked) -> bool:
    """One member says something of a small set, or in the very slot of the attribute."""
    small = isinstance(asked.fact.value, tuple) and len(asked.fact.value) <= _TELLING
    founding = "founding" in asked.attribute
    return small and (not founding or proper.in_slot(place, name, asked.brand_words, asked.slots))


def _like_members(place: Place, one: Span, asked: Asked) -> bool:
    """Where all members have several words, a single word is none of them."""
    several = all(len(str(known.value).split()) > 1 for known in asked.known)
    return not several or bool(_PARTED.search(place.page.document.plain, one.start, one.end))


_PARTED = re.compile(r"[\s・＝=·]")


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    members = [fold(one) for one in (said.value if isinstance(said.value, tuple) else (str(said.value),))]
    true = [fold(one) for one in (value if isinstance(value, tuple | list) else (str(value),))]
    if members[0] == _COUNT:
        return Match.SAME if int(members[1]) == len(true) else Match.OTHER
    complete, members = members[-1] == _COMPLETE, [one for one in members if one != _COMPLETE]
    right = [one for one in members if any(_alike(one, real) for real in true)]
    if not right:
        return Match.OTHER if len(members) > 1 else Match.UNREADABLE
    if len(right) < len(members):
        return Match.OTHER
    meant = {real for real in true for one in members if _alike(one, real)}
    true = [real for real in true if real in meant or not set(_WORD.findall(real)) <= asked.brand_words]
    return Match.OTHER if complete and len(meant) < len(true) else Match.SAME


def _alike(one: str, real: str) -> bool:
    if gazetteer.usual(one) == gazetteer.usual(real):
        return True
    if _KANA.search(one) and not _KANA.search(real):
        return kana.alike(one, real) >= _SOUNDS_ALIKE
    one, real = plain_letters(one), plain_letters(real)
    if _INITIAL.match(one) and one[0] == real[0] and one.split()[-1] == real.split()[-1]:
        return True  # "J. Wetherell"
    if fuzz.ratio(one, real) >= _ALIKE:
        return True
    return len(one) > 3 and (one == real.split()[-1] or real.startswith(one) or one.endswith(real))  # noqa: PLR2004


_WORD = re.compile(r"[\w'’]+")
_INITIAL = re.compile(r"[^\W\d_]\.? [^\W\d_]{2,}$")
_KANA = re.compile(r"[ァ-ヺ]")
_SOUNDS_ALIKE = 55  # of 100


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return ", ".join(value) if isinstance(value, tuple | list) else str(value)


KIND = Kind(name="set", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
