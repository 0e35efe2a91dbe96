"""The brand's visibility at one assistant fell, and the fall passed the test of `monitor/drift`."""

from datetime import timedelta

from monitor.alerts import words
from monitor.alerts.rule import Rule
from monitor.domain.alerts import Alert, Signal, Voice
from monitor.domain.brand import Severity
from monitor.domain.measures import Estimate, Measure, Shift
from monitor.domain.rounds import AttemptState, Observation
from monitor.domain.views import RoundView

NAME = "visibility_drop"

# A shift found longer ago is history: it is in the report, and does not open an alert again.
_FRESH = timedelta(days=7)


def _find(view: RoundView) -> list[Signal]:
    """Return fresh drops; an assistant that did not answer in this round gives none."""
    heard = {observation.assistant_id for observation in view.observations if _tells(view, observation)}
    found = (_latest(view, name) for name in sorted(heard))
    return [_signal(view, shift) for shift in found if shift is not None and _fell(shift) and _is_fresh(view, shift)]


def _tells(view: RoundView, observation: Observation) -> bool:
    """Whether an answer can tell of the brand's visibility."""
    named = view.sheet.brand.name in observation.prompt.names
    return observation.state is AttemptState.ANSWERED and observation.counts and not named


def _latest(view: RoundView, assistant: str) -> Shift | None:
    brand = view.sheet.brand.name
    own = [s for s in view.shifts if s.series.assistant_id == assistant and s.series.subject == brand]
    seen = [shift for shift in own if shift.series.measure is Measure.VISIBILITY and not shift.series.topic]
    return max(seen, key=lambda shift: (shift.found or shift.since, shift.since), default=None)


def _fell(shift: Shift) -> bool:
    return (shift.after.rate.value or 0) < (shift.before.rate.value or 0)


def _is_fresh(view: RoundView, shift: Shift) -> bool:
    return view.now.date() - (shift.found or shift.since) <= _FRESH


def _signal(view: RoundView, shift: Shift) -> Signal:
    name = shift.series.assistant_id
    probe = next(observation for observation in view.observations if observation.assistant_id == name)
    label = probe.assistant_label or name
    before, after = (words.share(estimate.rate.value or 0) for estimate in (shift.before, shift.after))
    cause = f", {shift.cause}" if shift.cause else f" since {words.day(shift.since)}"
    return Signal(
        rule=NAME,
        subject=name,
        key=f"{NAME}:{name}",
        severity=Severity.MAJOR,
        headline=f"{words.who(label)} names {view.sheet.brand.name} less often: {before} → {after} of answers{cause}",
        said=f"Named in {_in_words(shift.after)} since {words.day(shift.since)}.",
        truth=f"Before: named in {_in_words(shift.before)}. {_evidence(shift)}",
        voices=(_voice(view, probe, shift),),
        advice=(
            "See in the report which prompts lost the name, and who is named there instead.",
            "Compare the pages cited now with those cited before: a lost source is the usual cause.",
        ),
    )


def _in_words(estimate: Estimate) -> str:
    value = words.share(estimate.rate.value or 0)
    if estimate.interval is None:
        return f"{value} of {words.plural(estimate.answers, 'answer')}"
    low, high = words.share(estimate.interval.low), words.share(estimate.interval.high)
    return f"{value} of {words.plural(estimate.answers, 'answer')} (95 % interval {low} to {high})"


def _evidence(shift: Shift) -> str:
    return f"Test: {shift.test}; evidence {shift.evidence:,.0f} to 1."


def _voice(view: RoundView, probe: Observation, shift: Shift) -> Voice:
    told = [seen for seen in view.history if seen.assistant_id == probe.assistant_id and _tells(view, seen)]
    return Voice(
        assistant_id=probe.assistant_id,
        label=probe.assistant_label or probe.assistant_id,
        surface=probe.surface,
        model=probe.model,
        rate=shift.after.rate,
        interval=shift.after.interval,
        first_seen=min((seen.asked_at for seen in told if seen.asked_at.date() >= shift.since), default=None),
        last_clean=max((seen.asked_at for seen in told if seen.asked_at.date() < shift.since), default=None),
    )


def _clean(view: RoundView, alert: Alert) -> bool | None:
    """Only a rise that passed the same test closes it; None where the assistant gave no answer that could tell."""
    name = alert.signal.subject
    if not any(seen.assistant_id == name and _tells(view, seen) for seen in view.observations):
        return None
    latest = _latest(view, name)
    return latest is not None and not _fell(latest) and (latest.found or latest.since) >= alert.opened_at.date()


RULE = Rule(name=NAME, find=_find, clean=_clean)
