"""The evidence by which a finding is closed: how many answers were clean since, and the right statement."""

from monitor.alerts import checks, quoting
from monitor.alerts.checks import Check, Look
from monitor.domain.alerts import Alert, Cleared, Quote
from monitor.domain.views import RoundView

_QUOTES = 2


def cleared(view: RoundView, alert: Alert, look: Look, *, right: Look | None = None) -> Cleared:
    """Return each assistant's clean answers since it last said it; `right` finds what it says instead."""
    names = {voice.assistant_id for voice in alert.signal.voices}
    found = [one for one in checks.checks(checks.everything(view), look) if one.observation.assistant_id in names]
    since = _clean_since(found)
    return Cleared(voices=checks.clean_voices(since, view.interval), quotes=_right(since, right) if right else ())


def _clean_since(found: list[Check]) -> list[Check]:
    last = {one.observation.assistant_id: one.at for one in found if one.findings}
    since = (one for one in found if not one.findings)
    return [one for one in since if (at := last.get(one.observation.assistant_id)) is None or one.at > at]


def _right(since: list[Check], look: Look) -> tuple[Quote, ...]:
    said = checks.checks((one.observation for one in since), look)
    values = {finding.value for one in said for finding in one.findings if not finding.hedged}
    return quoting.quotes(said, values, most=_QUOTES)
