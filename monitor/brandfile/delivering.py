"""Who is told of which part, when nobody wants mail, what can wait, and which machines are told."""

import re
from collections.abc import Collection
from datetime import time

from monitor.brandfile.asking import told_cron
from monitor.brandfile.fields import Section
from monitor.brandfile.mistakes import Unfit, shown
from monitor.brandfile.outside import CheckCron
from monitor.brandfile.scalars import Reads, choice, member, text
from monitor.brandfile.suggest import suggestion
from monitor.brandfile.words import mail, name, prose, variable, zone
from monitor.brandfile.yaml_nodes import Node
from monitor.domain.brand import Digest, Network, QuietHours, Route, Severity, WebhookSettings

_CLOCK = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])")
_NOTHING = "nothing"


def routes(section: Section, topics: Collection[str]) -> tuple[Route, ...]:
    return tuple(_route(part, topics) for part in section.parts("routes"))


def _route(section: Section, topics: Collection[str]) -> Route:
    read = Route(
        to=tuple(dict.fromkeys(section.each("to", mail))),
        severity=section.read("severity", member(Severity), Severity.MINOR),
        topics=_topics(section, topics),
        quiet_hours=quiet_hours(section),
    )
    if not section.has("to"):
        section.found.wrong(section.line, "this route leads to nobody", "add to: [brand@example.com]")
    section.close()
    return read


def _topics(section: Section, known: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(section.each("topics", _topic(known))))


def _topic(known: Collection[str]) -> Reads[str]:
    """Read what findings are about: the id of a fact, a watched topic, a prompt's topic, a brand, an assistant's id."""

    def read(node: Node) -> str:
        written = name(node)
        if written not in known:
            raise Unfit(f"no fact, watched topic or prompt is called {shown(written)}", suggestion(written, known))
        return written

    return read


def quiet_hours(section: Section) -> QuietHours | None:
    part = section.part("quiet_hours")
    if part is None:
        return None
    read = QuietHours(
        begins=part.need("from", _clock, time(20)),
        ends=part.need("until", _clock, time(7)),
        timezone=part.need("timezone", zone, "UTC"),
        besides=_besides(part),
    )
    if read.begins == read.ends:
        part.found.wrong(
            part.line, "these quiet hours never end", 'write two times, such as from: "20:00", until: "07:00"'
        )
    part.close()
    return read


def _besides(part: Section) -> Severity | None:
    """Read what comes at once all the same: critical findings, unless it says otherwise."""
    written = part.read("except", choice(*(severity.value for severity in Severity), _NOTHING), Severity.CRITICAL.value)
    return None if written == _NOTHING else Severity(written)


def _clock(node: Node) -> time:
    written = text(node)
    match = _CLOCK.fullmatch(written)
    if not match:
        raise Unfit(f"{shown(written)} is not a time of day", 'write hour and minute in quotes, such as "20:00"')
    return time(int(match["hour"]), int(match["minute"]))


def digest(section: Section, check_cron: CheckCron) -> Digest | None:
    part = section.part("digest")
    if part is None:
        return None
    read = Digest(
        cron=part.need("cron", prose, ""),
        timezone=part.read("timezone", zone, ""),
        severity=Severity(part.read("severity", choice(Severity.MINOR, Severity.MAJOR), Severity.MINOR.value)),
    )
    part.close()
    told_cron(part, "cron", check_cron(read.cron, "UTC") if read.cron else "")
    return read


def webhooks(section: Section, topics: Collection[str]) -> tuple[WebhookSettings, ...]:
    first: dict[str, int] = {}
    read = []
    for part in section.parts("webhooks"):
        hook = _webhook(part, topics)
        line = part.line_of("url_env")
        if hook.url_env in first:
            what = f"the address in {hook.url_env} is called twice, first on line {first[hook.url_env]}"
            section.found.wrong(line, what, "put both into one, or name another variable")
        first.setdefault(hook.url_env, line)
        read.append(hook)
    return tuple(read)


def _webhook(section: Section, topics: Collection[str]) -> WebhookSettings:
    read = WebhookSettings(
        url_env=section.need("url_env", variable, ""),
        secret_env=section.read("secret_env", variable, ""),
        severity=section.read("severity", member(Severity), Severity.MAJOR),
        topics=_topics(section, topics),
        network=section.read("network", member(Network), Network.PUBLIC),
    )
    section.close()
    return read
