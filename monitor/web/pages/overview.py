"""Overview: what changed, what is open, how each assistant portrays the brand."""

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.domain.measures import Estimate, Shift
from monitor.domain.portrait import FactPortrait, Portrait
from monitor.domain.spells import Since
from monitor.service import portraits, since_when, unmeasured
from monitor.web import drawings
from monitor.web.place import Here, Place
from monitor.web.render import page
from reports import behind, letters, rulewords, summary
from reports.moves import sentence
from reports.summary import WORST_FIRST, Summary

router = APIRouter()


@router.get("/b/{key}/overview")
def overview(request: Request, place: Here) -> Response:
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    past = shown.end < place.house.today
    return page(
        request,
        "overview.html.j2",
        place=place,
        room="overview",
        nothing=None if shown.answers else unmeasured.unmeasured(place.house),
        portrait=shown,
        summary=_led(summary.summary(shown), place.period.query) if past else summary.summary(shown),
        past=past,
        rulewords=rulewords,
        truth=letters.truth,
        open_alerts=[(alert, summary.today(shown, alert)) for alert in summary.open_alerts(shown)],
        wrong=_wrong(place, shown),
        changes=[_change(shown, shift) for shift in shown.shifts],
        figures=drawings.drawn(shown, "accuracy-course", "visibility-course"),
    )


def _led(told: Summary, days: str) -> Summary:
    """Return what is told of past days with its alerts led to on this page: the page of alerts has those of today."""
    here = f"overview?{days}#open"
    return replace(told, behind=tuple(here if where.startswith("alerts") else where for where in told.behind))


def _wrong(place: Place, shown: Portrait) -> list[tuple[FactPortrait, list[tuple[Estimate, str, Since]]]]:
    """Return the facts that are said wrong, the gravest first, each with who says so, how often and since when."""
    since = since_when.since(place.house, shown.start, shown.end)
    spells = {(each.fact, each.assistant_id, each.surface): each for each in since if not each.spell.over}
    labels = {(panel.assistant_id, panel.surface): panel.label for panel in shown.panels}
    told = {
        fact.fact.id: [
            (each, labels.get(who, who[0]), spells[fact.fact.id, *who])
            for each in fact.by_assistant
            if each.rate.hits and (fact.fact.id, *(who := (each.series.assistant_id, each.series.surface))) in spells
        ]
        for fact in shown.facts
    }
    ordered = sorted(shown.facts, key=lambda each: WORST_FIRST[each.fact.severity])
    return [(fact, told[fact.fact.id]) for fact in ordered if told[fact.fact.id]]


def _change(shown: Portrait, shift: Shift) -> dict[str, str]:
    """Return a change as a sentence, and where the answers of its newer value are."""
    return {
        "sentence": sentence(shown, shift).removesuffix("."),
        "query": urlencode(behind.answers(shift.after, shift.since, shown.end)),
    }
