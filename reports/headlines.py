"""How a message is called: its subject, its headline, and which of its findings comes first."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from monitor.domain.alerts import Change, Notice, NoticeReason
from monitor.domain.brand import Severity
from reports import rulewords, words
from reports.plain import one_line

_LONGEST = 160  # characters of a subject

STATUS = {
    NoticeReason.OPENING_BALANCE: "",
    NoticeReason.OPENED: "New",
    NoticeReason.WORSENED: "Worse than before",
    NoticeReason.REOPENED: "Back again",
    NoticeReason.REMINDER: "Still open",
    NoticeReason.PASSED: "Came and went",
    NoticeReason.RESOLVED: "Resolved",
}  # in the order in which a mail tells what weighs the same
_PREFIX = {
    NoticeReason.WORSENED: "Worse: ",
    NoticeReason.REOPENED: "Back again: ",
    NoticeReason.REMINDER: "Still open: ",
    NoticeReason.PASSED: "Came and went: ",
    NoticeReason.RESOLVED: "Resolved: ",
}
OVER = frozenset({NoticeReason.RESOLVED, NoticeReason.PASSED})
_NEWS = frozenset({NoticeReason.OPENED, NoticeReason.WORSENED, NoticeReason.REOPENED})
_OF_MANY = "silent_assistant"  # one finding tells of several assistants where most are silent
_WEIGHT = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


def urgency(change: Change) -> tuple[int, int, int]:
    """Return what orders the findings of a message: news first, whatever kind of news, and the most severe of it."""
    place = list(STATUS).index(change.reason)
    return 0 if change.reason in _NEWS else place, _WEIGHT[change.alert.signal.severity], place


def first(changes: Sequence[Change]) -> int:
    """Return how many findings are told in full: beside news, the others get a line each."""
    news = sum(change.reason in _NEWS for change in changes)
    return news or len(changes)


def headline(notice: Notice, changes: Sequence[Change]) -> str:
    """Return what the mail says in one sentence; `changes` in the order of their urgency."""
    if notice.reason is NoticeReason.OPENING_BALANCE:
        return f"How AI assistants portray {notice.brand}: where we start"
    if len(changes) == 1:
        return told(changes[0])
    numbers = Counter(change.reason for change in changes)
    if set(numbers) == {NoticeReason.RESOLVED}:
        return f"{len(changes)} findings about {notice.brand} are resolved"
    parts = [f"{numbers[reason]} {STATUS[reason].lower()}" for reason in STATUS if numbers[reason]]
    minor = all(change.alert.signal.severity is Severity.MINOR for change in changes)
    return f"{'Minor findings' if minor else 'Findings'} about {notice.brand}: {words.joined(parts)}"


def subject(notice: Notice, changes: Sequence[Change], headed: str) -> str:
    """Return the subject; `headed`: the mail's headline."""
    if notice.reason is NoticeReason.OPENING_BALANCE:
        return one_line(headed, _LONGEST)
    if not changes or (len(changes) > 1 and changes[0].reason not in _NEWS):
        return one_line(headed, _LONGEST)
    prefix, more = _PREFIX.get(changes[0].reason, ""), _more(changes[1:])
    return one_line(prefix + told(changes[0]), _LONGEST - len(more)) + more


def _more(others: Sequence[Change]) -> str:
    """Return what else there is, good news apart: " (and 2 more, 1 resolved)"."""
    over = sum(change.reason in OVER for change in others)
    parts = [f"{len(others) - over} more"] if len(others) > over else []
    parts += [f"{over} resolved"] if over else []
    return f" (and {', '.join(parts)})" if parts else ""


def told(change: Change) -> str:
    """Return a finding's sentence; in quotation marks where it is over, since it no longer says what is."""
    said = sentence(change.alert.signal.headline)
    return f"\u201c{said}\u201d" if change.reason in OVER else said


def sentence(said: str) -> str:
    """Return a finding's sentence on one line and without its full stop."""
    return one_line(said).rstrip(".") or "A finding"


def summary(changes: Sequence[Change]) -> str:
    """Return what stands, by kind, or what is over where nothing does: '2 wrong facts and 1 new statement'."""
    standing = [change for change in changes if change.reason not in OVER]
    numbers: dict[str, int] = defaultdict(int)
    for change in standing or changes:
        signal = change.alert.signal
        numbers[signal.rule] += max(len(signal.voices), 1) if signal.rule == _OF_MANY else 1
    return words.joined(
        [words.count(n, rulewords.of(rule).noun, words.plural(rulewords.of(rule).noun)) for rule, n in numbers.items()]
    )
