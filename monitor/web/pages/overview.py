"""Overview: what changed, what is open, how each assistant portrays the brand."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.domain.measures import Shift
from monitor.domain.portrait import Portrait
from monitor.service import portraits
from monitor.web import drawings
from monitor.web.place import Here
from monitor.web.render import page
from reports import behind, letters, rulewords, summary, words
from reports.moves import sentence

router = APIRouter()


@router.get("/b/{key}/overview")
def overview(request: Request, place: Here) -> Response:
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    return page(
        request,
        "overview.html.j2",
        place=place,
        room="overview",
        portrait=shown,
        summary=summary.summary(shown),
        rulewords=rulewords,
        truth=letters.truth,
        open_alerts=[(alert, summary.today(shown, alert)) for alert in summary.open_alerts(shown)],
        changes=[_change(shown, shift) for shift in shown.shifts],
        figures=drawings.drawn(shown, "accuracy-course", "visibility-course"),
    )


def _change(shown: Portrait, shift: Shift) -> dict[str, str]:
    """Return a change as a sentence, what its newer value rests on, and where its answers are."""
    return {
        "sentence": sentence(shown, shift),
        "support": f"({words.support_of(shift.after)})",
        "query": urlencode(behind.answers(shift.after, shift.since, shown.end)),
    }
