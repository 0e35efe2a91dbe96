"""Whether an amount is of a part only: of one country, of one kind, per head, or so far off that it must be."""

import re

from monitor.analysis import durations, gazetteer
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kept import asked_once
from monitor.analysis.kind import Said
from monitor.analysis.moments import Moment
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity
from monitor.analysis.spans import Span, Stretch

_BEFORE = re.compile(
    r"\b(?:of (?:which|whom|them|these|those)|thereof|including|among them|alone|single(?!-)|domestic\w*|local"
    r"|overseas"
    r"|davon|darunter|allein|hierzulande|dont|parmi lesquel\w+|de (?:ellos|ellas|los cuales|las cuales))\b"
    r"|国内|うち|日本(?:に|で|の|国|法人)"
)
_AVERAGE = re.compile(
    r"\b(?:averages?d?|typical|median|durchschnitt\w*|im schnitt|en moyenne|moyenn\w+|de media|en promedio)\b|平均"
)
_PER_HEAD = re.compile(
    r"\b(?:(?:per|each|every) (?:user|customer|store|shop|share|employee|person|head|visit|capita|order|unit|item"
    r"|subscriber"
    r"|member|guest|game|car)|pro (?:kopf|kunde|nutzer|filiale|person|aktie)|par (?:personne|client|utilisateur"
    r"|tête|action)"
    r"|por (?:persona|cliente|usuario|acción))\b"
)
_WORLD = re.compile(
    r"\b(?:worldwide|world|globally|global|international\w*|in total|altogether|weltweit|insgesamt|mondial\w*"
    r"|dans le monde|à l'échelle|en todo el mundo|mundial\w*)\b|世界|全世界|グローバル"
)
_HERE = re.compile(
    r"\b(?:in|across|throughout|within|en|au|aux|dans|im|inside|outside|à)\s(?:(?:the|all of|der|den|la|le|les"
    r"|los|las|el"
    r"|greater|mainland|western|eastern|northern|southern|central|north|south|continental|rest of the)\s){0,3}"
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*)*")
_NO_PLACE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar"
    r"|märz|mai"
    r"|juni|juli|oktober|dezember|spring|summer|autumn|winter|fall|q[1-4]|fy|frühjahr|sommer|herbst|jahr\w*|ende"
    r"|anfang"
    r"|mitte|schnitt|vergleich|zug|zuge|durchschnitt|total|summe|gegensatz|monat|laufe|bereich|handel|markt)\b"
)
_THERE = re.compile(r"\b(?:there|in that (?:country|market)|dort|là-bas|allí)\s(?!(?:is|are|was|were)\b)")
_WHERE = re.compile(r"\b(?:where|wo|où|donde)\s")
_FAR_BELOW, _FAR_ABOVE = 8.0, 12.0  # times less or more than the sheet says: of a part, or of another thing
_LEAST_COUNT, _LEAST_SUM = 100, 20
_SAME_FIGURES = 0.02
_THOUSANDS = (1e-6, 1e-3, 1e-2, 1e-1, 1e1, 1e2, 1e3, 1e6)  # a million for a billion is a slip that is worth telling


def of_part(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the amount is said of a part of what the fact is about."""
    about = asked.wide
    return (
        _named_part(place, said, about)
        or _elsewhere(place, said, about)
        or (_far_off(said, asked) and not _said_outright(place, said))
    )


def _named_part(place: Place, said: Said, about: str) -> bool:
    clause, page = place.clause(said.start), place.page
    before = [Stretch(start=clause.start, end=max(clause.start, said.start)), *([place.label] if place.label else [])]
    around = [Stretch(start=clause.start, end=min(clause.end, said.end + _NEAR)), *before[1:]]
    wanted = [(_BEFORE, before), (_PER_HEAD, around)]
    if isinstance(said.value, Quantity) and said.value.dimension is Dimension.MONEY:
        wanted.append((_AVERAGE, before))
    return any(
        found[0] not in about and (span == place.label or _close(page.folded, found.end(), said.start))
        for pattern, spans in wanted
        for span in spans
        for found in page.every(pattern, span.start, span.end)
    )


def _names_land(place: Place, before: int) -> bool:
    """Whether the words before name a country: "Spain is its third-largest market: sales there reached"."""
    plain = place.page.document.plain
    return any(gazetteer.is_region(found[0]) for found in _CAPITAL.finditer(plain, place.start, before))


def _close(folded: str, end: int, start: int) -> bool:
    """Whether a word stands near before a value, with no comma between, or behind it."""
    return start <= end or (start - end <= _NEAR and "," not in folded[end:start])


def _elsewhere(place: Place, said: Said, about: str) -> bool:
    """Whether the clause, its label or the clause before names where: "In Germany", "38 shops in France"."""
    page, folded, clause = place.page, place.page.folded, place.clause(said.start)
    label = place.label
    named = page.every(_HERE, label.start, label.end) if label else ()
    if any(_place_at(place, found.end(), about) for found in named):
        return True
    if page.says(_WORLD, clause.start, clause.end):
        return False
    there = page.first(_THERE, clause.start, said.start)
    if there and _names_land(place, there.start()):
        return True
    amount = isinstance(said.value, Quantity)
    for found in page.every(_HERE, clause.start, clause.end):
        opens = not folded[clause.start : found.start()].strip(" *_-–—\"'(,")
        behind = amount and said.end <= found.start() and not _PARTS.search(folded, said.end, found.start())
        near = behind and found.start() - said.end <= _NEAR
        if (opens or near) and _place_at(place, found.end(), about):
            return True
    if page.says(_WHERE, max(place.start, clause.start - 2), said.start):
        return any(_place_at(place, f.end(), about) for f in page.every(_HERE, place.start, said.start))
    return False


_PARTS = re.compile(r"[,;:()]|\b(?:and|und|et|y|are|sind|sont|son)\b")
_NEAR = 30  # characters between an amount and the country it is said of


def _place_at(place: Place, at: int, about: str) -> bool:
    spellings = _spellings(place, Stretch(start=at, end=at))
    return bool(spellings) and not any(one in about and _stands(one, about) for one in spellings)


def _stands(name: str, about: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", about) is not None


@asked_once
def _spellings(place: Place, where: Span) -> frozenset[str]:
    """How a place is written whose name begins there; empty: none does."""
    at = where.start
    found = _CAPITAL.match(place.page.document.plain, at)
    if (
        not found
        or _NO_PLACE.match(place.page.folded, at)
        or place.page.mentions_at(Stretch(start=at, end=found.end()))
    ):
        return frozenset()
    name = fold(found[0]).strip(".'’")
    return frozenset({name, gazetteer.usual(name), *gazetteer.names_of(gazetteer.usual(name))})


def _said_outright(place: Place, said: Said) -> bool:
    """Whether the clause begins with the brand's name and gives no other amount: "Acme employs 500 people"."""
    clause = place.clause(said.start)
    named = [one for one in place.page.mentions_in(clause) if one.end <= said.start]
    begins = any(
        one.start - clause.start <= _OPENING and not place.page.folded.startswith(("'", "’"), one.end) for one in named
    )
    return begins and sum(1 for one in place.quantities if clause.start <= one.start < clause.end) == 1


_OPENING = 6  # characters


def _far_off(said: Said, asked: Asked) -> bool:
    one, true = said.value, asked.fact.value
    if not isinstance(one, Quantity) or not isinstance(true, int | float) or asked.kind == "percent":
        return False
    if true < (_LEAST_SUM if asked.kind == "money" else _LEAST_COUNT):
        return False
    days = durations.in_days(asked.fact.unit) or 1.0
    own = one.value * said.scale / (days if asked.kind == "number" else 1.0)
    known = [v for v in asked.given if isinstance(v, int | float) and v > 0]
    if own <= 0 or any(abs(own * step / v - 1) < _SAME_FIGURES for v in known for step in _THOUSANDS):
        return False
    return all(v / own > _FAR_BELOW or own / v > _FAR_ABOVE for v in known)


def of_branch(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a time is told of one country's branch: "In Germany, where it started in 2011"."""
    if not isinstance(said.value, Moment):
        return False
    about = asked.wide
    return _named_part(place, said, about) or _elsewhere(place, said, about)


def of_other_region(place: Place, said: Said, region: str) -> bool:
    """Whether the clause, its label or its column names other countries, or the world, and not the fact's own."""
    clause = place.clause(said.start)
    spans = [clause, *(frame for frame in place.frames if frame.tight or place.cell)]
    named = {name for span in spans for name in _regions(place, span)}
    if region in named or (named and region in _HOLDS and named <= _HOLDS[region]):
        return False
    label = place.label
    everywhere = bool(label) and bool(_WORLD.search(place.page.folded, label.start, label.end)) if label else False
    return bool(named) or everywhere


_HOLDS = {"europe": frozenset({"eu"})}


def _regions(place: Place, span: Span) -> set[str]:
    plain = place.page.document.plain
    found = (fold(match[0]).strip(".'’") for match in _CAPITAL.finditer(plain, span.start, span.end))
    usual = {gazetteer.usual(one.removeprefix("the ")) for one in found}
    return {one for one in usual if gazetteer.is_country(one) or one in _CONTINENTS}


_CONTINENTS = frozenset(
    {"europe", "eu", "asia", "africa", "north america", "south america", "latin america", "oceania"}
)
