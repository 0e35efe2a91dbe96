"""What was seen in the period and not mailed, with the reason."""

from collections.abc import Mapping, Sequence

from monitor.domain.alerts import Held, HeldReason
from monitor.domain.portrait import Portrait
from reports import words
from reports.plain import one_line
from reports.section import Page, Section
from reports.tables import Table

_MOST = 20

_TITLES = {
    HeldReason.SINGLE_SLIP: "Said too seldom to be more than a slip",
    HeldReason.CONFIRMING: "Being asked for again",
    HeldReason.SILENCED: "Silenced by a person",
    HeldReason.ACKNOWLEDGED: "Somebody takes care of it, so nobody is reminded",
    HeldReason.INHIBITED: "Follows from an assistant that gave too few answers",
    HeldReason.DISMISSED: "Dismissed by a person before",
}


def _view(page: Page) -> Mapping[str, object]:
    groups = {reason: _lines(page.portrait, reason) for reason in _TITLES}
    return {
        "groups": [
            {"title": _TITLES[reason], "lines": lines[:_MOST], "more": max(0, len(lines) - _MOST)}
            for reason, lines in groups.items()
            if lines
        ]
    }


def _lines(portrait: Portrait, reason: HeldReason) -> list[Mapping[str, str]]:
    by_key: dict[tuple[str, str], list[Held]] = {}
    for one in portrait.held:
        if one.reason is reason:
            by_key.setdefault((one.key, one.why), []).append(one)
    return [_told(group) for group in by_key.values()]


def _told(group: Sequence[Held]) -> Mapping[str, str]:
    latest = max(group, key=lambda one: one.at)
    often = f", {len(group)} times" if len(group) > 1 else ""
    return {
        "headline": one_line(latest.headline).rstrip("."),
        "when": f"{words.day(latest.at)}{often}",
        "why": one_line(latest.why),
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("day", "what", "reason", "why")
    rows = tuple(
        (one.at.date().isoformat(), one.headline, one.reason.value.replace("_", " "), one.why) for one in portrait.held
    )
    return (Table(name="not_mailed", columns=columns, rows=rows),)


SECTION = Section(
    id="held",
    order=34,
    title="Seen and not mailed",
    view=_view,
    tables=_tables,
    shown=lambda page: bool(page.portrait.held),
)
