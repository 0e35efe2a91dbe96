"""Of which time a value is told: traits by which a former value is an error of today, or history rightly told."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from monitor.analysis import history
from monitor.analysis.history import Told
from monitor.analysis.kept import asked_once
from monitor.analysis.places import Place
from monitor.analysis.settling import Found
from monitor.analysis.spans import Span

_HEADED = 0.45  # the sentence before is no head
_OLD = 10  # years
_MOST = 4
_WAS = re.compile(
    r"\b(?:was|were|had|did|became|began|went|came|took|led|ran|held|kept|made|paid|gave|sold|rose|fell|grew|stood|cost"
    r"|left|got|built|won|lost|saw|met|set up|\w{2,}ed|hatten?|waren?|wurden?|gab|ging|kam|lag|était|étaient|avait|fut"
    r"|fue|fueron|era|eran|había|tenía|tuvo)\b|でした|だった|ました"
)
_IS = re.compile(
    r"\b(?:is|are|has|have|does|do|remains?|stands|costs|runs|leads|sells|offers|makes|employs|holds|belongs|gets?|can"
    r"|ist|sind|hat|haben|wird|kostet|liegt|est|sont|ont|coûte|es|son|tiene|tienen|cuesta)\b|です|ます|ている"
)
_ONCE = re.compile(
    r"\b(?:former\w*|previous\w*|original\w*|initial\w*|at first|in the beginning|back then|used to|once|earlier|old"
    r"|until|till|before|no longer|since then|later|then|after|replaced|succeeded|predecessor|history|early years"
    r"|damals|früher\w*|ehemals|bis|zunächst|später|autrefois|ancien\w*|jusqu\w*|puis|ensuite|antes|antigu\w+|hasta|luego|después)\b"
    r"|かつて|以前|当時|その後"
)
_TODAY = re.compile(
    r"\b(?:today|currently|current|still|now|nowadays|these days|at present|to this day|as of|latest|remains?|heute"
    r"|aktuell\w*|derzeit|noch|nach wie vor|aujourd'hui|actuel\w*|toujours|hoy|actual\w*|sigue|aún|todavía)\b"
    r"|現在|現行|今も|いまだ"
)


def of_value(one: Found, clause: Span, own: frozenset[str], until: date | None, *, same: bool) -> Mapping[str, float]:
    """Return the traits of a value.

    `own`: years that the fact itself names; `until`: the last day of the former value that it is; `same`: it is that
    of today, whose words are not looked at.
    """
    place, said, page, event = one.place, one.said, one.place.page, one.asked.kind == "flag"
    lasting = not one.asked.valued and not event
    told = history.told(place, said, None, lasting=lasting, event=event)
    then = history.told(place, said, until, lasting=lasting) if until else None
    here, framed = _years(place, said)
    years = [*here, *framed]
    return {
        "now": told is Told.NOW,
        "past": told is Told.PAST,
        "then_now": then is Told.NOW,
        "then_past": then is Told.PAST,
        "dated": bool(here),
        "dated_above": bool(framed),
        "age": min(max(0, page.today.year - max(years)), _OLD) if years else -1,
        "own_year": any(str(year) in own for year in years),
        "held_year": until is not None and any(year <= until.year for year in years),
        "later_year": until is not None and any(year > until.year for year in years),
        "long_ago": min(max(0, page.today.year - until.year), _OLD) if until else -1,
        **(_UNSEEN if same else _of_words(place, clause)),
    }


@asked_once
def _years(place: Place, said: Span) -> tuple[Sequence[int], Sequence[int]]:
    """The years that date a place, a value's own apart, and those of its heads."""
    here = [
        day.first.year for day in place.dates if not day.relative and (day.end <= said.start or said.end <= day.start)
    ]
    return here, [day.first.year for frame in _above(place) for day in place.page.moments_in(frame)]


def _above(place: Place) -> Sequence[Span]:
    return [frame for frame in place.frames if frame.tight or frame.weight > _HEADED]


@asked_once
def _of_words(place: Place, clause: Span) -> Mapping[str, float]:
    """What the words say: tenses, and words of the past and of today, in the clause and in the whole sentence."""
    page = place.page
    said = (
        min(len(page.every(_WAS, clause.start, clause.end)), _MOST),
        min(len(page.every(_IS, clause.start, clause.end)), _MOST),
        min(len(page.every(_WAS, place.start, place.end)), _MOST),
        min(len(page.every(_IS, place.start, place.end)), _MOST),
        page.says(_ONCE, clause.start, clause.end),
        page.says(_ONCE, place.start, place.end),
        any(page.says(_ONCE, frame.start, frame.end) for frame in _above(place)),
        page.says(_TODAY, clause.start, clause.end),
        page.says(_TODAY, place.start, place.end),
    )
    return dict(zip(_WORDS, said, strict=True))


_WORDS = (
    "was", "is", "was_around", "is_around", "once_here", "once_around", "once_above", "today_here", "today_around",
)  # fmt: skip
_UNSEEN = dict.fromkeys(_WORDS, 0.0)
