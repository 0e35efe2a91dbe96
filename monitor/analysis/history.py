"""Whether something is told as the past."""

import re
from datetime import date
from enum import StrEnum

from monitor.analysis.kept import asked_once, once
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.quantity import Dimension
from monitor.analysis.spans import Span, Stretch


class Told(StrEnum):
    NOW = "now"
    PAST = "past"
    UNCLEAR = "unclear"  # "at the time": nothing says which time


# Right before the value.
_BEFORE = re.compile(
    r"(?:\b(?:in succession to|succeeding|in place of|in the (?:time|days|era|reign|tenure) of|during the (?:time"
    r"|tenure|reign) of|before (?:him,?|her,?|them"
    r"|that|it)|prior to (?:him|her)|former|formerly|previous|previously|ex-?"
    r"|once|originally|predecessors?|old|earlier|succeeded"
    r"|succeeds|replaced|replaces|replacing|follows|followed|took over from|takes over from|successor to"
    r"|successor of|taking over from|instead of|rather than|used to \w+|had been|passed the|up from|down from"
    r"|compared with|compared to|stood at|started as|began as"
    r"|moved from|launched as|born as|introduced as|unveiled as|opened as|christened|shed the name"
    r"|dropped the name|gave up the name|leave|retired the|dropped the|drop|no longer|t(?:akes?|ook) the place of"
    r"|gives? way to"
    r"|früher\w*|ehemalig\w*|vormals|einst|zuvor|folgte auf|ersetzte|löste|nachfolger von"
    r"|ancien(?:ne)?|auparavant|autrefois|a succédé à|succède à|remplace|a remplacé"
    r"|antigu[oa]|anterior(?:mente)?|antes|sucedió a|reemplazó a|sustituyó a)\s(?:\w+\s|\w+'s\s"
    r"|[$€£]\s?){0,3}|\b(?:from|against|after|had|left|leaves|leave)\s(?:the\s)?[$€£]?|旧|元)$"
)
# Right behind it.
_AFTER = re.compile(
    r"^[^.;!?]{0,30}?(?:\b(?:was replaced|was succeeded|was retired|was dropped|was scrapped"
    r"|were dropped|stepped down|steps down|resigned|retired|(?<!are )(?<!is )(?<!were )left|leaves|gave way"
    r"|made way|turned into|evolved into|is folded into|was folded into|folded into|was renamed|became|handed over"
    r"|no longer|a year earlier|a year before|the year before|back then|at that time|in the past"
    r"|was abandoned|expired|ran out|hands?|handed|passe[sd] (?:the|it|on)|ceded|relinquished|vacated|gave up"
    r"|abgelöst|trat zurück|ausgeschieden|dimitió|dejó el)\b|まで|から交代|退任)"
)
_FORMER = re.compile(
    r"\b(?:former|formerly|previous|previously|old|original|past|earlier|predecessor|until|before|last year|prior"
    r"|früher\w*"
    r"|ehemalig\w*|bisherig\w*|vorjahr|ancien\w*|précédent\w*|antigu[oa]|anterior)\b|以前|旧"
)
_UNTIL = re.compile(
    r"\b(?:until|till|up to|before|prior to|bis|vor|jusqu'en|jusqu'à|avant|hasta|antes de)\s(?:(?:(?:early|mid"
    r"|late|about|around|end of|ende|fin"
    r"|\w+)\s){0,3}|(?:early|mid|mi|mitte|late|spring|summer|autumn|fall|winter)[- ])(?:1[89]|20)\d\d\b"
)
_ANYWHERE = re.compile(
    r"\b(?:before (?:the (?:change|war|crisis|pandemic|merger|split|takeover|sale)|that|this|then)"
    r"|until then|that was the (?:rule|case|limit)|no longer applies"
    r"|has since (?:been )?(?:changed|raised"
    r"|lowered|replaced|dropped)|was (?:retired|dropped|abandoned|scrapped|replaced)"
    r"|(?:quietly )?(?:let (?:that|it) go|dropped it)|had promised|used to|a year earlier|previously"
    r"|formerly|in the past|years ago"
    r"|früher|damals|ehemals|autrefois|à l'époque|auparavant|anteriormente|en el pasado|antes)\b|かつて|以前"
)
_UNCLEAR = re.compile(
    r"\b(?:at the time|back then|(?<!since )then|in those days|damals|à l'époque|entonces|por entonces)\b|当時"
)
_NOW = re.compile(
    r"\b(?:today|currently|current|still|at present|nowadays|these days|to date|so far|remains?"
    r"|to this day|now|latest|present"
    r"|heute|aktuell\w*|derzeit|noch immer|nach wie vor|weiterhin|bisher|aujourd'hui|actuel\w*|toujours"
    r"|à ce jour|encore|hoy|actual\w*|todavía|sigue|aún)\b|現在|現行|今も|いまだ"
)
_DATING = re.compile(
    r"(?:\b(?:in|by|as of|as recently as|as late as|at the end of|during|for|through|of|im jahr|im|ende"
    r"|en|fin|dès|à la fin de|para|a finales de|the)\s(?:\w+ )?|\(|\|\s*|^\W*)$"
)
_SINCE = re.compile(r"\b(?:since|from|seit|ab|depuis|dès|desde|after|as of)\s(?:\w+ )?$|以降|から")
_PAST_TENSE = re.compile(
    r"\b(?:was|were|had|ran|led|war|hatte|hieß|était|s'appelait|avait|era|fue|tenía|se llamaba)\b|でした|だった"
)
# Of a post or name: "had been in charge", "stayed on until the end of April", "then chief executive".
_GONE = re.compile(
    r"\b(?:the|its|their|as) (?:very )?(?:first|founding|original|one-time|longest-serving) (?:chief|ceo|cfo|coo"
    r"|boss|president|chair\w*"
    r"|head|managing)\b|\bwas (?:[\w-]+ ){1,4}for (?:the |its |his |her )?(?:first |more than |over |nearly "
    r"|almost )?[\w-]+ years\b"
    r"|\b(?:had (?:been|led|run|held|headed|chaired|inherited)|(?:until|till|jusqu\w*|hasta|bis) (?:the |early "
    r"|late |mid-?|end |of |his |her"
    r"|fin |finales )*\w+|, (?:then|at that time|at the time|back then) (?:the )?(?:\w+ )?(?:chief|ceo|head"
    r"|president|chair\w*|boss))\b"
)
_PRESENT_TENSE = re.compile(
    r"\b(?:is|are|has|have|remains?|runs|leads|heads|calls?|ist|sind|hat|leitet|est|sont|a|dirige|es|son"
    r"|tiene)\b"
)
_AND = re.compile(r" (?:and|und|et|y) ")  # "founded in 1991 and employs 4,000": the year is of the other half
_OPENS = re.compile(
    r"\W*(?:as of|as recently as|as late as|back in|even in|in|by|at the end of|im jahr|ende|en|fin"
    r"|à la fin de|a finales de)\s(?:\w+\s)?\d"
)
_HEADING = 0.6  # what a heading weighs; labels and the heads of columns weigh more
_NEAR = 45  # characters between a year and the value it dates
_OPENED = 90  # where the year opens the clause


def told(place: Place, at: Span, until: date | None, *, lasting: bool = False, event: bool = False) -> Told:
    """Tell whether the value at `at` is said of now or of the past.

    `event`: a year says when it came to be so ("went public in 2019"), not until when.
    `lasting`: what holds is told in the present tense (a person's post, a name), other than a year's revenue.
    """
    page, (low, high) = place.page, _around(place, at)
    then = lasting and until is not None and page.says(_THEN, low, high)  # "whose slogan then was ..."
    if then or _is_over(place, at):
        return Told.PAST
    dated = None if event else _dated(place, Stretch(start=low, end=high), at, until)
    if dated is not None:
        return Told.PAST if dated else Told.UNCLEAR
    if page.says(_NOW, low, high):
        return Told.NOW
    if page.says(_ANYWHERE, low, min(place.end, high + 80)):
        return Told.PAST
    if lasting and (held := _by_tense(page, low, high)):
        return held
    return Told.UNCLEAR if page.says(_UNCLEAR, low, high) else Told.NOW


def _around(place: Place, at: Span) -> tuple[int, int]:
    """Between which offsets stands what is said of a value."""
    if at.start < place.value_start:  # the value is a label: what is said of it stands behind
        return place.start, place.end
    clause = place.clause(at.start)
    return min(clause.start, at.start), max(clause.end, at.end)


@asked_once
def _is_over(place: Place, at: Span) -> bool:
    """Whether the label or the words right beside a value say that it is over, whatever the value is of."""
    page, (low, high) = place.page, _around(place, at)
    if any(_passed(one, page.today) for one in page.every(_UNTIL, low, high)):
        return True
    before, after = page.folded[max(low, at.start - 45) : at.start], page.folded[at.end : min(high, at.end + 60)]
    if _is_time(place, at):
        before = _AFTER_SO_LONG.sub("", before)
    return _labelled_as_former(place) or _is_earlier(before, after)


_THEN = re.compile(
    r"\b(?:at the time(?! of)|back then|in those days|then (?:was|were|had|called|known|named|headed|led)|(?:was"
    r"|were) then"
    r"|damals|à l'époque|por entonces)\b|当時"
)


# "Points lapse after twelve months", "from two years on": how long it takes, not what was before.
_AFTER_SO_LONG = re.compile(r"\b(?:after|from)\s$")


def _is_time(place: Place, at: Span) -> bool:
    """Whether the value is so many days, months or years."""
    return any(one.start == at.start and one.dimension is Dimension.DURATION for one in place.quantities)


def _by_tense(page: Page, low: int, high: int) -> Told | None:
    """What the verbs say of a post, a name, a seat."""
    if page.says(_GONE, low, high):
        return Told.PAST
    if page.says(_PAST_TENSE, low, high) and not page.says(_PRESENT_TENSE, low, high):
        return Told.UNCLEAR
    return None


@once
def _labelled_as_former(place: Place) -> bool:
    """Whether the label says former, or a label or lead gives a period that is over: "2008-2021: the French years"."""
    folded, label = place.page.folded, place.label
    if label is not None and _FORMER.search(folded, label.start, label.end):
        return True
    periods = (_PERIOD.match(folded, one.start, one.end) for one in place.frames if one.weight > _HEADING)
    return any(found and int(found["end"]) < place.page.today.year for found in periods)


_PERIOD = re.compile(r"\W*(?:1[89]|20)\d\d\s?[–—-]\s?(?P<end>(?:1[89]|20)\d\d)(?!\d)")


def _is_earlier(before: str, after: str) -> bool:
    """Whether the words right before or behind say that a value was another's, or is over."""
    found = _BEFORE.search(before.rstrip("\"'“„«‘‹"))
    if found and _GOES_TO.search(found[0]):
        found = None  # "moved from Delft to": where it went
    if found and _STARTS_FROM.search(found[0]) and not _TO.match(after):
        found = None  # "from €38,500": the least that it costs
    return found is not None or bool(_AFTER.search(after))


_GOES_TO = re.compile(r"^(?:moved|up|down) from\s(?:\S+\s){1,3}?to\s$")
_STARTS_FROM = re.compile(r"^from\s(?:the\s)?[$€£]?$")
_TO = re.compile(r"\W*(?:\w+\W+){0,6}?(?:to|auf|à|a|in|the year|a year|last year)\b")


def _passed(found: re.Match[str], today: date) -> bool:
    """Whether the year of "until 2023" is over."""
    return int(found[0][-4:]) <= today.year


def _dated(place: Place, clause: Span, at: Span, until: date | None) -> bool | None:
    """Whether a year beside the value lies in the time when it held; None: no year dates it."""
    framing = [frame for frame in place.frames if frame.tight or (place.cell and frame.weight > _HEADING)]
    spans, today = [clause, *framing], place.page.today
    for moment in (*place.dates, *(one for frame in framing for one in place.page.moments_in(frame))):
        inside = any(span.start <= moment.start < span.end for span in spans)
        if not inside or moment.first > today or (moment.start < at.end and at.start < moment.end) or moment.relative:
            continue
        framed = not clause.start <= moment.start < clause.end
        if not framed and not _dates(place, moment, at):
            continue
        if until and moment.first <= until:
            return True
        if not until and moment.last.year < today.year - 1:
            return False
    return None


_WHEN = re.compile(r",? (?:when|als|où|lorsque|cuando)\b")


def _dates(place: Place, moment: Span, at: Span) -> bool:
    folded = place.page.folded
    low, high = (moment.end, at.start) if moment.end <= at.start else (at.end, moment.start)
    between = _WHEN.sub("", folded[low:high].replace(", in", ""))
    reach = _NEAR
    if _OPENS.match(folded, place.clause(at.start).start, moment.start + 1):  # "In 2024, before the move, 48 % were"
        between, reach = between.rpartition(",")[2], _OPENED
    if high - low > reach or _AND.search(folded, low, high) or "," in between:
        return False
    before = folded[max(place.start, moment.start - 20) : moment.start]
    dating = _DATING.search(before) or place.page.document.lang == "de"  # "2022 waren es": no word before the year
    when = _WHEN.search(folded, low, high)
    dating, since = bool(dating) or bool(when), None if when else _SINCE.search(before)
    if since and since[0].startswith("as of") and _PAST_TENSE.search(folded, at.end, at.end + _NEAR):
        since = None  # "as of 2024, 48 % was"
    return dating and not since
