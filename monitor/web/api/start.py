"""A brand started by a program: who can be asked, what would be worth asking, what it costs, and the start itself."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import BaseModel, Field

from monitor.domain.brand import Prompt
from monitor.domain.errors import Mistake
from monitor.service import choosing, running, starting
from monitor.service.desk import brand_key
from monitor.service.draft import Draft
from monitor.service.starting import Costs
from monitor.web.access import Asking, Right, needs
from monitor.web.bodies import Body
from monitor.web.once import AtMostOnce
from monitor.web.place import AtDesk

router = APIRouter(tags=["brands"], dependencies=[Depends(needs(Right.ADMIN))])

_Text = Annotated[str, Field(max_length=400_000)]


class NewBrand(Body):
    """What the pages under /start ask for, in the same words and forms."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    aliases: _Text = ""  # with commas
    lookalikes: _Text = ""  # phrases that are not the brand, with commas
    domains: _Text = ""  # with commas
    what: _Text = ""  # what the brand sells, in the plural
    rivals: _Text = ""  # one a line; a domain may follow after a comma
    facts: _Text = ""  # one a line: what it is about, a colon, the value; or rows of a spreadsheet
    prompts: _Text = ""  # one a line
    assistants: _Text = ""  # ids of those offered, with commas
    others: _Text = ""  # one a line: vendor or address, model, search
    own: _Text = ""  # one a line: id, model, country, language
    days: str = "weekdays"  # daily, weekdays, weekly
    hour: str = "6"
    zone: str = "UTC"
    samples: str = "1"
    budget: str = "50"  # US dollars a month
    country: str = ""  # ISO 3166-1 alpha-2
    language: str = ""  # ISO 639-1
    to: _Text = ""  # mail addresses, with commas

    def draft(self) -> Draft:
        return Draft(**self.model_dump(exclude={"terms_agreed", "ask"}))


class ToStart(NewBrand):
    terms_agreed: bool = False  # somebody read the vendors' terms and agreed to them
    ask: bool = False  # ask the first round at once, which costs money


class Begun(BaseModel):
    brand: str  # its key
    round: str | None = None  # the first one, where it was asked for


class Offered(BaseModel):
    id: str
    label: str
    key_variable: str  # of the environment of the program that runs here
    has_key: bool
    terms: str  # the page of the vendor's terms
    refused: str  # why it is not asked, whatever its key; empty: it can be


@router.get("/start/assistants")
def assistants(desk: AtDesk) -> list[Offered]:
    """Return who can be asked, and whether the key is there; never a key."""
    return [
        Offered(
            id=each.settings.id,
            label=each.label,
            key_variable=each.variable,
            has_key=each.has_key,
            terms=each.terms,
            refused=each.refused,
        )
        for each in choosing.choices(Draft(), desk.keys)
    ]


@router.post("/start/prompts")
def prompts(wanted: NewBrand) -> list[Prompt]:
    """Return prompts worth asking about such a brand; nothing is kept."""
    return starting.suggested(wanted.draft())


@router.post("/start/costs")
def costs(desk: AtDesk, wanted: NewBrand) -> Costs:
    """Return what such a brand would take; nothing is kept and nothing is asked."""
    return starting.costs(wanted.draft(), desk)


@router.post("/brands", status_code=201, response_model=Begun)
def start(desk: AtDesk, person: Asking, once: AtMostOnce, wanted: ToStart) -> Response:
    """Start a brand; with `ask`, and the right to spend, its first round begins at once."""
    if not wanted.terms_agreed:
        raise Mistake("Say that the vendors' terms were read and agreed to (terms_agreed); nothing is asked before.")
    draft = wanted.draft()
    if wanted.ask:
        starting.askable(draft, desk)

    def work() -> dict[str, str | None]:
        name = starting.save(draft, desk, by=person.name)
        asks = wanted.ask and person.may(Right.SPEND)
        asked = running.start(desk.house(name), beside=desk.rounds.start) if asks else None
        return {"brand": brand_key(name), "round": asked}

    return once(work)
