"""Prompts: the panel, and what each prompt measures."""

from fastapi import APIRouter

from monitor.service import panel
from monitor.service.panel import PromptRow, Replaced
from monitor.web.place import Here

router = APIRouter(tags=["prompts"])


@router.get("/brands/{key}/prompts")
def prompts(place: Here) -> list[PromptRow]:
    """Return the prompts with their rates per assistant in the period."""
    return panel.prompts(place.house, place.period.start, place.period.end)


@router.get("/brands/{key}/replaced")
def replaced(place: Here) -> list[Replaced]:
    """Return where competitors are named more often than the brand, the widest gap first."""
    return panel.replaced(place.house, place.period.start, place.period.end)
