"""Where a page is: the brand in its address, and the period that it speaks of."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request

from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service.desk import Desk, brand_key
from monitor.web.access import Asking, Person
from monitor.web.period import Period, period


@dataclass(frozen=True, kw_only=True)
class Place:
    """A brand's part of the house, as one person sees it."""

    desk: Desk
    house: House
    person: Person
    period: Period

    @property
    def brand(self) -> str:
        return self.house.settings.brand

    @property
    def zone(self) -> str:
        """In which the brand's people count their time."""
        return self.house.settings.zone

    @property
    def home(self) -> str:
        """The address under which this brand's pages are."""
        return f"/b/{brand_key(self.brand)}"


def desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


AtDesk = Annotated[Desk, Depends(desk)]


def whole(key: str, desk: AtDesk, person: Asking) -> Place:
    """Return where the address leads, whatever days it names; what a person may not see is not there."""
    try:
        brand = desk.by_key(key)
    except Mistake as mistake:
        raise HTTPException(404, str(mistake)) from None
    if not person.sees(brand):
        raise HTTPException(404, f"No brand is kept here under {key!r}.")
    house = desk.house(brand)
    return Place(desk=desk, house=house, person=person, period=period(house.today))


InBrand = Annotated[Place, Depends(whole)]  # for addresses that speak of no days


_LAST = "Days or weeks up to today, as the brand counts days: 30d, 12w."
_FROM = "First day, in the brand's time zone."
_TO = "Last day, included, in the brand's time zone."


def chosen(
    found: InBrand,
    last: Annotated[str, Query(max_length=8, description=_LAST)] = "",
    start: Annotated[date | None, Query(alias="from", description=_FROM)] = None,
    end: Annotated[date | None, Query(alias="to", description=_TO)] = None,
) -> Period | None:
    """Return the days that an address names; None where it names none."""
    if not (last or start or end):
        return None
    return period(found.house.today, last=last, start=start, end=end)


Chosen = Annotated[Period | None, Depends(chosen)]


def place(found: InBrand, days: Chosen) -> Place:
    """Return where the address leads, with its days."""
    return replace(found, period=days) if days else found


Here = Annotated[Place, Depends(place)]
