"""The portrait: every number of a period with its n and interval, and its course."""

from fastapi import APIRouter
from pydantic import BaseModel

from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Shift
from monitor.domain.portrait import CitedDomain, FactPortrait, Line, Portrait, Statement
from monitor.domain.spells import Spell
from monitor.service import portraits, side_by_side, since_when
from monitor.service.side_by_side import SideBySide
from monitor.web.place import Here
from reports.since import written

router = APIRouter(tags=["portrait"])


@router.get("/brands/{key}/portrait")
def portrait(place: Here) -> Portrait:
    """Return everything that pages and reports say about the period."""
    return portraits.portrait(place.house, place.period.start, place.period.end)


@router.get("/brands/{key}/facts")
def facts(place: Here) -> tuple[FactPortrait, ...]:
    """Return what the assistants say about each fact."""
    return portraits.portrait(place.house, place.period.start, place.period.end).facts


class SaidSince(BaseModel):
    """Since when one assistant says something wrong about one fact."""

    fact: str
    assistant_id: str
    surface: Surface
    spell: Spell
    said: str  # the same in a sentence


@router.get("/brands/{key}/since")
def since(place: Here) -> list[SaidSince]:
    """Return since when each assistant is wrong about each fact, as far as it was not over before the period."""
    found = since_when.since(place.house, place.period.start, place.period.end)
    return [
        SaidSince(
            fact=each.fact,
            assistant_id=each.assistant_id,
            surface=each.surface,
            spell=each.spell,
            said=written(each),
        )
        for each in found
    ]


@router.get("/brands/{key}/statements")
def statements(place: Here) -> tuple[Statement, ...]:
    """Return what is said on watched topics and is not on the sheet."""
    return portraits.portrait(place.house, place.period.start, place.period.end).statements


@router.get("/brands/{key}/sources")
def sources(place: Here) -> tuple[CitedDomain, ...]:
    """Return the cited domains, the most cited first."""
    return portraits.portrait(place.house, place.period.start, place.period.end).domains


@router.get("/brands/{key}/changes")
def changes(place: Here) -> tuple[Shift, ...]:
    """Return the changes that passed a test in the period."""
    return portraits.portrait(place.house, place.period.start, place.period.end).shifts


@router.get("/brands/{key}/lines")
def lines(place: Here) -> dict[str, tuple[Line, ...]]:
    """Return the courses, by "measure:assistant:surface"; gaps are null."""
    return dict(portraits.portrait(place.house, place.period.start, place.period.end).lines)


@router.get("/brands/{key}/alike")
def alike(place: Here) -> SideBySide:
    """Return the same as `rivals` over the prompts that name none of them: what may be compared."""
    return side_by_side.side_by_side(place.house, place.period.start, place.period.end)


@router.get("/brands/{key}/rivals")
def rivals(place: Here) -> dict[str, tuple[Estimate, ...]]:
    """Return visibility, recommendations and share of voice of every tracked entity."""
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    return {
        "visibility": shown.visibility,
        "recommended": shown.recommended,
        "share_of_voice": shown.share_of_voice,
    }
