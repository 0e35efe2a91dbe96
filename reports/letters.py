"""What a notice has to say, before it becomes text and HTML: both twins are made from one letter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.alerts import Alert, Change, Notice, NoticeReason, Quote, Signal, Voice
from monitor.domain.answers import Surface
from reports import headlines, lateness, rulewords, words
from reports.headlines import OVER, STATUS
from reports.pictures import Picture, picture
from reports.plain import one_line, shown, web_address

FULL = 5  # findings told in full in one mail; the rest get a line each
LINES = 40  # lines in one mail; the rest are counted
PICTURES = 3  # in one mail
QUOTES = 3  # quotes of one finding in a mail
_SHORT = 80  # characters of what is said beside a label

_LIVED = frozenset({NoticeReason.WORSENED, NoticeReason.REOPENED, NoticeReason.REMINDER})


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """One assistant's part, in words."""

    label: str
    surface: str
    model: str  # empty where the label already says it
    often: str
    since: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One alert as a mail tells it."""

    status: str
    severity: str
    headline: str
    sheet_first: str  # why the sheet itself may be wrong; empty: nothing speaks for that
    confirmed: str  # what the extra samples say; empty: none were asked
    story: str  # a sentence on its life: since when it is open, when it was resolved
    words: rulewords.RuleWords
    said: str
    quotes: tuple[Quote, ...]
    truth: str
    test: str  # by what test a change was found; empty: it is no change
    on_sheet: bool  # False: the sheet says nothing on it, so nothing is contrasted
    source: str  # a web address, or empty
    source_text: str  # where the source is not an address
    speakers: tuple[Speaker, ...]
    checked: str  # who else looked at it, one sentence; empty: nobody did
    cited: tuple[str, ...]
    advice: tuple[str, ...]
    link: str
    resolved: bool
    now: tuple[Speaker, ...]  # of a resolved one: what the assistants say since
    now_quotes: tuple[Quote, ...]
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    findings: tuple[Finding, ...]
    more: int  # findings left out for length


@dataclass(frozen=True, kw_only=True)
class Letter:
    brand: str
    subject: str
    headline: str
    preview: str  # what an inbox shows after the subject
    findings: tuple[Finding, ...]  # in full
    lines: tuple[Finding, ...]  # one line each
    more: int  # not even a line
    groups: tuple[Group, ...]  # opening balance only
    summary: str
    late: str  # since when it could not be delivered; empty: it is on time
    why: str  # the reason of this mail
    way: str  # by which line of the brand file it goes to whom, and why not earlier
    reason: str  # its name
    closing: str  # of a mail about resolved findings: how they were
    machine: str  # how far a person or a judge looked at what a machine read
    dismiss: str  # what to do with a misreading; empty: nothing in it can be dismissed
    through_api: bool
    link: str


def letter(notice: Notice, *, site: str = "") -> Letter:
    """Return what the notice says; findings are ordered by severity and told once each."""
    changes = sorted(notice.changes, key=headlines.urgency)
    full = min(FULL, headlines.first(changes))
    findings = tuple(_finding(change, site, number) for number, change in enumerate(changes))
    opening = notice.reason is NoticeReason.OPENING_BALANCE
    headline = headlines.headline(notice, changes)
    return Letter(
        brand=notice.brand,
        subject=headlines.subject(notice, changes, headline),
        headline=headline,
        preview=_preview(findings),
        findings=() if opening else findings[:full],
        lines=() if opening else findings[full : full + LINES],
        more=0 if opening else max(0, len(findings) - full - LINES),
        groups=tuple(_groups(changes, findings)) if opening else (),
        summary=headlines.summary(changes),
        late=lateness.late(notice),
        why=f"You receive this mail because {words.reason(notice.reason)}.",
        way=one_line(notice.why),
        reason=notice.reason.value.replace("_", " "),
        closing=_closing([change.alert for change in changes]),
        machine=_machine(findings),
        dismiss="" if not opening and _advised(findings[:full]) else _dismiss(changes, site),
        through_api=any(_through_api(change.alert.signal) for change in changes),
        link=web_address(site.rstrip("/") + "/alerts") if site else "",
    )


def _closing(alerts: Sequence[Alert]) -> str:
    """Return how findings came to be resolved: by other answers, or by a person."""
    several = len(alerts) > 1
    by_hand = sum(bool(alert.why) and alert.cleared is None for alert in alerts)
    if not by_hand:
        return f"The assistants were asked again, and {'these are' if several else 'this is'} no longer found."
    if by_hand < len(alerts):
        return "Some are no longer found since the assistants were asked again; others a person dismissed."
    return "Persons looked at these and dismissed them." if several else "A person looked at this and dismissed it."


def _advised(findings: Sequence[Finding]) -> bool:
    """Whether what is told in full says itself how a misreading is dismissed."""
    return any("--dismiss" in sentence for finding in findings for sentence in finding.advice)


def _dismiss(changes: Sequence[Change], site: str) -> str:
    """Return how a misreading is dismissed, where something that a machine read is still open."""
    read = any(change.alert.signal.quotes for change in changes if change.reason not in OVER)
    if not read:
        return ""
    return words.DISMISS_THERE if site else words.DISMISS


def _machine(findings: Sequence[Finding]) -> str:
    checked = sum(bool(finding.checked) for finding in findings)
    if not checked:
        return words.MACHINE
    return words.CHECKED if checked == len(findings) else words.PARTLY


def _finding(change: Change, site: str, number: int) -> Finding:
    signal, over = change.alert.signal, change.reason in OVER
    source, quotes = web_address(signal.truth_source), _telling(signal.quotes)
    cleared = change.alert.cleared if over else None
    return Finding(
        status=STATUS[change.reason],
        severity=signal.severity.value,
        headline=headlines.told(change),
        sheet_first="" if over else one_line(signal.sheet_first),
        confirmed="" if over else one_line(signal.confirmed),
        story=_story(change),
        words=rulewords.of(signal.rule),
        said=_said(signal),
        quotes=quotes,
        truth=truth(signal),
        test=one_line(signal.test),
        on_sheet=rulewords.on_sheet(signal),
        source=source,
        source_text="" if source else signal.truth_source,
        speakers=tuple(speaker(voice, signal) for voice in signal.voices),
        checked=checked(signal),
        cited=_cited(quotes),
        advice=() if over else signal.advice,
        link=web_address(f"{site.rstrip('/')}/alerts/{change.alert.id}") if site else "",
        resolved=over,
        now=tuple(speaker(voice, signal) for voice in cleared.voices) if cleared else (),
        now_quotes=cleared.quotes[:1] if cleared else (),
        picture=None if over or number >= PICTURES else picture(signal, f"chart-{number}@likeness"),
    )


def _telling(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes to show: the same words of the same assistant to the same question tell nothing twice."""
    apart: dict[tuple[str, str, str], Quote] = {}
    for quote in quotes:
        apart.setdefault((one_line(quote.text), quote.assistant_label, quote.question), quote)
    return tuple(apart.values())[:QUOTES]


def _said(signal: Signal) -> str:
    """Return what is said, in short; nothing where that is only the beginning of a quote below."""
    said = one_line(signal.said)
    if signal.quotes and len(said) > _SHORT and not rulewords.of(signal.rule).quoted:
        return ""
    return said


def truth(signal: Signal) -> str:
    """Return the true side of a finding without the label that it stands under."""
    label = f"{rulewords.of(signal.rule).truth}: "
    if rulewords.is_silent(signal):
        return "It says nothing on this."
    return words.capital(one_line(signal.truth).removeprefix(label))


def checked(signal: Signal) -> str:
    """Return who else looked at a finding, as “Second opinion by gpt-5-mini: agrees.”, or nothing."""
    said = one_line(signal.checked)
    return f"{words.capital(said)}." if said else ""


def _story(change: Change) -> str:
    """Return what has become of the finding since it was opened."""
    alert = change.alert
    parts = [_life(change), one_line(change.why) if change.reason in _LIVED else ""]
    if change.reason in OVER:
        parts.append(one_line(alert.why))
    elif alert.acknowledged:
        parts.append(f"{one_line(alert.acknowledged.by) or 'Somebody'} takes care of it.")
    return " ".join(dict.fromkeys(part for part in parts if part))


def _life(change: Change) -> str:
    alert, opened = change.alert, words.day(change.alert.opened_at)
    if change.reason is NoticeReason.PASSED and alert.resolved_at:
        resolved = words.day(alert.resolved_at)
        return f"Found on {opened} and resolved on {resolved}, before you could be told of it."
    if change.reason is NoticeReason.RESOLVED and alert.resolved_at:
        return f"Open since {words.day(alert.since)}, resolved on {words.day(alert.resolved_at)}."
    if change.reason is NoticeReason.REOPENED:
        return f"First opened on {opened} and resolved since; back since {words.day(alert.since)}."
    if change.reason in {NoticeReason.REMINDER, NoticeReason.WORSENED}:
        return f"Open since {words.day(alert.since)}."
    return ""


def speaker(voice: Voice, signal: Signal) -> Speaker:
    return Speaker(
        label=voice.label,
        surface=words.surface(voice.surface),
        model="" if not voice.model or voice.model in voice.label else voice.model,
        often=_often(voice, signal),
        since=_since(voice.first_seen, voice.last_clean),
    )


def _often(voice: Voice, signal: Signal) -> str:
    told = rulewords.of(signal.rule)
    if not told.share:
        hits = words.number(voice.rate.hits) if voice.rate.hits else "none"
        return f"{hits} of {words.number(voice.rate.of)} {told.counts}"
    return words.voice(voice, signal.series, told.counts)


def _since(first_seen: datetime | None, last_clean: datetime | None) -> str:
    """Return when it was first seen, and when the last answer before that was right."""
    if first_seen is None:
        return f"not found on {words.day(last_clean)}" if last_clean else ""
    first = f"first seen {words.day(first_seen)}"
    if last_clean is None:
        return f"{first}, at the first check"
    same = last_clean.date() == first_seen.date()
    return f"{first}, not yet {'earlier that day' if same else f'on {words.day(last_clean)}'}"


def _cited(quotes: Iterable[Quote]) -> tuple[str, ...]:
    """Return the addresses cited beside the quotes, each once; what is no web address stays text."""
    return tuple(dict.fromkeys(shown(url) for quote in quotes for url in quote.cited if url.strip()))


def _preview(findings: Sequence[Finding]) -> str:
    """Return how often the worst finding was seen and what is true instead."""
    if not findings:
        return ""
    worst = findings[0]
    parts = [f"{one.label}: {one.often}." for one in worst.speakers[:1]]
    parts += [f"{worst.words.truth}: {worst.truth}"] if worst.truth else []
    return one_line(" ".join(parts), 200)


def _groups(changes: Sequence[Change], findings: Sequence[Finding]) -> Iterable[Group]:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for change, finding in zip(changes, findings, strict=True):
        by_rule[change.alert.signal.rule].append(finding)
    for rule, members in by_rule.items():
        kept = members[: LINES // max(1, len(by_rule))]
        yield Group(title=rulewords.of(rule).title, findings=tuple(kept), more=len(members) - len(kept))


def _through_api(signal: Signal) -> bool:
    surfaces = {voice.surface for voice in signal.voices} | {quote.surface for quote in signal.quotes}
    return bool(surfaces & {Surface.API, Surface.API_SEARCH})
