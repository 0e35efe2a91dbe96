"""A brand started by somebody without a terminal: what was filled in becomes a brand file, and says what it costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from monitor import calendar
from monitor.brandfile import writing
from monitor.brandfile.editing import Row, Value
from monitor.domain import days
from monitor.domain.brand import AssistantSettings, Prompt, Schedule
from monitor.domain.errors import Mistake
from monitor.service import build, choosing, costing, forecast, numbers_typed, pasting, suggesting
from monitor.service.desk import Desk
from monitor.service.draft import Draft, split
from probes import prices as price_list
from probes.call import unready
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
    by_days: Mapping[str, Decimal | None]  # a month of each choice of days

    @property
    def fitting(self) -> str:
        """The days on which as many rounds run as the limit allows; empty where none fit."""
        months = [(name, month) for name, month in self.by_days.items() if month is not None]
        return next((name for name, month in months if self.limit is None or month <= self.limit), "")


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
    rounds = _rounds(schedule, desk)
    samples = schedule.samples if schedule else 1
    one = costing.of(known, settings.assistants, [each.text for each in settings.asked], times=samples)
    by_days = {name: _rounds(replace(schedule, cron=_cron(draft, name)), desk) for name in DAYS} if schedule else {}
    return Costs(
        calls=one.calls,
        round=one.expected,
        worst_round=one.worst,
        rounds_a_month=rounds,
        month=_times(one.expected, rounds),
        limit=settings.budget.per_month,
        runs=calendar.next_runs(schedule, desk.clock(), 3) if schedule else (),
        missing=forecast.missing_keys(settings, desk.keys),
        by_days={name: _times(one.expected, often) for name, often in by_days.items()},
    )


def _rounds(schedule: Schedule | None, desk: Desk) -> int:
    return calendar.rounds_a_month(schedule, desk.clock()) if schedule else 0


def _times(amount: Decimal | None, often: int) -> Decimal | None:
    return None if amount is None else amount * often


def each_round(draft: Draft, desk: Desk, asked: Iterable[AssistantSettings]) -> Mapping[str, str]:
    """Return what a round costs with each of these assistants, in words, by its id."""
    known = price_list.load(desk.environment.prices)
    texts = [line.strip() for line in draft.prompts.splitlines() if line.strip()]
    times = int(draft.samples) if draft.samples.strip().isdigit() else 1
    return {each.id: costing.of(known, [each], texts, times=times).said for each in asked}


def askable(draft: Draft, desk: Desk) -> None:
    """Mistake where nobody of those who were chosen has a key: a first round would bring nothing."""
    missing = [unready(each, desk.keys) for each in choosing.chosen(draft)]
    if all(missing):
        why = " ".join(dict.fromkeys(miss.detail for miss in missing if miss))
        raise Mistake(
            f"The first round would bring nothing, for nobody can be asked yet. {why} Set a key where the program runs "
            "and start it again; or keep the brand now and ask the first round later, on its page Rounds."
        )


def save(draft: Draft, desk: Desk, *, by: str) -> str:
    """Make the draft, started by somebody who agreed to the terms, a brand of the store; returns its name."""
    today = days.day(desk.clock(), draft.zone.strip())
    note = f"Started on the pages on {today} by {by}, who read the vendors' terms and agreed to them."
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


def _cron(draft: Draft, days: str = "") -> str:
    """Return the schedule of a draft, or the same on other days."""
    hour, days = draft.hour.strip(), days or draft.days
    if days not in DAYS or not hour.isdigit() or int(hour) > 23:  # noqa: PLR2004 -- hours of a day
        raise Mistake("Choose the days and a full hour between 0 and 23 for the rounds.")
    return f"0 {int(hour)} * * {DAYS[days][1]}"


def _number(typed: str) -> int | float | str:
    """Return a number; what is none stays text, and the check says so. Mistake where it can be read in two ways."""
    try:
        number = Decimal(numbers_typed.plain(typed))
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
