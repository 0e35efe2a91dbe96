"""When a finding is gone, and the evidence for it: how many answers were clean since, and the right statement."""

import math
from collections.abc import Sequence

from monitor.alerts import checks, indexed, quoting
from monitor.alerts.checks import Check, Look
from monitor.domain.alerts import Alert, Cleared, Quote, Voice
from monitor.domain.views import RoundView

# Rounds with a check and without a finding that close an alert.
CLEAN_ROUNDS = 2
# ... and the clean answers must be so many that the old rate would leave none of them wrong at most this often.
_BY_CHANCE = 0.05
_QUOTES = 2


def clean(view: RoundView, alert: Alert, look: Look) -> bool | None:
    """Whether an alert's finding is gone; None where its assistants were not checked on it in this round.

    Gone means: each assistant that said it was checked in two rounds since and was clean, in so many answers that the
    old rate would hardly have spared them all. Not asked never resolves.
    """
    names = {voice.assistant_id: voice for voice in alert.signal.voices}
    found = [check for check in indexed.ever(view, look) if check.observation.assistant_id in names]
    if not any(check.observation.round_id == view.round.id for check in found):
        return None
    groups = {name: [check for check in found if check.observation.assistant_id == name] for name in names}
    return all(_gone(group, names[name]) for name, group in groups.items() if group)


def _gone(found: Sequence[Check], voice: Voice) -> bool:
    dirty = {check.observation.round_id for check in found if check.findings}
    last = max((check.at for check in found if check.findings), default=None)
    since = [c for c in found if c.observation.round_id not in dirty and (last is None or c.at > last)]
    rounds = {check.observation.round_id for check in since}
    return len(rounds) >= CLEAN_ROUNDS and len(since) >= enough(voice.rate.value or 0.0)


def enough(rate: float) -> int:
    """Return how many clean answers the old rate makes unlikely.

    >>> [enough(rate) for rate in (0.0, 0.25, 0.5, 1.0)]
    [1, 11, 5, 1]
    """
    if rate <= 0 or rate >= 1:
        return 1
    return math.ceil(math.log(_BY_CHANCE) / math.log1p(-rate))


def cleared(view: RoundView, alert: Alert, look: Look, *, right: Look | None = None) -> Cleared:
    """Return each assistant's clean answers since it last said it; `right` finds what it says instead."""
    names = {voice.assistant_id for voice in alert.signal.voices}
    found = [one for one in indexed.ever(view, look) if one.observation.assistant_id in names]
    since = _clean_since(found)
    return Cleared(voices=checks.clean_voices(since, view.interval), quotes=_right(view, since, right) if right else ())


def _clean_since(found: list[Check]) -> list[Check]:
    last = {one.observation.assistant_id: one.at for one in found if one.findings}
    since = (one for one in found if not one.findings)
    return [one for one in since if (at := last.get(one.observation.assistant_id)) is None or one.at > at]


def _right(view: RoundView, since: list[Check], look: Look) -> tuple[Quote, ...]:
    said = checks.checks((one.observation for one in since), look)
    values = {finding.value for one in said for finding in one.findings if not finding.hedged}
    chosen = [check.observation for check in quoting.chosen(said, values, most=_QUOTES)]
    fetched = view.fetch([one.answer_id for one in chosen if not one.text])
    whole = (fetched.get(one.answer_id, one) for one in chosen)
    return quoting.quotes(checks.checks((one for one in whole if one.text), look), values, most=_QUOTES)
