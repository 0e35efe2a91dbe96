"""Rivals: whose part of the talk is how large, and who stands where we do not."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor import pipeline
from monitor.domain.portrait import Portrait
from monitor.service import outnamed, portraits, side_by_side, unmeasured
from monitor.service.side_by_side import SideBySide
from monitor.web import drawings
from monitor.web.place import Here
from monitor.web.render import page
from reports import grids
from reports.grids import Grid, GridCell

router = APIRouter()
_MOST = 25  # prompts listed where others are named more often


@router.get("/b/{key}/rivals")
def rivals(request: Request, place: Here) -> Response:
    start, end = place.period.start, place.period.end
    shown = portraits.portrait(place.house, start, end)
    named = pipeline.naming(place.house.settings)
    alike = side_by_side.alike(place.house, shown)
    ahead = outnamed.outnamed(place.house, start, end)
    return page(
        request,
        "rivals.html.j2",
        place=place,
        room="rivals",
        nothing=None if shown.answers else unmeasured.unmeasured(place.house),
        grids=[
            ("Share of voice", grids.grid(shown, shown.share_of_voice)),
            ("Named without being asked for", grids.grid(shown, shown.visibility)),
            ("Recommended", grids.grid(shown, shown.recommended)),
        ],
        alike=_tables(shown, alike) if alike else [],
        replaced=ahead.rows[:_MOST],
        more=max(0, len(ahead.rows) - _MOST),
        unclear=ahead.unclear,
        labels={each.id: named(each) for each in place.house.settings.assistants},
        figures=drawings.drawn(shown, "visibility-compared", "share_of_voice-course", alike=alike),
    )


def _tables(shown: Portrait, alike: SideBySide) -> list[tuple[str, Grid]]:
    titles = (("Share of voice", alike.share_of_voice), ("Named", alike.visibility), ("Recommended", alike.recommended))
    return [(title, _to_unnamed(grids.grid(shown, of))) for title, of in titles if of]


def _to_unnamed(grid: Grid) -> Grid:
    """Let each number lead to the answers to the prompts that name nobody."""
    rows = (replace(row, cells=tuple(_narrowed(cell) for cell in row.cells)) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _narrowed(cell: GridCell | None) -> GridCell | None:
    return cell and replace(cell, behind={**cell.behind, "unnamed": "yes"})
