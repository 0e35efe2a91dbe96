"""Whether the words around a value tie it to something beside the company: another subject, kind, part or event."""

import re
from functools import lru_cache

from monitor.analysis import deeds, durations, gazetteer, impostors, lexicon, sheetwords
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD, fold
from monitor.analysis.kind import Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_WHOLE = frozenset({"number", "money", "percent", "year", "date"})
_OF_SUBJECT = _WHOLE | {"person", "place"}


def speaks_of_other(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a value stands there for something else than the fact's own subject."""
    if asked.kind in _OF_SUBJECT and _has_other_subject(place, said, asked):
        return True
    if asked.measured and _of_other_sort(place, said, asked):
        return True
    if asked.kind in {"place", "set", "text"} and _is_planned(place, said):
        return True
    if asked.kind in {"year", "date"}:
        return deeds.of_other_event(place, said, asked)
    return impostors.stands_for_other(place, said, asked)


_PLANNED = re.compile(
    r"\b(?:planned|plans? to|intends? to|geplant\w*|plant|prévue?s?|prévoit|previst[oa]s?|planea)\b|予定|計画"
)


def _is_planned(place: Place, said: Said) -> bool:
    """Whether what is named is only planned: "planned opening of a data centre in Mumbai"."""
    clause = place.clause(said.start)
    return bool(_PLANNED.search(place.page.folded, clause.start, max(clause.start, said.start)))


def _has_other_subject(place: Place, said: Said, asked: Asked) -> bool:
    if _of_part(place, said, asked) or _of_partner(place, said):
        return True
    return asked.kind in _WHOLE and (_indefinite_subject(place, said, asked) or _labelled_place(place, asked))


def _of_other_sort(place: Place, said: Said, asked: Asked) -> bool:
    return (
        _for_something(place, said, asked)
        or _contrary(place, said, asked)
        or _qualified_label(place, asked)
        or _where_others_are(place, said, asked)
        or deeds.of_event(place, said, asked)
        or _of_its_part(place, said, asked)
        or (asked.kind == "percent" and _of_some_other(place, said, asked))
    )


_INDEFINITE = re.compile(r"\W*(?:a|an|another|une?|una|eine?)\s(?P<noun>(?:[\w-]+\s){1,4})")


def _indefinite_subject(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a clause begins with something new: "An American venture with 300 shops lost money"."""
    clause = place.clause(said.start)
    start = max(clause.start, place.value_start) if said.start >= place.value_start else clause.start
    if place.cell or (place.page.document.lang in {"de", "ja"} and place.page.folded.startswith("an ", start)):
        return False
    before = Stretch(start=clause.start, end=max(clause.start, said.end))
    if place.page.mentions_in(before) or durations.in_days(asked.fact.unit):
        return False
    found = _INDEFINITE.match(place.page.folded, start, max(start, said.start))
    return bool(found) and not sheetwords.COMPANY.search(found["noun"]) if found else False


# Parts of a company in other languages, and those that need no article.
_PART = re.compile(
    r"\W*(?:(?:and|but|und|et|y) )?(?:(?:die|der|das|ihre?|seine?|eine?|le|la|l'|sa|son|une?|el|su|una) ?"
    r"(?:[\w-]+\s){0,2}?)?(?P<part>niederlassung|tochter\w*|zweigstelle|fabrik|werk|stiftung|sparte|abteilung"
    r"|forschungszentrum|rechenzentrum|labor|molkerei|filiale|succursale|usine|laiterie|fondation|division"
    r"|centre de \w+|laboratoire|entrepôt|atelier|filial|sucursal|planta|fábrica|fundación|división|centro de \w+"
    r"|laboratorio|almacén|replacement parts|spare parts|ersatzteile|pièces détachées)\b"
)


def _of_part(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the clause begins with a part of the company: "Die deutsche Niederlassung leitet ..."."""
    found = _PART.match(place.page.folded, place.clause(said.start).start, said.start)
    if found is None or found["part"] in asked.words:
        return False
    at = found.start("part")
    return not any(hit.concept in asked.own and hit.start <= at < hit.end for hit in place.hits)


# "Its roaster, Sant'Elmo, buys in 14 countries"; who founded or leads it acts for it.
_PARTNER = re.compile(
    r"\W*(?:Its|Their|The company['’]s|One of its) (?!(?:[\w-]+ )?(?:founders?|chief|chair\w*|head|boss|president|ceo"
    r"|owner|parent|name|first|main)\b)(?:[a-z-]+ ){0,2}[a-z-]+, (?:the )?[A-Z][^,]{1,40}, [a-z]"
)


def _of_partner(place: Place, said: Said) -> bool:
    """Whether the clause begins with somebody who works for the company, by name."""
    return bool(_PARTNER.match(place.page.document.plain, place.clause(said.start).start, max(place.start, said.start)))


_CODE = re.compile(r"[A-ZÀ-Þ][\w' -]+\(\s?[A-Z]{2,3}\s?\)")


def _labelled_place(place: Place, asked: Asked) -> bool:
    """Whether a label names a town or country: "Brno (CZ): 2,800 staff"."""
    label = place.label
    if label is None or place.cell or place.page.concepts_in(label) & asked.own:
        return False
    words = place.page.document.plain[label.start : label.end].strip(" *_:：–—-•\n")
    name = fold(words)
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", asked.told):
        return False
    return bool(_CODE.search(words)) or gazetteer.is_country(gazetteer.usual(name))


_FOR = re.compile(
    r"\W*(?:(?:and|but|und|aber|et|mais|y|pero) )?(?:for|on|with|für|bei|pour|sur|para|con)\s"
    r"(?:(?:the|an?|its|le|la|les|den|die|das|dem|der|el|los|las) )?(?P<what>[^\W\d][\w' -]{2,30}?),"
)
_NOTHING_OTHER = re.compile(
    r"(?:example|instance|comparison|now|scale|context|years?|decades|many|most|all|everyone|you|us|customers?|members"
    r"|beispiel|vergleich|exemple|comparaison|ejemplo|average|paper|top|balance|that|this|it)\b"
)


def _for_something(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the clause opens with what else it is for: "for the motor, cover lasts ten years"."""
    clause = place.clause(said.start)
    found = _FOR.match(place.page.folded, clause.start, max(clause.start, said.start))
    if found is None or _NOTHING_OTHER.search(found["what"]):
        return False
    span = Stretch(start=found.start("what"), end=found.end("what"))
    own = any(hit.start < span.end and span.start < hit.end and hit.concept in asked.own for hit in place.hits)
    return not (own or place.page.mentions_in(span)) and found["what"] not in asked.words


# What is the one is not the other; a fact of the one is not told by a clause that names the other alone.
_CONTRARIES = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b"))
    for one, other in (
        (
            r"cabin|carry-on|hand luggage|hand baggage|handgepäck|cabine|bagage à main|cabina|equipaje de mano",
            r"hold|checked|check(?:ing)? in|aufgeben|aufgegeben\w*|aufgabegepäck|soute|enregistr\w+|factur\w+|bodega",
        ),
        (r"standard|regular|basic", r"preferred|premium|express|priority|deluxe"),
        (r"new|neu\w*|neu[fv]\w*|nuev\w+", r"used|second-hand|secondhand|refurbished|gebraucht\w*|d'occasion|usad\w+"),
        (r"gross|brutto\w*|brut\w*|bruto", r"net|netto\w*|nette?|neto"),
        (
            r"online|internet|web",
            r"in[- ]store|in shops|in a shop|at the counter|offline|im laden|en magasin|en tienda",
        ),
        (r"adults?|erwachsene\w*|adultes?|adultos?", r"child|children|kids|kinder\w*|enfants?|niñ[oa]s"),
        (r"arriv\w+|anreise|ankunft|llegada", r"depart\w*|abreise|abflug|départ|salida"),
        (r"minimum|least|mindest\w*", r"maximum|at most|höchst\w*"),
        (r"summer|sommer|été|verano", r"winter|hiver|invierno"),
        (r"weekends?|wochenende|week-end|fin de semana", r"weekdays?|wochentag\w*|en semaine|entre semana"),
        (r"full-time|vollzeit", r"part-time|teilzeit"),
    )
)


@lru_cache(maxsize=4096)
def _sides(own: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The contraries of which a fact is of the one alone: its own and the other."""
    both = ((one, other) for pair in _CONTRARIES for one, other in (pair, pair[::-1]))
    return tuple((mine, theirs) for mine, theirs in both if mine.search(own) and not theirs.search(own))


def _contrary(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the contrary alone is spoken of: the hold where the fact is of the cabin."""
    sides = _sides(asked.words)
    here = _around(place, said) if sides else ""
    return any(theirs.search(here) and not mine.search(here) for mine, theirs in sides)


def _around(place: Place, said: Said) -> str:
    """The clause with the labels and heads of columns beside it."""
    clause, folded = place.clause(said.start), place.page.folded
    beside = [
        folded[one.start : one.end] for one in place.frames if one.tight or (place.cell and one.weight > _HEADING)
    ]
    return " ".join((folded[clause.start : clause.end], *beside))


_HEADING = 0.6
_LONGEST_LABEL = 6  # words
_MODIFIERS = lexicon.listed("plain_modifiers") | lexicon.listed("small")
_STEM = 5  # letters that "recyclable" and "recycled" share
_LEAST = 3  # letters


def _qualified_label(place: Place, asked: Asked) -> bool:
    """Whether the label's own word is narrowed by another before it: "Subscription revenue", "Service staff"."""
    label = place.label
    if label is None or place.page.document.lang not in {"", "en"}:
        return False
    page = place.page
    words = list(WORD.finditer(page.folded, label.start, label.end))
    hits = [hit for hit in page.hits_in(label) if hit.concept in asked.telling]
    if not hits or len(words) > _LONGEST_LABEL:
        return False
    before = [word for word in words if word.end() <= hits[0].start and len(word[0]) >= _LEAST]
    return any(not _is_plain(place, word, asked) for word in before)


def _is_plain(place: Place, word: re.Match[str], asked: Asked) -> bool:
    own = asked.own | asked.second | asked.generics
    label = place.label
    hits = place.page.hits_in(label) if label else ()
    if any(hit.start <= word.start() < hit.end and hit.concept in own for hit in hits):
        return True
    if word[0] in _MODIFIERS or any(char.isdigit() for char in word[0]):
        return True
    if place.page.mentions_at(Stretch(start=word.start(), end=word.end())):
        return True
    return any(known[:_STEM] == word[0][:_STEM] for known in WORD.findall(asked.words))


_COUNTED = re.compile(r"\d[\d,.]*\s(?P<noun>(?:\w+\s){1,2})(?:in|across|from|dans|en|aus)\s$")
_OTHERS = frozenset({"factories", "employees", "patents", "languages"})


def _where_others_are(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a count of countries is of where something else is: "1,120 plants in 31 countries"."""
    if asked.concepts.isdisjoint({"countries", "cities"}):
        return False
    low = max(place.start, said.start - _REACH)
    found = _COUNTED.search(place.page.folded, low, said.start)
    if found is None:
        return False
    start, end = found.span("noun")
    return any(hit.concept in _OTHERS - asked.own and start <= hit.start < end for hit in place.hits)


_REACH = 45  # characters
_SOME_OTHER = re.compile(r"\b(?:of|in|at) an? \w+")


def _of_some_other(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a share is of something new: "a shareholder of a truck maker (51 %)"."""
    clause = place.clause(said.start)
    own = [hit for hit in place.hits if hit.concept in asked.telling and clause.start <= hit.start < said.start]
    return bool(own) and bool(_SOME_OTHER.search(place.page.folded, own[-1].end, said.start))


_OWN_PART = re.compile(r"['’]s? (?!price|list price|cost|retail|starting|tag)(?:\w+ ){1,4}")


def _of_its_part(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the price is of a part of the product: "the Duo's battery costs 89"."""
    if not asked.product:
        return False
    clause = place.clause(said.start)
    at = place.page.folded.rfind(asked.product, clause.start, said.start)
    return at >= 0 and bool(_OWN_PART.match(place.page.folded, at + len(asked.product)))
