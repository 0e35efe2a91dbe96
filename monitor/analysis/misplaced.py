"""Whether a figure stands beside the words of a fact and is meant of something else: another row, plan, rate, owner."""

import re

from monitor.analysis import durations, lexicon
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD
from monitor.analysis.kind import Said
from monitor.analysis.moments import Moment
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch

_HEAD = 0.8  # what the head of a column or a run-in label weighs
_HEADING = 0.6


def is_misplaced(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a value other than the sheet's belongs elsewhere."""
    if asked.kind in {"year", "date"}:
        return _of_name(place, said, asked) or _is_no_goal(place, said, asked)
    return asked.measured and (
        (place.cell and (_of_other_row(place, asked) or _billed_otherwise(place, asked)))
        or _not_free(place, said, asked)
        or _is_that_share(place, said, asked)
        or _price_of_other(place, said, asked)
        or _held_by_other(place, said, asked)
        or _of_some_kind(place, said, asked)
        or _of_first(place, said, asked)
        or _of_longer_name(place, said, asked)
        or _of_other_sum(place, said, asked)
    )


_NAME = re.compile(
    r"\b(?:present|current|new|today['’]s|former|original|old|first|brand|company) (?:\w+ )?(?:names?|logos?"
    r"|slogans?)\b|\b(?:heutiger?|jetziger?|neuer?) name\b|\bnom (?:actuel|d'aujourd'hui)\b|\bnombre actual\b"
)


def _of_name(place: Place, said: Said, asked: Asked) -> bool:
    """Whether it is the name that is so old: "The present name dates from 2004"."""
    clause = place.clause(said.start)
    found = _NAME.search(place.page.folded, clause.start, max(clause.start, said.start))
    return found is not None and found[0].split()[-1][:4] not in asked.words


def _of_other_row(place: Place, asked: Asked) -> bool:
    """Whether a sibling of the row says a word of the fact that this one lacks: "Flexible" above "Member saver"."""
    heads = {concept for frame, concepts in place.framed if not frame.tight for concept in concepts}
    if place.labelled & asked.telling or not heads & asked.telling:
        return False  # what the row is of: the rows are no variants
    for anchor in asked.anchors:
        if anchor.concepts & (place.labelled | heads) or anchor.concepts & place.spoken.keys():
            continue
        if any(anchor.concepts & place.page.concepts_in(row) for row in _siblings(place)):
            return True
    return False


def _siblings(place: Place) -> list[Span]:
    cells = place.page.cells.items()
    return [
        cell
        for (table, row, column), cell in cells
        if table == place.block.table and column == 0 and row and row != place.block.row
    ]


_YEARLY = re.compile(
    r"\b(?:billed|paid|billing|bei|abgerechnet|facturé|facturado)\s?:?\s?(?:yearly|annually|annual|jährlich\w*"
    r"|annuellement|anualmente)\b|\b(?:annual|yearly) (?:billing|plan|subscription)\b"
)
_MONTHLY = frozenset({"monthly"})


def _billed_otherwise(place: Place, asked: Asked) -> bool:
    """Whether the column is of what is paid for a year at once: "Billed yearly (per month)"."""
    if not asked.generics & _MONTHLY and "month" not in asked.words:
        return False
    folded = place.page.folded
    beside = [frame for frame in place.frames if frame.weight >= _HEAD]
    return any(_YEARLY.search(folded, one.start, one.end) for one in beside)


def _not_free(place: Place, said: Said, asked: Asked) -> bool:
    """Whether what is free is asked for, and nothing says that this is: "Professional: 3 TB"."""
    if asked.kind != "number" or not _FREE_OF_CHARGE.search(asked.words):
        return False
    clause = place.clause(said.start)
    if any(hit.concept == "free" for hit in place.spoken.get("free", ()) if clause.start <= hit.start < clause.end):
        return False
    framed = (concepts for frame, concepts in place.framed if frame.weight >= _HEADING)
    return "free" not in place.page.asked_for.union(*framed)


_FREE_OF_CHARGE = re.compile(
    r"\bfree (?:\w+ )?(?:plan|tier|account|version|edition|package|users?|customers?|members?)\b"
)
_SHARE = re.compile(
    r"(?:\d[\d.,]*\s?(?:%|per ?cent)|\bpercent|\bthird|\bquarter|\bhalf|\btenth|\bfifth)s? of (?:its |the |their "
    r"|all )?[\w\s'’-]{2,60}(?:,|\(|–|—| or)\s?(?:(?:about|around|some|roughly|nearly|almost|or|i\.e\.) )*$"
)


def _is_that_share(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a count says what a share amounts to: "18 percent of the staff had to go, about 480 people"."""
    return asked.kind == "number" and bool(_SHARE.search(place.page.folded, place.start, said.start))


_PRICE_OF = re.compile(r"\b(?:prices?|costs?|fees?|bills?) (?:of|for) (?P<what>[a-z][\w\s'’-]{2,48})[\s(]*$")


def _price_of_other(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the price is that of something named behind it: "the price of mandatory terminals ($21,000 apiece)"."""
    if asked.kind != "money":
        return False
    clause = place.clause(said.start)
    found = _PRICE_OF.search(place.page.folded, clause.start, max(clause.start, said.start))
    if found is None:
        return False
    start, end = found.span("what")
    own = any(hit.concept in asked.own and start <= hit.start < end for hit in place.hits)
    return not own and not place.page.mentions_in(Stretch(start=start, end=end))


def _held_by_other(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a stake is told without the words for its holder: "the next largest owner, with 3.1 percent"."""
    if asked.kind != "percent" or "owner" not in asked.concepts:
        return False
    clause = place.clause(said.start)
    here = {hit.concept for hit in place.hits if clause.start <= hit.start < clause.end}
    here |= {concept for frame, concepts in place.framed if frame.weight >= _HEADING for concept in concepts}
    holders = [anchor for anchor in asked.anchors if "owner" not in anchor.concepts and not anchor.modifier]
    return bool(holders) and not any(anchor.concepts & here for anchor in holders)


_FIRST = re.compile(
    r"\W*(?:in (?:19|20)\d\d,? )?(?:the|its|le|la|das|der|die|el|les) (?:very )?"
    r"(?P<which>first|original|earliest|premi[eè]re?s?|erste[rns]?|primer[oa]?s?) (?:\w+ )?"
    r"(?:models?|versions?|editions?|generations?|ones?|modèles?|modelle?|modelos?|plans?|contracts?|cars?|phones?)\b"
)


def _of_first(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the clause is of what there was first: "The first model was good for 60 metres"."""
    found = _FIRST.match(place.page.folded, place.clause(said.start).start, said.start)
    return found is not None and found["which"] not in asked.words


_PLAIN = (
    lexicon.listed("plain_modifiers")
    | lexicon.listed("small")
    | lexicon.listed("empty")
    | frozenset(
        "own different separate other more registered paying monthly daily unique individual actual people persons odd"
        " so plus staff strong full-time permanent national big large great blue red green yellow black white".split()
    )
)
_STEM = 5  # letters that "recyclable" and "recycled" share


def _of_some_kind(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a word between the figure and what is counted makes it another count: "480 electric bikes"."""
    if asked.kind != "number" or place.page.document.lang not in {"", "en"} or durations.in_days(asked.fact.unit):
        return False
    folded, words = place.page.folded, asked.words
    noun = min((hit for hit in place.hits if hit.concept in asked.own and hit.start >= said.end), default=None)
    if noun is None or noun.start - said.end > _REACH or _BREAK.search(folded, said.end, noun.start):
        return False
    known = {one[:_STEM] for one in WORD.findall(words)}
    for word in WORD.finditer(folded, said.end, noun.start):
        named = place.page.mentions_at(Stretch(start=word.start(), end=word.end()))
        if word[0] not in _PLAIN and word[0][:_STEM] not in known and not named and word[0].isalpha():
            return True
    return False


_REACH = 30  # characters between a figure and its noun
_BREAK = re.compile(r"[.,;:|(\n]|\b(?:in|at|on|from|for|with|and|who|that|which|worldwide|across|spread)\b")


_AIMED = re.compile(
    r"\b(?:by|until|before|for|bis|d'ici(?: à)?|en|para|antes de|target(?:ed)?|year)\s(?:\w+ )?$|[:|]\s*$"
)


def _is_no_goal(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a goal lies ahead on the sheet, and a year that is over only dates what was done: "down since 2017"."""
    one, today = said.value, place.page.today
    if not isinstance(one, Moment) or str(asked.fact.value)[:4] <= str(today.year) or one.last >= today:
        return False
    return not _AIMED.search(place.page.folded, max(0, said.start - 24), said.start)


_GOES_ON = re.compile(r"\*{0,2} (?!AG|SE|USD|EUR|GBP|US|UK|EU|In|On|At|The|It|Its)(?P<more>[A-Z][\w+-]*)")


def _of_longer_name(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the fact's name goes on to be another's: "Meander+ Sport" where the Meander+ is asked for."""
    if asked.kind != "money":
        return False
    names = {concept for anchor in asked.anchors if anchor.proper for concept in anchor.concepts}
    plain, words = place.page.document.plain, asked.words
    clause = place.clause(said.start)
    hits = [hit for hit in place.hits if clause.start <= hit.start < said.start]
    hits += place.page.hits_in(place.label) if place.label else []
    own = [hit for hit in hits if hit.concept in names]
    ends = {max(hit.end for hit in own)} if own else set()
    following = (_GOES_ON.match(plain, end) for end in ends)
    return any(found and found["more"].lower() not in words for found in following)


_OTHER_SUM = re.compile(
    r"\b(?P<what>bookings|merchandise v\w+|gmv|backlog|order (?:intake|book)|billings|cash flow|market cap\w*|capex"
    r"|total assets|write-downs?|bestellvolumen|auftragseingang|carnet de commandes)\b"
)


def _of_other_sum(place: Place, said: Said, asked: Asked) -> bool:
    """Whether another sum of the accounts stands before the value: "Gross bookings came to 58 billion"."""
    clause = place.clause(said.start)
    found = _OTHER_SUM.search(place.page.folded, clause.start, max(clause.start, said.start))
    return asked.kind == "money" and found is not None and found["what"] not in asked.words
