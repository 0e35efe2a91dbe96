"""What a webhook is told: text and blocks for a chat room, and the same as fields for a program."""

import json
from collections.abc import Iterator
from typing import Any

from monitor.domain.alerts import Change, Notice, Quote, Voice
from reports import words
from reports.letters import Finding, Letter, letter
from reports.plain import one_line, shown
from reports.quotes import pieces
from reports.receipt import Call

VERSION = 1  # of our fields
_FULL = 10  # findings told as blocks of their own; Slack takes 50 blocks
_CHANGES = 100  # told as fields
_HEADER, _SECTION = 150, 2900  # characters; Slack takes 150 and 3,000


def compose(notice: Notice, *, site: str = "") -> Call:
    """Return the call of a notice, the same bytes every time it is composed."""
    told = letter(notice, site=site)
    body = {
        "text": one_line(told.subject, _SECTION),
        "blocks": list(_blocks(notice, told)),
        "likeness": _fields(notice, told),
    }
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Call(id=notice.message_id.strip("<>"), body=written.encode(errors="replace"))


def _why(notice: Notice) -> str:
    return one_line(f"Sent because {words.reason(notice.reason)}. {notice.why}")


def _blocks(notice: Notice, told: Letter) -> Iterator[dict[str, Any]]:
    yield {"type": "header", "text": {"type": "plain_text", "text": one_line(told.headline, _HEADER)}}
    if told.late:
        yield _section(_escaped(told.late))
    everything = [*told.findings, *(finding for group in told.groups for finding in group.findings), *told.lines]
    for finding in everything[:_FULL]:
        yield _section(_told(finding))
    more = len(everything) - _FULL + told.more + sum(group.more for group in told.groups)
    if more > 0:
        yield _section(f"And {more} more." + (f" <{told.link}|See all of them>" if told.link else ""))
    yield {"type": "context", "elements": [{"type": "mrkdwn", "text": _escaped(f"{told.machine} {_why(notice)}")}]}


def _told(finding: Finding) -> str:
    label = ", ".join(part for part in (finding.status, finding.severity) if part)
    lines = [f"*{_escaped(finding.headline)}* ({_escaped(label)})"]
    lines += [_escaped(line) for line in (finding.sheet_first, finding.story) if line]
    lines += [f"> {_quoted(quote)}" for quote in finding.quotes[:1]]
    lines += [_escaped(f"{finding.words.truth}: {one_line(finding.truth)}")] if finding.truth else []
    lines += [_escaped(f"{one.label}: {one.often}") for one in finding.speakers[:4]]
    lines += [_escaped(line) for line in (finding.confirmed, finding.checked) if line]
    lines += [f"<{finding.link}|See the answers>"] if finding.link else []
    return "\n".join(lines)


def _quoted(quote: Quote) -> str:
    parts = [
        f"*{text}*" if piece.marked and (text := _escaped(piece.text).strip()) else _escaped(piece.text)
        for piece in pieces(quote, 300)
    ]
    return " ".join("".join(parts).split())


def _escaped(text: str) -> str:
    """Return text that Slack shows as it is: nothing of it links, pings or formats."""
    plain = shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.translate({ord(sign): f"{sign}\u2060" for sign in "*_~`"})


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_SECTION]}}


def _fields(notice: Notice, told: Letter) -> dict[str, Any]:
    return {
        "version": VERSION,
        "id": notice.message_id.strip("<>"),
        "brand": notice.brand,
        "reason": notice.reason.value,
        "why": _why(notice),
        "written_at": notice.created_at.isoformat(),
        "late_since": notice.since.isoformat() if notice.since else None,
        "link": told.link,
        "changes": [_change(change) for change in notice.changes[:_CHANGES]],
        "more": max(0, len(notice.changes) - _CHANGES),
    }


def _change(change: Change) -> dict[str, Any]:
    alert, signal = change.alert, change.alert.signal
    return {
        "alert": alert.id,
        "reason": change.reason.value,
        "state": alert.state.value,
        "rule": signal.rule,
        "subject": signal.subject,
        "severity": signal.severity.value,
        "headline": signal.headline,
        "said": signal.said,
        "truth": signal.truth,
        "source": signal.truth_source,
        "test": signal.test,
        "confirmed": signal.confirmed,
        "checked": signal.checked,
        "sheet_first": signal.sheet_first,
        "opened_at": alert.opened_at.isoformat(),
        "resolved_at": alert.resolved_at.isoformat() if alert.resolved_at else None,
        "assistants": [_voice(voice) for voice in signal.voices],
        "quotes": [_quote(quote) for quote in signal.quotes[:3]],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "id": voice.assistant_id,
        "label": voice.label,
        "surface": voice.surface.value,
        "model": voice.model,
        "hits": voice.rate.hits,
        "of": voice.rate.of,
        "counts": voice.noun,
        "interval": [voice.interval.low, voice.interval.high] if voice.interval else None,
        "first_seen": voice.first_seen.isoformat() if voice.first_seen else None,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "answer": quote.answer_id,
        "text": quote.text,
        "marks": [[mark.start, mark.end] for mark in quote.marks],
        "assistant": quote.assistant_label,
        "surface": quote.surface.value,
        "model": quote.model,
        "question": quote.question,
        "asked_at": quote.asked_at.isoformat() if quote.asked_at else None,
        "cited": list(quote.cited),
    }
