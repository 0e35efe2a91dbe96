"""Brands: which there are, and the file of each."""

from fastapi import APIRouter
from pydantic import BaseModel

from monitor import pipeline
from monitor.service.desk import brand_key
from monitor.web.access import Asking
from monitor.web.place import AtDesk, InBrand

router = APIRouter(tags=["brands"])


class Brand(BaseModel):
    key: str
    name: str


class Assistant(BaseModel):
    id: str
    label: str
    model: str
    surface: str


class BrandFile(BaseModel):
    key: str
    name: str
    version: str
    source: str
    assistants: list[Assistant]
    competitors: list[str]


@router.get("/brands")
def brands(desk: AtDesk, person: Asking) -> list[Brand]:
    """Return the brands that you may see, by name."""
    return [Brand(key=brand_key(name), name=name) for name in desk.names() if person.sees(name)]


@router.get("/brands/{key}")
def brand(place: InBrand) -> BrandFile:
    """Return a brand with the newest version of its file."""
    settings, named = place.house.settings, pipeline.naming(place.house.settings)
    return BrandFile(
        key=brand_key(place.brand),
        name=place.brand,
        version=settings.version,
        source=settings.source,
        assistants=[
            Assistant(id=each.id, label=named(each), model=each.model, surface=each.surface)
            for each in settings.assistants
        ],
        competitors=[each.name for each in settings.sheet.competitors],
    )
