"""The portrait in a few sentences: the top of the report and the whole of the weekly mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from monitor.domain.alerts import Alert, AlertState
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Estimate, Measure
from monitor.domain.portrait import Panel, Portrait
from reports import words
from reports.behind import Answers, answers
from reports.moves import ordered, sentence
from reports.plain import one_line

_MOVES = 2  # changes told in the summary
_MUCH = 0.1  # of the questions without an answer: an assistant's sentence says why
_REASONS = 3
WORST_FIRST = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One assistant in a sentence or two."""

    label: str
    surface: str
    sentences: tuple[str, ...]
    behind: tuple[Answers, ...] = ()  # of each sentence, which answers its number is made of


@dataclass(frozen=True, kw_only=True)
class Summary:
    brand: str
    period: str
    subject: str
    headline: str
    sentences: tuple[str, ...]
    behind: tuple[str, ...]  # of each sentence, where the pages show what it counts
    cards: tuple[Card, ...]
    through_api: bool  # whether any of it came through an API
    severity: str  # of the open alert that the headline tells; empty: it tells of none
    also: tuple[str, ...]  # the other open alerts, each with its severity, the worst first


def summary(portrait: Portrait) -> Summary:
    period = words.period(portrait.start, portrait.end)
    headline, still = _headline(portrait), open_alerts(portrait)
    told = tuple(_sentences(portrait))
    return Summary(
        brand=portrait.brand,
        period=period,
        subject=one_line(f"{portrait.brand}, {period}: {_short(portrait)}", 160),
        headline=headline,
        sentences=tuple(sentence for sentence, _ in told),
        behind=tuple(where for _, where in told),
        cards=tuple(_card(portrait, panel) for panel in portrait.panels),
        through_api=any(panel.surface in {Surface.API, Surface.API_SEARCH} for panel in portrait.panels),
        severity=still[0].signal.severity.value if still and portrait.answers else "",
        also=tuple(_named(alert) for alert in still[1 if portrait.answers else 0 :]),
    )


def _named(alert: Alert) -> str:
    return f"{one_line(alert.signal.headline).rstrip('.')} ({alert.signal.severity.value})"


def open_alerts(portrait: Portrait) -> list[Alert]:
    """Return the alerts that are open, the worst and oldest first."""
    still = [alert for alert in portrait.alerts if alert.state is AlertState.OPEN]
    return sorted(still, key=lambda alert: (WORST_FIRST[alert.signal.severity], alert.opened_at))


def today(portrait: Portrait, alert: Alert) -> str:
    """Return what the measure of an alert is since it changed: the headline says what it was when it was told."""
    moved = next((shift for shift in portrait.shifts if shift.series == alert.signal.series), None)
    if moved is None:
        return ""
    support = words.support_of(replace(moved.after, detectable=None))
    unit = " points" if moved.series.measure is Measure.LEAD else ""
    return f"{words.value_of(moved.after)}{unit} ({support}), {words.period(moved.since, portrait.end)}"


def rounds(portrait: Portrait) -> str:
    """Return '21 of 21 scheduled rounds ran'; rounds by hand are not among them where some were due.

    >>> from datetime import date
    >>> p = Portrait(brand="B", start=date(2026, 1, 1), end=date(2026, 1, 7), rounds_due=7, rounds_run=6,
    ...     rounds_partial=1, answers=0, claims=0, checkable=0)
    >>> rounds(p)
    '6 of 7 scheduled rounds ran, 1 of them in part'
    """
    if not portrait.rounds_due:
        ran = f"{words.count(portrait.rounds_run, 'round') if portrait.rounds_run else 'no round'} ran"
    else:
        ran = f"{portrait.rounds_run} of {words.count(portrait.rounds_due, 'scheduled round')} ran"
    if not portrait.rounds_partial:
        return ran
    whole = portrait.rounds_run == portrait.rounds_partial == 1
    return f"{ran}, {'in part' if whole else f'{portrait.rounds_partial} of them in part'}"


def _short(portrait: Portrait) -> str:
    """Return what a subject has room for: what is open, and the rounds where not all of them ran."""
    still = open_alerts(portrait)
    critical = sum(alert.signal.severity is Severity.CRITICAL for alert in still)
    grave = f", {critical} critical" if critical else ""
    whole = portrait.rounds_run >= portrait.rounds_due and not portrait.rounds_partial and portrait.answers
    return f"{words.count(len(still), 'finding')} open{grave}" + ("" if whole else f"; {rounds(portrait)}")


def _headline(portrait: Portrait) -> str:
    """Return the one sentence that a reader in a hurry takes away."""
    if not portrait.answers:
        return f"Nothing was measured about {portrait.brand}: no answer came in this period"
    still = open_alerts(portrait)
    if still:
        return one_line(still[0].signal.headline).rstrip(".")
    wrong = [each for each in portrait.facts if each.contradicted or each.outdated]
    if wrong:
        were = "was" if len(wrong) == 1 else "were"
        return f"{words.count(len(wrong), 'fact')} about {portrait.brand} {were} told wrong at least once"
    if portrait.checkable:
        return f"Every checked statement about {portrait.brand} was right"
    return f"No statement about {portrait.brand} could be checked"


def _sentences(portrait: Portrait) -> Iterator[tuple[str, str]]:
    """Yield each sentence with the address, under the brand's own, of what it counts."""
    days = urlencode({"from": portrait.start.isoformat(), "to": portrait.end.isoformat()})
    still = open_alerts(portrait)
    if still:
        critical = sum(alert.signal.severity is Severity.CRITICAL for alert in still)
        yield f"{words.count(len(still), 'finding')} {_be(len(still))} open, {critical or 'none'} critical.", "alerts"
    elif portrait.answers:
        yield "No finding is open.", "alerts?resolved=true"
    for shift in ordered(portrait)[:_MOVES]:
        since = urlencode(answers(shift.after, shift.since, portrait.end))
        yield sentence(portrait, shift), f"answers?{since}"
    if len(portrait.shifts) > _MOVES:
        further = words.count(len(portrait.shifts) - _MOVES, "further change")
        yield f"{further} passed a test.", f"overview?{days}#changes"
    if portrait.statements:
        topics = sorted({each.topic for each in portrait.statements})
        told = f"Assistants said something that is not on your sheet about {words.joined(topics)}."
        yield told, f"why?about={quote(topics[0])}"
    yield f"{words.capital(rounds(portrait))}; {_came(portrait)}.", f"rounds?{days}"


def _came(portrait: Portrait) -> str:
    """Return 'in all, 284 answers came back, and 6 were imported'."""
    came, imported = max(portrait.answers - portrait.imported, 0), portrait.imported
    if not imported:
        return f"in all, {words.count(came, 'answer')} came back"
    were = f"{words.number(imported)} {'was' if imported == 1 else 'were'} imported"
    return f"in all, {words.count(came, 'answer')} came back, and {were}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _card(portrait: Portrait, panel: Panel) -> Card:
    told = [*_accuracy(portrait, panel), *_visibility(portrait, panel)]
    told = [*(told if panel.answered else []), *_silence(panel, measured=bool(told))]
    return Card(
        label=panel.label,
        surface=words.surface(panel.surface),
        sentences=tuple(sentence for sentence, _ in told),
        behind=tuple(answers for _, answers in told),
    )


def _accuracy(portrait: Portrait, panel: Panel) -> Iterator[tuple[str, Answers]]:
    found = _of(portrait.accuracy, panel)
    if found:
        yield f"Right in {words.estimate(found)}." if found.rate.of else "Accuracy was not measured.", answers(found)


def _silence(panel: Panel, *, measured: bool) -> Iterator[tuple[str, Answers]]:
    """Yield how many questions brought no answer, and why, where nothing or much is missing."""
    behind = {"measure": Measure.MISS_RATE.value, "assistant": panel.assistant_id, "surface": panel.surface.value}
    reasons = sorted(panel.misses.items(), key=lambda each: -each[1])[:_REASONS]
    why = words.joined([f"{words.miss(reason)} ({number})" for reason, number in reasons])
    asked, because = words.count(panel.asked, "question"), f": {why}" if why else ""
    if not measured or not panel.answered:
        yield f"Not measured: {panel.answered or 'none'} of {asked} brought an answer{because}.", behind
    elif panel.missed and panel.missed >= _MUCH * panel.asked:
        yield f"{panel.missed} of {asked} brought no answer{because}.", behind


def _visibility(portrait: Portrait, panel: Panel) -> Iterator[tuple[str, Answers]]:
    found = _of([each for each in portrait.visibility if each.series.subject == portrait.brand], panel)
    if found and found.rate.of:
        said = f"Named {portrait.brand} in {words.estimate(found)} to questions that do not name it."
        yield said, answers(found)


def _of(estimates: Sequence[Estimate], panel: Panel) -> Estimate | None:
    """Return the assistant's estimate over all topics."""
    own = [e for e in estimates if (e.series.assistant_id, e.series.surface) == (panel.assistant_id, panel.surface)]
    return next((each for each in own if not each.series.topic), None)
