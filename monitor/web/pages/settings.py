"""Settings: which text of the brand counts, who is asked and when, and what it may cost."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from monitor import calendar, pipeline
from monitor.brandfile import editing as text
from monitor.domain.brand import Schedule
from monitor.domain.errors import Mistake
from monitor.service import editing, forecast, rereading, running, week_times, which_text
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here, Place
from monitor.web.render import page

router = APIRouter()

_USUAL = "0 6 * * *"  # where no schedule is set yet


@router.get("/b/{key}/settings")
def settings(request: Request, place: Here) -> Response:
    return _shown(request, place)


@router.post("/b/{key}/settings", dependencies=[Depends(needs(Right.SPEND)), Depends(own_form)])
def save(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    place: Here,
    zone: Annotated[str, Form(max_length=60)],
    samples: Annotated[int, Form(ge=1, le=100)],
    per_month: Annotated[float, Form(gt=0, le=1_000_000)],
    base: Annotated[str, Form(max_length=40)],
    days: Annotated[list[str], Form()] = [],  # noqa: B006 -- FastAPI copies it
    at: Annotated[str, Form(max_length=10)] = "",
    cron: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Change when rounds run and what a month may cost; days of another zone may turn a verdict."""
    now = place.house.settings
    limit: text.Row = {"per_month": int(per_month) if per_month == int(per_month) else per_month}
    try:
        times = cron.strip() or week_times.cron(days, at)
        schedule: text.Row = {"cron": times, "timezone": zone.strip(), "samples": samples}
        source = text.put_section(text.put_section(now.source, "schedule", schedule), "budget", limit)
        editing.save(place.house, source, base=base, by=place.person.name)
    except Mistake as mistake:
        return _shown(request, place, why=str(mistake))
    house = place.desk.house(place.brand)
    if not rereading.judges_alike(house.settings, now):
        rereading.start(house)
    return RedirectResponse(f"{place.home}/settings", status_code=303)


def _next(schedule: Schedule | None, now: datetime) -> list[datetime]:
    """Return when the next rounds are, in the schedule's zone."""
    return list(calendar.next_runs(schedule, now, 3)) if schedule else []


def _shown(request: Request, place: Place, *, why: str = "") -> Response:
    house, named = place.house, pipeline.naming(place.house.settings)
    file = place.desk.file_of(place.brand)
    missing = forecast.missing_keys(house.settings, house.environment)
    return page(
        request,
        "settings.html.j2",
        status=422 if why else 200,
        place=place,
        room="settings",
        why=why,
        settings=house.settings,
        newest=editing.version(house, house.settings.version),
        file=file,
        refused=which_text.refusal(place.desk.store, file),
        assistants=[(named(each), each, missing.get(each.id, "")) for each in house.settings.assistants],
        money=running.money(house),
        week=week_times.of_cron(house.settings.schedule.cron if house.settings.schedule else _USUAL),
        week_days=week_times.DAYS,
        runs=_next(house.settings.schedule, house.clock()),
    )
