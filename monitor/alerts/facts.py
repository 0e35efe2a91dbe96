"""What the rules on facts share: a claim with one verdict, in at least two answers over this round and the last."""

from collections.abc import Sequence

from monitor.alerts import checks, quoting, words
from monitor.alerts.checks import Check, Finding, Look
from monitor.domain.alerts import Alert, Quote, Signal, Voice
from monitor.domain.brand import Fact
from monitor.domain.readings import Claim, Reading, Span, Verdict
from monitor.domain.rounds import Observation
from monitor.domain.views import RoundView


def looking(fact_id: str, verdict: Verdict) -> Look:
    """Return the check of one fact: findings are its claims with `verdict`; no verdict at all is no check."""

    def look(reading: Reading) -> tuple[Finding, ...] | None:
        if reading.verdict_on(fact_id) is None:
            return None
        return tuple(
            Finding(
                span=_span(claim),
                marks=claim.marks,
                value=_folded(claim.value),
                hedged=claim.hedged,
                subject=claim.fact,
            )
            for claim in reading.claims
            if claim.fact == fact_id and claim.verdict is verdict
        )

    return look


def _span(claim: Claim) -> Span:
    return Span(start=claim.start, end=claim.end)


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def find(view: RoundView, rule: str, verdict: Verdict) -> list[Signal]:
    """Return a signal for each fact that is said wrong again; a single slip stays in the report."""
    found = (_signal(view, rule, fact, verdict) for fact in view.sheet.facts)
    return [signal for signal in found if signal is not None]


def clean(view: RoundView, alert: Alert, verdict: Verdict) -> bool | None:
    """Whether the fact is said right again; a fact that is no longer on the sheet cannot be checked any more."""
    return checks.clean(view, alert, looking(alert.signal.subject, verdict))


def _signal(view: RoundView, rule: str, fact: Fact, verdict: Verdict) -> Signal | None:
    look = looking(fact.id, verdict)
    current = checks.checks(checks.window(view), look)
    values = list(checks.recurring(current))
    said_now = any(check.observation.round_id == view.round.id and checks.says(check, values) for check in current)
    if not said_now:
        return None
    past = checks.checks(checks.everything(view), look)
    voices = checks.voices(current, past, values, view.interval)
    quotes = quoting.quotes(current, values)
    said = words.said(fact, _as_written(current, fact, values[0]))
    return Signal(
        rule=rule,
        subject=fact.id,
        key=f"{rule}:{fact.id}",
        severity=fact.severity,
        headline=headline(fact, said, voices, asked(checks.window(view)), still=verdict is Verdict.OUTDATED),
        said=said,
        truth=fact.says or f"{words.capital(fact.about)}: {words.truth(fact)}",
        truth_source=fact.source,
        voices=voices,
        quotes=quotes,
        advice=_advice(fact, quotes, verdict),
    )


def _as_written(found: Sequence[Check], fact: Fact, value: str) -> str:
    """Return a value as the newest answer's reading has it, capitals kept."""
    readings = [check.observation.reading for check in reversed(found)]
    claims = [claim for reading in readings if reading for claim in reading.claims if claim.fact == fact.id]
    return next((claim.value for claim in claims if _folded(claim.value) == value), value)


def asked(observations: Sequence[Observation]) -> int:
    """Return how many assistants answered."""
    return len({observation.assistant_id for observation in observations if observation.reading is not None})


def headline(fact: Fact, said: str, voices: Sequence[Voice], assistants: int, *, still: bool = False) -> str:
    """Return the sentence that is also the mail's subject: who says what, and what is true."""
    many = len(voices) > 1
    speaker = speakers(voices, assistants)
    verb = f"{'still ' if still else ''}{'say' if many else 'says'}"
    since = f" since {words.day(fact.since)}" if fact.since else ""
    right = words.cut(words.truth(fact))
    if fact.kind == "flag":
        return f"{speaker} {verb} “{said}” on “{fact.about}”: it is “{right}”{since}"
    be, it = ("are", "they are") if _is_plural(fact) else ("is", "it is")
    return f"{speaker} {verb} your {fact.about} {be} {said}: {it} {right}{since}"


def speakers(voices: Sequence[Voice], assistants: int) -> str:
    """Return who speaks, of how many that answered: "Three of four assistants"."""
    if len(voices) == 1:
        return words.who(voices[0].label)
    if len(voices) >= assistants:
        return words.capital(f"all {words.count(len(voices))} assistants")
    return words.capital(f"{words.count(len(voices))} of {words.count(assistants)} assistants")


def _is_plural(fact: Fact) -> bool:
    return isinstance(fact.value, tuple) and fact.about.endswith("s")


def _advice(fact: Fact, quotes: Sequence[Quote], verdict: Verdict) -> tuple[str, ...]:
    cited = list(dict.fromkeys(url for quote in quotes for url in quote.cited))
    lines = []
    if cited:
        lines.append(f"Look at {cited[0]}: it is cited beside the claim; nobody has checked yet what it says.")
    if verdict is Verdict.OUTDATED:
        lines.append("Look for old pages of yours and of partners that still show the former value, and date them.")
    if fact.source:
        lines.append(f"See that {fact.source} says it in one plain sentence near its top.")
    else:
        lines.append("Publish the right value in one plain sentence on a page of yours, and name it as `source`.")
    lines.append("If the assistants are right, mend your fact sheet: the stored answers are then read again.")
    return tuple(lines)
