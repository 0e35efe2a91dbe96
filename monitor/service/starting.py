"""A brand started by somebody without a terminal: what was filled in becomes a brand file, and says what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from monitor import calendar
from monitor.brandfile import writing
from monitor.brandfile.editing import Row, Value
from monitor.domain.brand import Prompt
from monitor.domain.errors import Mistake
from monitor.service import build, choosing, forecast, pasting, suggesting
from monitor.service.desk import Desk
from monitor.service.draft import Draft, split
from probes import prices as price_list
from storage import brands

DAYS = {"daily": ("every day", "*"), "weekdays": ("Monday to Friday", "MON-FRI"), "weekly": ("every Monday", "MON")}
_ANY_FACT: Row = {
    "id": "any",
    "kind": "year",
    "about": "founding year",
    "value": 1900,
}  # before the facts are filled in
WATCHED = ["recall", "lawsuit", "data breach", "layoffs", "insolvency"]


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What the filled-in brand file would take, US dollars; None where a price is not known."""

    calls: int  # of one round
    round: Decimal | None
    worst_round: Decimal | None
    rounds_a_month: int
    month: Decimal | None
    limit: Decimal | None
    runs: Sequence[datetime]  # the next ones, in the schedule's zone
    missing: Mapping[str, str]  # the variable that an assistant without a key waits for, by its id


def suggested(draft: Draft) -> list[Prompt]:
    """Return prompts worth asking about what was filled in, those first that name nobody."""
    return list(suggesting.shapes(draft.name.strip(), [rival for rival, _ in _rivals(draft)], what=draft.what.strip()))


def source(draft: Draft, *, note: str = "") -> str:
    """Return the brand file of a draft below a note; Mistake where it has mistakes, each in words."""
    text = writing.written(dict(_sections(draft)), heading=" ".join(note.split()))
    if said := pasting.mistakes(text):
        raise Mistake(said)
    return text


def checked(draft: Draft, *sections: str) -> None:
    """Check some sections of a draft, the brand among them; Mistake in words."""
    if not draft.name.strip():
        raise Mistake("Write the name of the brand.")
    kept = {name: value for name, value in _sections(draft) if name in {"brand", *sections}}
    if said := pasting.mistakes(writing.written({"facts": [_ANY_FACT], **kept})):
        raise Mistake(said)


def free(desk: Desk, name: str) -> None:
    """Mistake where a brand of this name is kept already."""
    if name.strip().casefold() in {known.casefold() for known in desk.names()}:
        raise Mistake(f"A brand called {name.strip()} is kept here already; change it on its own pages.")


def costs(draft: Draft, desk: Desk) -> Costs:
    """Return what a draft without mistakes would take."""
    settings = build.parse_brand(source(draft), Path("brand.yaml"))
    schedule, known = settings.schedule, price_list.load(desk.environment.prices)
    rounds = calendar.rounds_a_month(schedule, desk.clock()) if schedule else 0
    samples = schedule.samples if schedule else 1
    every = [known.forecast(each, prompt.text) for each in settings.assistants for prompt in settings.asked]
    expected, worst = _sum([one.expected for one in every], samples), _sum([one.worst for one in every], samples)
    return Costs(
        calls=len(every) * samples,
        round=expected,
        worst_round=worst,
        rounds_a_month=rounds,
        month=None if expected is None else expected * rounds,
        limit=settings.budget.per_month,
        runs=calendar.next_runs(schedule, desk.clock(), 3) if schedule else (),
        missing=forecast.missing_keys(settings, desk.keys),
    )


def _sum(amounts: list[Decimal | None], times: int) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) * times if len(known) == len(amounts) else None


def save(draft: Draft, desk: Desk, *, by: str) -> str:
    """Make the draft, started by somebody who agreed to the terms, a brand of the store; returns its name."""
    note = f"Started on the pages on {desk.clock():%Y-%m-%d} by {by}, who read the vendors' terms and agreed to them."
    settings = build.parse_brand(source(draft, note=note), Path("brand.yaml"))
    free(desk, settings.brand)
    with desk.store.transaction() as tx:
        brands.use_settings(tx, settings, desk.clock(), by=by)
    return settings.brand


def _sections(draft: Draft) -> Iterator[tuple[str, Value]]:
    own = {"name": draft.name.strip(), "aliases": split(draft.aliases), "not": split(draft.lookalikes)}
    own |= {"domains": [_domain(each) for each in split(draft.domains)]}
    yield "brand", {key: value for key, value in own.items() if value}
    yield "competitors", [{"name": name, **({"domains": [at]} if at else {})} for name, at in _rivals(draft)]
    yield "facts", [line.row for line in pasting.lines(draft.facts) if line.row]
    yield "watch", WATCHED
    yield "prompts", list(_prompts(draft))
    yield "assistants", [choosing.row(each) for each in choosing.chosen(draft)]
    yield "schedule", {"cron": _cron(draft), "timezone": draft.zone.strip(), "samples": _number(draft.samples)}
    yield "budget", {"per_month": _number(draft.budget), "currency": "USD"}
    if split(draft.to):
        yield "alerts", {"to": split(draft.to)}


def _prompts(draft: Draft) -> Iterator[Row]:
    known = {prompt.text: prompt for prompt in suggested(draft)}
    taken: set[str] = set()
    for text in dict.fromkeys(" ".join(line.split()) for line in draft.prompts.splitlines() if line.strip()):
        shape = known.get(text)
        wanted = shape.id if shape else text
        prompt_id = pasting.free_id(wanted, taken)
        taken.add(prompt_id)
        topic, intent = (shape.topic, shape.intent) if shape else (draft.what.strip() or "general", "informational")
        yield {"id": prompt_id, "text": text, "topic": topic, "intent": intent}


def _cron(draft: Draft) -> str:
    hour = draft.hour.strip()
    if draft.days not in DAYS or not hour.isdigit() or int(hour) > 23:  # noqa: PLR2004 -- hours of a day
        raise Mistake("Choose the days and a full hour between 0 and 23 for the rounds.")
    return f"0 {int(hour)} * * {DAYS[draft.days][1]}"


def _number(typed: str) -> int | float | str:
    """Return a number; what is none stays text, and the check says so."""
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        return typed.strip()
    return int(number) if number == number.to_integral_value() else float(number)


def _rivals(draft: Draft) -> list[tuple[str, str]]:
    """Return each competitor's name and domain, the latter empty where none was given."""
    cut = [line.replace("\t", ",").partition(",") for line in draft.rivals.splitlines() if line.strip()]
    return [(name.strip(), _domain(rest)) for name, _, rest in cut if name.strip()]


def _domain(typed: str) -> str:
    """Return the domain of what was pasted, often a whole address."""
    plain = typed.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return plain.split("/", 1)[0]
