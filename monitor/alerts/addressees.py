"""Who is told of what: the brand file's recipients, routes and webhooks, one after the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.alerts import words
from monitor.domain.alerts import Change, Signal
from monitor.domain.brand import AlertSettings, QuietHours, Route, Severity, WebhookSettings

HOOK = "webhook:"  # begins the name of a recipient that is no mailbox; the variable with its address follows


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the findings, as one line of the brand file names it."""

    severity: Severity = Severity.MINOR  # the least severe
    topics: tuple[str, ...] = ()  # empty: all

    def takes(self, signal: Signal, topics: Mapping[str, str]) -> bool:
        """Whether the finding belongs to it. `topics`: the topic of each prompt's text."""
        if not signal.severity.reaches(self.severity):
            return False
        about = (signal.series.subject, signal.series.topic) if signal.series else ()
        spoken = {signal.subject, *about, *(topics.get(quote.question, "") for quote in signal.quotes)}
        return not self.topics or bool(spoken & set(self.topics))


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One recipient, and all parts that it takes."""

    recipient: str  # a mail address, or "webhook:" and the variable that holds its address
    parts: tuple[Part, ...]
    quiet: QuietHours | None
    why: str  # one sentence: by which lines of the brand file
    overview: bool  # whether it is told how things stand even where nothing is wrong

    @property
    def is_hook(self) -> bool:
        return self.recipient.startswith(HOOK)

    def chosen(self, changes: Iterable[Change], topics: Mapping[str, str]) -> tuple[Change, ...]:
        """Return what it is told of."""
        return tuple(
            change for change in changes if any(part.takes(change.alert.signal, topics) for part in self.parts)
        )


def addressees(settings: AlertSettings) -> list[Addressee]:
    """Return everybody that the section names, each once, in its order."""
    mailboxes = dict.fromkeys([*settings.to, *(to for route in settings.routes for to in route.to)])
    return [*(_mailbox(name, settings) for name in mailboxes), *map(_hook, settings.webhooks)]


def _mailbox(recipient: str, settings: AlertSettings) -> Addressee:
    routes = [route for route in settings.routes if recipient in route.to]
    everything = recipient in settings.to
    parts = [Part()] if everything else [Part(severity=route.severity, topics=route.topics) for route in routes]
    own = (route.quiet_hours for route in routes if route.quiet_hours is not None)
    return Addressee(
        recipient=recipient,
        parts=tuple(parts),
        quiet=next(own, settings.quiet_hours),
        why="The brand file names you for every finding." if everything else _by_routes(routes),
        overview=everything or any(part == Part() for part in parts),
    )


def _by_routes(routes: Iterable[Route]) -> str:
    """Return one sentence on the routes that lead to somebody.

    >>> _by_routes([Route(to=(), severity=Severity.MAJOR, topics=("price", "recall")), Route(to=())])
    'The brand file names you for major and critical findings about price or recall, and for every finding.'
    """
    parts = dict.fromkeys(f"{_severities(route.severity)}{_about(route.topics)}" for route in routes)
    return f"The brand file names you for {', and for '.join(parts)}."


def _hook(settings: WebhookSettings) -> Addressee:
    return Addressee(
        recipient=f"{HOOK}{settings.url_env}",
        parts=(Part(severity=settings.severity, topics=settings.topics),),
        quiet=None,
        why=f"The brand file names this webhook for {_severities(settings.severity)}{_about(settings.topics)}.",
        overview=False,
    )


def _severities(least: Severity) -> str:
    named = [severity.value for severity in reversed(Severity) if severity.reaches(least)]
    return "every finding" if len(named) == len(Severity) else f"{words.listed(named)} findings"


def _about(topics: tuple[str, ...]) -> str:
    return "".join(_alternatives(topics)) if topics else ""


def _alternatives(topics: tuple[str, ...]) -> Iterator[str]:
    yield " about "
    yield ", ".join(topics[:-1])
    yield " or " if topics[1:] else ""
    yield topics[-1]
