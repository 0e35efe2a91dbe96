"""Names in a row: "A, B and the painter C" is one list of three."""

import re
from collections.abc import Iterator, Sequence

from monitor.analysis import gazetteer, proper
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch

_BETWEEN = re.compile(
    r"[)）]?\s*(?:,|&|/|\+|and|as well as|und|sowie|et|y|e|、|と|,\s*(?:and|und|et|y))\s*(?:the |a |die |le |la "
    r"|el )?\s*(?:(?<=the )(?:[a-z-]+ ){1,3}|(?<= a )(?:[a-z-]+ ){1,3}|(?<=an )(?:[a-z-]+ ){1,3})?"
    r"(?:(?:his|her|their|its|sein\w*|ihr\w*|son|sa|ses|sus?) (?:[^\W\d_]+(?:-\w+)? ){1,3})?"
)
_PAREN = re.compile(r"\s*[(（][^)）]{0,60}[)）]")
_AND = re.compile(r"\s(?:y|e|et|und|and|&|i)\s(?=\w)")
_LIES = re.compile(r"(?:,| in| en| dans)\s(?:the )?(?P<region>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?)(?=[,;. ]|$)")
_LONGEST_AT = 10  # characters
_AT = re.compile(r"\b(?:in|at|à|en|celles? de|de|d['’])\s*$")


def groups(place: Place, names: list[Span]) -> Iterator[list[Span]]:
    """Yield the names that stand in one row, row by row."""
    plain = place.page.document.plain
    group: list[Span] = []
    for name in names:
        gap = (
            _gap(
                plain[group[-1].end : name.start],
                towns=bool(_AT.search(plain, max(0, group[0].start - _LONGEST_AT), group[0].start)),
            )
            if group
            else ""
        )
        if group and (_BETWEEN.fullmatch(gap) or gap == ""):
            group.append(name)
        else:
            if group:
                yield group
            group = [name]
    if group:
        yield group


def candidates(place: Place, known: list[Span]) -> list[Span]:
    """Return the known members and the names of a place that may be further ones."""
    plain = place.page.document.plain
    names = [_behind_and(plain, name, known) for name in proper.names(place, place.start, place.end)]
    fresh = (name for name in names if not any(meet(one, name) or _in_both(plain, name, one) for one in known))
    fresh = (name for name in fresh if not any(_within_bracket(plain, name, one) for one in known))
    further = (one for one in fresh if not gazetteer.is_region(plain[one.start : one.end]))
    return sorted({*known, *further}, key=lambda one: (one.start, one.end))


def _within_bracket(plain: str, name: Span, known: Span) -> bool:
    """Whether a name only explains the member before it: "Aurel (PCs)"."""
    return known.end < name.start <= known.end + 2 and plain[known.end : name.start].strip() in {"(", "（"}


def _in_both(plain: str, name: Span, other: Span) -> bool:
    """Whether a name stands right before the same in other letters: "スクリー（Scree）"."""
    return name.end < other.start <= name.end + 2 and plain[name.end : other.start].strip() in {"(", "（"}


def _behind_and(plain: str, name: Span, known: list[Span]) -> Span:
    """What stands behind a member and an "and" that looks like part of its name: "Ana Ruiz y Luis Gil"."""
    inner = next((one for one in known if name.start <= one.start and one.end < name.end), None)
    found = _AND.match(plain, inner.end, name.end) if inner else None
    return Stretch(start=found.end(), end=name.end) if found else name


def longest(hits: Sequence[Hit]) -> list[Span]:
    """Return members by their whole names, none inside another: "Terpstra" in "Maaike Terpstra"."""
    spans = sorted({Stretch(start=hit.start, end=hit.end) for hit in hits}, key=lambda one: (one.start, -one.end))
    kept: list[Span] = []
    for one in spans:
        if not any(meet(one, other) for other in kept):
            kept.append(one)
    return kept


def clauses(place: Place, named: list[Span]) -> Span:
    """Return the words from the first name to the last, with the clause that leads to them."""
    return Stretch(start=min(place.clause(named[0].start).start, named[0].start), end=named[-1].end)


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def _gap(between: str, *, towns: bool) -> str:
    """What parts two names, without what says where the first one lies: ", Georgia, and in "."""
    gap = _PAREN.sub("", between)
    lies = _LIES.match(gap)
    if lies and gazetteer.is_region(lies["region"]):
        gap = gap[lies.end() :]
    return _AT.sub("", gap) if towns else gap
