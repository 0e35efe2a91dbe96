"""The messages about what a round did to the alerts: who gets one, when, and why."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.alerts import quiet
from monitor.alerts.addressees import Addressee, addressees
from monitor.domain.alerts import Change, Notice, NoticeReason
from monitor.domain.brand import AlertSettings, QuietHours

# The reason that a message about several changes gives: what asks for the most attention.
_WEIGHT = (
    NoticeReason.OPENING_BALANCE,
    NoticeReason.OPENED,
    NoticeReason.WORSENED,
    NoticeReason.REOPENED,
    NoticeReason.REMINDER,
    NoticeReason.PASSED,
    NoticeReason.RESOLVED,  # said of a message only if nothing in it is still open
)
# What begins with one of these, the recipient has not heard of yet.
_UNHEARD = frozenset({NoticeReason.OPENING_BALANCE, NoticeReason.OPENED, NoticeReason.REOPENED, NoticeReason.PASSED})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What every message of a brand is written with."""

    brand: str
    now: datetime
    new_id: Callable[[], str]
    domain: str  # the right side of Message-IDs
    digest_at: datetime | None = None  # when the next digest is due
    left: frozenset[str] = frozenset()  # recipients who want no digest, in lower case
    topics: Mapping[str, str] = field(default_factory=dict)  # the topic of each prompt's text


def notices(
    changes: Sequence[Change], settings: AlertSettings | None, desk: Desk, *, first_round: bool = False
) -> list[Notice]:
    """Return one message per recipient about all changes of a round that concern it, none where none does.

    What can wait for the digest is a message of its own. A brand's first round always says how things stand, once,
    even where nothing is wrong.
    """
    everybody = addressees(settings) if settings else []
    return [
        notice
        for addressee in everybody
        for notice in _for(addressee, changes, settings or AlertSettings(), desk, first_round=first_round)
    ]


def _for(
    addressee: Addressee, changes: Sequence[Change], settings: AlertSettings, desk: Desk, *, first_round: bool
) -> Iterator[Notice]:
    chosen = addressee.chosen(changes, desk.topics)
    if first_round:
        if chosen or addressee.overview:
            yield _notice(addressee, chosen, desk, reason=NoticeReason.OPENING_BALANCE)
        return
    later = _waiting(addressee, chosen, settings)
    at_once = [change for change in chosen if change not in later]
    if at_once:
        yield _notice(addressee, at_once, desk, reason=_strongest(at_once))
    if later and addressee.recipient.lower() not in desk.left:
        yield _digest(addressee, later, desk)


def is_digest(notice: Notice, settings: AlertSettings | None) -> bool:
    """Whether all that a message tells could have waited: then its recipient may do without such mail."""
    digest = settings.digest if settings else None
    if digest is None or notice.reason is NoticeReason.OPENING_BALANCE:
        return False
    return all(digest.severity.reaches(change.alert.signal.severity) for change in notice.changes)


def _waiting(addressee: Addressee, changes: Sequence[Change], settings: AlertSettings) -> list[Change]:
    """Return what can wait for the digest; a webhook wakes nobody, so it waits for nothing."""
    digest = settings.digest
    if digest is None or addressee.is_hook:
        return []
    return [change for change in changes if digest.severity.reaches(change.alert.signal.severity)]


def _notice(addressee: Addressee, changes: Sequence[Change], desk: Desk, *, reason: NoticeReason) -> Notice:
    hours = None if _disturbs(addressee.quiet, changes) else addressee.quiet
    ends = quiet.until(hours, desk.now)
    held = f" It waited for the end of your quiet hours ({_hours(hours)})." if ends and hours else ""
    return Notice(
        id=desk.new_id(),
        brand=desk.brand,
        recipient=addressee.recipient,
        reason=reason,
        changes=tuple(changes),
        created_at=desk.now,
        message_id=message_id(changes, addressee.recipient, brand=desk.brand, reason=reason, domain=desk.domain),
        why=f"{addressee.why}{held}",
        held_until=ends,
    )


def _digest(addressee: Addressee, changes: Sequence[Change], desk: Desk) -> Notice:
    due = desk.digest_at or desk.now
    notice = _notice(addressee, changes, desk, reason=_strongest(changes))
    return replace(
        notice,
        why=f"{addressee.why} Those that can wait come together in a digest.",
        held_until=quiet.until(addressee.quiet, due) or due,
    )


def rests(notice: Notice, settings: AlertSettings | None, now: datetime) -> datetime | None:
    """Return when the recipient's quiet hours end, if a message that is tried again would fall into them now."""
    named = addressees(settings) if settings else []
    hours = next((one.quiet for one in named if one.recipient == notice.recipient), None)
    return None if _disturbs(hours, notice.changes) else quiet.until(hours, now)


def _disturbs(hours: QuietHours | None, changes: Iterable[Change]) -> bool:
    """Whether one of the changes is severe enough for the middle of the night."""
    least = hours.besides if hours else None
    return least is not None and any(change.alert.signal.severity.reaches(least) for change in changes)


def _hours(hours: QuietHours) -> str:
    return f"{hours.begins:%H:%M} to {hours.ends:%H:%M}, {hours.timezone}"


def _strongest(changes: Sequence[Change]) -> NoticeReason:
    return min((change.reason for change in changes), key=_WEIGHT.index, default=NoticeReason.OPENING_BALANCE)


def message_id(changes: Iterable[Change], recipient: str, *, brand: str, reason: NoticeReason, domain: str) -> str:
    """Return the Message-ID that this message has whenever it is made: a second sending can be told for what it is.

    Under 70 characters as long as `domain` has at most 40.
    """
    parts = sorted(f"{change.alert.id}|{change.alert.key}|{change.reason}|{_told(change)}" for change in changes)
    return _identity([brand, recipient, reason, *parts], domain)


def _identity(parts: Iterable[str], domain: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:24]
    return f"<{digest}@{domain[-40:].lstrip('.-')}>"


def _told(change: Change) -> str:
    told = change.alert.last_notice_at
    return told.isoformat() if told else ""


def gathered(several: Sequence[Notice], desk: Desk) -> Notice:
    """Return one message in place of several that one recipient did not get yet, oldest first.

    Of an alert it says what has become of it since the recipient last heard of it; one that was opened and resolved
    in the meantime is told as having passed.
    """
    changes = _folded(several)
    return Notice(
        id=desk.new_id(),
        brand=several[0].brand,
        recipient=several[0].recipient,
        reason=_strongest(changes),
        changes=changes,
        created_at=desk.now,
        message_id=_identity(["gathered", *sorted(notice.message_id for notice in several)], desk.domain),
        attempts=max(notice.attempts for notice in several),
        why=" ".join(dict.fromkeys(sentence for notice in several for sentence in _sentences(notice.why))),
        since=min(notice.since or notice.held_until or notice.created_at for notice in several),
    )


def _sentences(why: str) -> list[str]:
    """Return sentences, each with its full stop."""
    return [f"{part}." for part in why.removesuffix(".").split(". ") if part]


def _folded(several: Sequence[Notice]) -> tuple[Change, ...]:
    chains: dict[str, list[Change]] = {}
    for notice in several:
        for change in notice.changes:
            chains.setdefault(change.alert.id, []).append(change)
    return tuple(_one(chain) for chain in chains.values())


def _one(chain: Sequence[Change]) -> Change:
    """Return what several changes of one alert come to."""
    first, last = chain[0].reason, chain[-1]
    if last.reason is NoticeReason.RESOLVED:
        return replace(last, reason=NoticeReason.PASSED if first in _UNHEARD else NoticeReason.RESOLVED)
    if last.reason is NoticeReason.PASSED:
        return last
    if first in {NoticeReason.OPENING_BALANCE, NoticeReason.PASSED}:
        return replace(last, reason=NoticeReason.OPENED)
    return replace(last, reason=_strongest([change for change in chain if change.reason is not NoticeReason.RESOLVED]))
