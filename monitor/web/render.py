"""Templates become pages here and nowhere else. HTML is always escaped; a misspelt name is an error."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from monitor.domain import days
from monitor.drift import regimes
from monitor.web.access import IN_WORDS, Person, Right
from monitor.web.forms import FIELD, form_key
from monitor.web.period import CHOICES, USUAL
from monitor.web.place import Place
from reports import ahead, behind, reviewers, since, vega, words, zoned
from reports.plain import one_line, shown, web_address
from reports.quotes import CUT, marked, opening, pieces
from storage.search import OPENING

_DIME = Decimal("0.1")
_HERE = Path(__file__).parent


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page; `place` among the values puts it into a brand's frame."""
    values = {"request": request, "person": getattr(request.state, "person", None), "place": None, **values}
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(**values), status_code=status)


@cache
def static(name: str) -> str:
    """Return the address of a file that browsers may keep for ever: a new content is a new address."""
    digest = hashlib.sha256((_HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{digest}"


@pass_context
def _key_field(context: Context) -> Markup:
    """Return the hidden field that makes a form ours."""
    person: Person | None = context["person"]
    key = form_key(person) if person else ""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, key)


def _finalized(value: object) -> object:
    """Make steering characters visible in whatever is shown; markup of ours passes."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _zone(context: Context) -> str:
    """Return in which zone a page tells its times: its brand's, or UTC where it is no brand's."""
    place: Place | None = context.get("place")
    return place.zone if place else "UTC"


@pass_context
def _moment(context: Context, of: datetime) -> str:
    return words.moment(zoned.at(of, _zone(context)))


@pass_context
def _clock(context: Context, of: datetime) -> str:
    return words.clock(zoned.at(of, _zone(context)))


@pass_context
def _day(context: Context, of: date | datetime) -> str:
    return words.day(zoned.day_at(of, _zone(context)))


@pass_context
def _iso_day(context: Context, of: datetime) -> str:
    """Return the day of a moment as an address has it."""
    return days.day(of, _zone(context)).isoformat()


@pass_context
def _here(context: Context, of: object) -> object:
    """Return a value with the moments in it in the page's zone, for words that are made outside of templates."""
    return zoned.told(of, _zone(context))


def _dollars(amount: Decimal | float) -> str:
    """Return US dollars in cents; of what is less than a dime, as much as tells one small amount from another.

    >>> [_dollars(each) for each in (0, 0.0123, 12.5, 1234)]
    ['$0.00', '$0.0123', '$12.50', '$1,234.00']
    """
    return f"${amount:,.4f}" if 0 < amount < _DIME else f"${amount:,.2f}"


def _beginning(text: str, limit: int = 260) -> str:
    r"""Return how an answer begins, without the signs of Markdown; where it goes on, it ends with a whole word.

    >>> _beginning("**Sure!** It is red.")
    'Sure! It is red.'
    >>> _beginning("**a** " + "b" * 274)
    'a\u2026'
    """
    plain = opening(text)
    if len(text) < OPENING:
        return plain
    whole = plain.rsplit(" ", 1)[0]
    return one_line(whole, limit) if len(whole) > limit else f"{whole}{CUT}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.finalize = _finalized
    environment.filters |= {
        "line": one_line,
        "capital": words.capital,
        "web": web_address,
        "opening": opening,
        "beginning": _beginning,
        "dollars": _dollars,
        "percent": words.percent,
        "day": _day,
        "iso_day": _iso_day,
        "moment": _moment,
        "clock": _clock,
        "here": _here,
        "query": urlencode,
    }
    environment.globals |= _given()
    return environment


def _given() -> dict[str, object]:
    """What every template may name."""
    return {
        "words": words,
        "reviewers": reviewers,
        "answers_of": behind.answers,
        "wording_of": regimes.digest,
        "points_more": ahead.points,
        "since_words": since.sentence,
        "pieces": pieces,
        "marked": marked,
        "static": static,
        "library": f"/static/vega-{vega.MARK}.js",
        "key_field": _key_field,
        "Right": Right,
        "in_words": IN_WORDS,
        "periods": CHOICES,
        "rooms": ROOMS,
        "now": lambda: datetime.now(UTC),
        "month": timedelta(days=USUAL - 1),
    }


# What stands in a brand's menu: where it leads, and what it is called.
ROOMS = (
    ("overview", "Overview"),
    ("alerts", "Alerts"),
    ("facts", "Facts"),
    ("answers", "Answers"),
    ("prompts", "Prompts"),
    ("rivals", "Rivals"),
    ("sources", "Sources"),
    ("rounds", "Rounds"),
    ("reports", "Reports"),
    ("watch", "Watch"),
    ("review", "Review"),
    ("settings", "Settings"),
)

_ENVIRONMENT = _environment()

__all__ = ["ROOMS", "Place", "page", "static"]
