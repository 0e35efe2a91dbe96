"""What did not reach its recipients, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.alerts import words
from monitor.alerts.addressees import HOOK
from monitor.domain import days
from monitor.domain.alerts import Notice, NoticeState

_ENDS = {
    NoticeState.BOUNCED: "could not be delivered and {is_} not tried again",
    NoticeState.UNKNOWN: "may or may not have arrived: the answer was lost twice",
    NoticeState.WAITING: "could not be delivered yet",
}


def sentences(notices: Iterable[Notice], now: datetime, zone: str) -> list[str]:
    """Return a sentence for each recipient and each way in which messages failed; what is only held back is none.

    Days are those of `zone`.
    """
    groups: dict[tuple[str, NoticeState], list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.state in _ENDS and _failed(notice, now):
            groups[notice.recipient, notice.state].append(notice)
    return [_sentence(recipient, state, of, zone) for (recipient, state), of in sorted(groups.items())]


def _failed(notice: Notice, now: datetime) -> bool:
    held = notice.held_until is not None and notice.held_until > now
    return notice.state is not NoticeState.WAITING or (notice.attempts > 0 and not held)


def _sentence(recipient: str, state: NoticeState, of: Sequence[Notice], zone: str) -> str:
    oldest = days.day(min(notice.since or notice.held_until or notice.created_at for notice in of), zone)
    end = _ENDS[state].format(is_="is" if len(of) == 1 else "are")
    detail = f" {of[-1].detail}" if of[-1].detail else ""
    return f"{words.plural(len(of), 'message')} to {named(recipient)} since {words.day(oldest)} {end}.{detail}"


def named(recipient: str) -> str:
    """Return what a recipient is called.

    >>> named("a@example.com"), named("webhook:CHAT")
    ('a@example.com', 'the webhook CHAT')
    """
    return f"the webhook {recipient.removeprefix(HOOK)}" if recipient.startswith(HOOK) else recipient
