"""What the rules on facts share: a claim with one verdict that is more than a slip."""

from collections.abc import Sequence
from functools import cache

from monitor.alerts import checks, clearing, indexed, quoting, sheet, words
from monitor.alerts.checks import Check, Finding, Look
from monitor.alerts.questions import Heard, Question
from monitor.domain import holding
from monitor.domain.alerts import Alert, Cleared, Quote, Signal, Voice
from monitor.domain.brand import Fact
from monitor.domain.readings import Claim, Reading, Span, Verdict
from monitor.domain.views import RoundView


@cache
def looking(fact_id: str, verdict: Verdict) -> Look:
    """Return the check of one fact: findings are its claims with `verdict`; no verdict at all is no check."""

    def look(reading: Reading) -> tuple[Finding, ...] | None:
        if not reading.is_checkable_on(fact_id):
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

    return Look(look, fact_id)


def _span(claim: Claim) -> Span:
    return Span(start=claim.start, end=claim.end)


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def questions(view: RoundView, rule: str, verdict: Verdict) -> list[Question]:
    """Return what answers are held against: each fact of the sheet."""
    return [_question(rule, fact, verdict) for fact in view.sheet.facts]


def _question(rule: str, fact: Fact, verdict: Verdict) -> Question:
    still = verdict is Verdict.OUTDATED

    def single(view: RoundView, value: str, saying: Sequence[Check]) -> str:
        heard = checks.voices(saying, saying, [value], view.interval)
        said = words.said(fact, _as_written(saying, fact, value))
        return headline(_then(view, fact), said, heard, asked(view), still=still)

    return Question(
        rule=rule,
        subject=fact.id,
        severity=fact.severity,
        look=looking(fact.id, verdict),
        write=lambda view, heard: _signal(view, rule, fact, heard, verdict),
        headline=single,
    )


def _then(view: RoundView, fact: Fact) -> Fact:
    """Return the fact as it held on the round's day: that is what its answers are held against."""
    return holding.on(fact, view.day(view.round.opened_at))


def clean(view: RoundView, alert: Alert, verdict: Verdict) -> bool | None:
    """Whether the fact is said right again; a fact that is no longer on the sheet cannot be checked any more."""
    return clearing.clean(view, alert, looking(alert.signal.subject, verdict))


def evidence(view: RoundView, alert: Alert, verdict: Verdict) -> Cleared:
    """Return the clean answers since the last wrong one, and the right statement where it was made."""
    fact = alert.signal.subject
    return clearing.cleared(view, alert, looking(fact, verdict), right=looking(fact, Verdict.SUPPORTED))


def _signal(view: RoundView, rule: str, fact: Fact, heard: Heard, verdict: Verdict) -> Signal:
    voices = checks.voices(heard.current, heard.past, heard.values, view.interval, heard.extra)
    quotes = quoting.quotes([*heard.current, *heard.extra], heard.values)
    said = words.said(fact, _as_written(heard.current, fact, heard.values[0]))
    then = _then(view, fact)
    told = headline(then, said, voices, asked(view), still=verdict is Verdict.OUTDATED)
    doubt = sheet.doubt(view, fact, said, heard)
    return Signal(
        rule=rule,
        subject=fact.id,
        key=f"{rule}:{fact.id}",
        severity=fact.severity,
        headline=f"Check your sheet first: {told[:1].lower()}{told[1:]}" if doubt else told,
        said=said,
        truth=then.says or f"{words.capital(then.about)}: {words.truth(then)}",
        truth_source=fact.source,
        voices=voices,
        quotes=quotes,
        advice=(*([sheet.ADVICE] if doubt else []), *_advice(fact, quotes, verdict)),
        values=heard.values,
        confirmed=heard.grounds,
        sheet_first=doubt,
    )


def _as_written(found: Sequence[Check], fact: Fact, value: str) -> str:
    """Return a value as the newest answer's reading has it, capitals kept."""
    readings = [check.observation.reading for check in reversed(found)]
    claims = [claim for reading in readings if reading for claim in reading.claims if claim.fact == fact.id]
    return next((claim.value for claim in claims if _folded(claim.value) == value), value)


def asked(view: RoundView) -> int:
    """Return how many assistants answered in this round and the last."""
    return len({seen.assistant_id for seen in indexed.window(view) if seen.reading is not None})


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
        return words.capital(words.every(len(voices), "assistant"))
    return words.capital(f"{words.count(len(voices))} of {words.count(assistants)} assistants")


def _is_plural(fact: Fact) -> bool:
    """Whether a sentence on the fact speaks of several: "founders" of a set, "seats in the Pro plan" of seats."""
    if isinstance(fact.value, tuple):
        return fact.about.endswith("s")
    unit = fact.unit.casefold()
    return unit.endswith("s") and fact.about.casefold().split()[:1] == [unit]


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
