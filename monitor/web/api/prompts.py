"""Prompts: the panel, and what each prompt measures."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from monitor.service import outnamed, panel
from monitor.service.outnamed import Outnamed
from monitor.service.panel import PromptRow
from monitor.web.cursors import no_place
from monitor.web.place import Here

router = APIRouter(tags=["prompts"])


class Prompts(BaseModel):
    """One page of the panel, in the brand file's order."""

    prompts: list[PromptRow]
    next: str | None  # the `after` of the next page


@router.get("/brands/{key}/prompts")
def prompts(place: Here, after: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Prompts:
    """Return the prompts with their rates per assistant in the period; `next` goes into `after`."""
    rows = panel.prompts(place.house, place.period.start, place.period.end)
    ids = [row.prompt.id for row in rows]
    if after and after not in ids:
        raise no_place(after)
    begin = ids.index(after) + 1 if after else 0
    shown = rows[begin : begin + limit]
    more = len(rows) > begin + limit
    return Prompts(prompts=shown, next=shown[-1].prompt.id if more else None)


@router.get("/brands/{key}/replaced")
def replaced(place: Here) -> Outnamed:
    """Return where competitors are named more often than the brand by more than chance, the widest gap first."""
    return outnamed.outnamed(place.house, place.period.start, place.period.end)
