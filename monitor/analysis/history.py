"""Whether something is told as the past."""

import re
from datetime import date

from monitor.analysis.places import Place
from monitor.domain.readings import Span

_PAST = re.compile(
    r"\b(?:until|till|former(?:ly)?|previous(?:ly)?|used to|once|at the time|back then|then|in the past|originally|predecessors?|prior to|earlier|old|ex|was replaced"
    r"|stood at|had been|a year (?:earlier|before)|years (?:earlier|before)|the year before|no longer|stepped down|left|resigned|retired|successor to|succeeded|followed|replaced|replaces|follows|took over from|takes over from|handed over|gave way|turned into|became|evolved into|folded into|renamed|dropped|abandoned|scrapped|ended|retired|gone|let (?:that|it) go|had promised|passed the|up from|down from|compared with|from [\d.,$€%]+ (?:\w+ )?(?:to|in)"
    r"|bis|früher\w*|ehemalig\w*|damals|vormals|einst|zuvor|vorgänger\w*|abgelöst|folgte|ersetzte|war bis|nicht mehr"
    r"|jusqu'(?:en|à|au)|ancien\w*|auparavant|autrefois|à l'époque|succédé|remplacé|prédécesseur|n'est plus|précédemment"
    r"|hasta|antigu\w*|anterior\w*|antes|entonces|sucedió|reemplazó|sustituyó|predecesor\w*|ya no)\b"
    r"|まで|以前|かつて|元|旧|当時|前任|後任"
)
_NOW = re.compile(
    r"\b(?:now|today|currently|current|still|at present|nowadays|these days|to date|so far|remains?|to this day|is (?:still )?in charge|latest|present"
    r"|heute|aktuell\w*|derzeit|noch immer|nach wie vor|weiterhin|bisher|aujourd'hui|actuel\w*|toujours|à ce jour|encore|hoy|actual\w*|todavía|sigue|aún)\b|現在|現行|今も|いまだ"
)
_WAS = re.compile(r"\b(?:was|were|had|war|hatte|était|avait|fue|era|tenía|employed|ran|led|stood)\b|でした|だった")


def told_as_past(place: Place, at: Span, until: date | None, today: date) -> bool:
    """Whether the value at `at` is told as what held once, and not as what holds."""
    folded = place.page.folded
    clause = place.clause(at.start)
    if _NOW.search(folded, clause.start, clause.end) and not _dated_before(place, clause, at, until, today):
        return False
    near = folded[max(clause.start, at.start - 60) : min(clause.end, at.end + 60)]
    if _PAST.search(near):
        return True
    return _dated_before(place, clause, at, until, today)


def _dated_before(place: Place, clause: Span, at: Span, until: date | None, today: date) -> bool:
    """A year in the clause that lies in the time when the value held."""
    frames = [frame for frame in place.frames if frame.tight]
    for moment in place.page.moments:
        inside = clause.start <= moment.start < clause.end or any(f.start <= moment.start < f.end for f in frames)
        if inside and not (moment.start < at.end and at.start < moment.end):
            if until and moment.first <= until and moment.last.year < today.year:
                return True
            if not until and moment.last.year < today.year - 1:
                return True
    return False


def past_tense(place: Place, at: Span) -> bool:
    clause = place.clause(at.start)
    return bool(_WAS.search(place.page.folded, clause.start, clause.end))
