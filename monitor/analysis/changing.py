"""What makes a figure a change and no state: "rose by 30 %", "another 500", "40 million more than its budget"."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.kept import asked_once
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_CHANGE = re.compile(
    r"\b(?:by|up|down|rose|risen|rise of|grew|growth of|grown|fell|fallen|increased?|increase of"
    r"|decreased?|declined?|decline of|drop of|dropped|another|additional|further|cut|raised|um|gestiegen"
    r"|closed|closing|opened|opening|shut|shutting|added|adding|hired|hiring|laid off|lost|gained"
    r"|eröffnet|geschlossen|schloss|entließ|fermé|ouvert|supprimé|cerró|abrió|despidió"
    r"|de plus|augmenté de|hausse de|baisse de|aumentó|subió|bajó)\s(?:about |around |roughly |some "
    r"|nearly |almost |over |more than |by |an? |etwa |rund |environ |un )?$"
)
_EVENT = re.compile(
    r"\W*(?:\w+\W+){1,3}(?:were|was|have been|had been|are being) (?:taken|removed|closed|cut|shut|added"
    r"|lost|deleted|sold|destroyed)\b"
)
# "40 million more than its budget", "12 over its target": by how much something differs.
_MORE_THAN = re.compile(
    r"(?:\s(?!and\b|or\b|but\b|with\b|in\b|of\b|to\b|at\b|for\b|on\b)[\w€$£]+){0,2}?\s(?:"
    r"(?:more|less|fewer|higher|lower|better|worse|mehr|weniger|höher|niedriger) "
    r"(?:(?:at|in|on|from) (?:\w+ ){1,4})?(?:than|als)"
    r"|(?:de )?(?:plus|moins) que|más que|menos que|(?:(?:over|above|under|below|beyond|short of) "
    r"(?:its|it['’]s|their|his|her|the) (?:own |original |initial |planned |estimated )?"
    r"(?:budgets?|goals?|targets?|estimates?|forecasts?|expectations?|averages?|limits?|plans?)))\b"
)


def is_change(place: Place, asked: Asked, at: Span) -> bool:
    """Tell a change from a state: "rose by 30 %" is no share, "another 500" is no total."""
    if _makes_change(place, at):
        return True
    found = place.page.first(_CHANGE, max(place.start, at.start - 40), at.start)
    if found is None:
        return False  # what is asked may itself be a change: "has raised $180 million"
    return not any(hit.start <= found.start() < hit.end and hit.concept in asked.concepts for hit in place.hits)


@asked_once
def _makes_change(place: Place, at: Span) -> bool:
    """Whether the words behind a figure make it a change, whatever it is of."""
    folded = place.page.folded
    event = _EVENT.match(folded, at.end, min(place.end, at.end + 60))
    return event is not None or _MORE_THAN.match(folded, at.end, place.end) is not None
