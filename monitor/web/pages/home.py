"""The first page: the brand's overview, or which brand."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from monitor.service.desk import brand_key
from monitor.web.access import Asking
from monitor.web.place import AtDesk, Here
from monitor.web.render import page

router = APIRouter()


@router.get("/")
def home(request: Request, desk: AtDesk, person: Asking) -> Response:
    """Lead to the only brand, to the choice between several, or to the start where there is none."""
    names = [name for name in desk.names() if person.sees(name)]
    if len(names) == 1:
        return RedirectResponse(f"/b/{brand_key(names[0])}/overview", status_code=303)
    return page(request, "brands.html.j2", brands=[(name, brand_key(name)) for name in names])


@router.get("/b/{key}")
@router.get("/b/{key}/")
def of_brand(place: Here) -> Response:
    """Lead to the overview of a brand whose address was cut short."""
    return RedirectResponse(f"{place.home}/overview", status_code=303)
