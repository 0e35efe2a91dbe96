"""Who else looked at a finding: a judge, or a person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.domain.alerts import Change, Signal
from monitor.domain.opinions import Agreement, Opinion
from monitor.domain.reviews import Decision
from monitor.domain.wording import Wording


def told(change: Change, opinions: Iterable[Opinion], decided: Mapping[Wording, Decision]) -> Change:
    """Return the change with what others say about the findings that it quotes."""
    signal = change.alert.signal
    said = [*_persons(signal, decided), *_judges(signal, opinions)]
    return replace(change, alert=replace(change.alert, signal=replace(signal, checked="; ".join(said))))


def _persons(signal: Signal, decided: Mapping[Wording, Decision]) -> list[str]:
    words = {wording for quote in signal.quotes for wording in quote.wordings}
    confirmed = any(decided.get(wording) is Decision.CONFIRMED for wording in words)
    return ["confirmed by a person"] if confirmed else []


def _judges(signal: Signal, opinions: Iterable[Opinion]) -> list[str]:
    """Return what each judge says, in its newest opinions on the findings quoted."""
    quoted = {(quote.answer_id, wording) for quote in signal.quotes for wording in quote.wordings}
    newest: dict[str, dict[str, Agreement]] = {}
    for opinion in sorted(opinions, key=lambda opinion: opinion.asked_at):
        question = opinion.question
        if (question.answer_id, question.wording) in quoted:
            newest.setdefault(opinion.model, {})[question.id] = opinion.agreement
    return [f"second opinion by {model}: {_in_words(Counter(said.values()))}" for model, said in newest.items()]


def _in_words(said: Counter[Agreement]) -> str:
    """Return one word where all findings fared alike, else how many did.

    >>> _in_words(Counter({Agreement.AGREES: 2})), _in_words(Counter({Agreement.AGREES: 2, Agreement.DISAGREES: 1}))
    ('agrees', 'agrees on 2 of 3 quotes, disagrees on 1')
    """
    if len(said) == 1:
        return next(iter(said)).value
    of = sum(said.values())
    agrees, disagrees = said[Agreement.AGREES], said[Agreement.DISAGREES]
    return f"agrees on {agrees} of {of} quotes" + (f", disagrees on {disagrees}" if disagrees else "")
