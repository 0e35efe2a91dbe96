"""Numbers into words, so that every mail, report and table says them the same way."""

import re
from collections.abc import Sequence
from decimal import Decimal

from monitor.domain.alerts import Voice
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series
from reports.called import kind, measure, miss, outcome, reason, surface, verdict
from reports.days import clock, day, moment, period

__all__ = [
    "behind", "capital", "clock", "count", "day", "estimate", "interval", "joined", "kind", "measure", "miss",
    "moment", "money", "number", "outcome", "percent", "period", "plural", "rate", "reason", "signed",
    "support_of", "surface", "value_of", "verdict", "voice",
]  # fmt: skip

_HEAD = re.compile(r"(.+?)( (?:in|of|beside) .+)")
NOT_MEASURED = "not measured"
MACHINE = "Read by machine, not reviewed."
APIS = "Asked through the vendors' APIs; a person using the app may see other answers."
PARTLY = "Read by machine, not reviewed except where it says so."
CHECKED = "Read by machine; who else looked at it is said beside each finding."
DISMISS = "Is it misread? Dismiss it on the page Review, or with: likeness review. The same words do not alarm again."
DISMISS_THERE = "Is it misread? Dismiss it on its page; the same words do not alarm again."
AS_GOOD = "as good as"
AS_GOOD_AS = (
    "Answers to one question resemble each other: n = 90 (as good as 15) tells no more than 15 that do not. Intervals "
    "are for all questions of the kind, so wide with one question; the page Prompts has those of each by itself."
)
UNEVEN = (
    "n differs between the names: questions that hold a name do not count for it, and do for the others, which they "
    "may bring up more often. Compare with care; the lead over a competitor counts the same questions for both."
)
BESIDE = "Cited beside it, not checked"

_NOUNS = {
    Measure.SHARE_OF_VOICE: "mentions",
    Measure.CITATION_SHARE: "citations",
    Measure.ACCURACY: "checked statements",
    Measure.WRONG_RATE: "answers that speak of it",
    Measure.CONTRADICTED_RATE: "answers that speak of it",
    Measure.OUTDATED_RATE: "answers that speak of it",
    Measure.CITATION_RATE: "answers that searched",
    Measure.CITED: "answers that searched",
    Measure.NET_STANCE: "answers with a stance",
    Measure.REFUSAL_RATE: "questions",
    Measure.MISS_RATE: "questions",
    Measure.CUT_OFF_RATE: "questions",
}

_ANSWERS = "answers"
_SIGNED = frozenset({Measure.NET_STANCE, Measure.LEAD})  # from -100 to +100
_REPEATS = 3  # from so many answers for one on, n itself would mislead
_NEARLY = 0.9  # of a value: a fall by more is one to about nothing
_PLACES = frozenset({Measure.POSITION, Measure.LIST_RANK})  # plain numbers, counted from 1


def voice(of: Voice, series: Series | None = None, counts: str = "") -> str:
    """Return an assistant's part in a finding as a phrase, in the unit of the measure that it is about.

    `counts` names the answers that are counted, where these are not all answers.
    """
    if series is None or series.measure not in _SIGNED | _PLACES:
        return rate(of.rate, of.interval, counts if counts and of.noun == _ANSWERS else of.noun)
    unit = "" if series.measure in _PLACES else "%"
    answers = round(of.rate.of)
    return estimate(
        Estimate(series=series, rate=of.rate, interval=of.interval, answers=answers, prompts=answers, unit=unit)
    )


def percent(share: float) -> str:
    """Return a share 0..1 in whole percent; what is not quite none or all never looks like it.

    >>> [percent(x) for x in (0, 0.001, 0.7, 0.999, 1)]
    ['0 %', '<1 %', '70 %', '>99 %', '100 %']
    """
    rounded = round(share * 100)
    if rounded == 0 and share > 0:
        return "<1 %"
    if rounded == 100 and share < 1:  # noqa: PLR2004  -- a hundred percent
        return ">99 %"
    return f"{rounded} %"


def number(value: float) -> str:
    """Return a number without needless decimals.

    >>> number(1234.0), number(2.56)
    ('1,234', '2.6')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def count(value: float, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count(0, "answer"), count(1, "answer"), count(2, "answer")
    ('no answers', '1 answer', '2 answers')
    """
    if value == 1:
        return f"1 {noun}"
    return f"{number(value) if value else 'no'} {plural or noun + 's'}"


def plural(noun: str) -> str:
    """Return a noun for several of it.

    >>> plural("wrong fact"), plural("drop in visibility"), plural("source of a wrong fact")
    ('wrong facts', 'drops in visibility', 'sources of a wrong fact')
    """
    found = _HEAD.match(noun)
    return f"{found[1]}s{found[2]}" if found else f"{noun}s"


def interval(of: Interval | None, *, unit: str = "%", scale: float = 100) -> str:
    """Return '95 % interval 40-89 %', or why there is none."""
    if of is None:
        return "too few to give an interval"
    level = f"{round(of.level * 100)} % interval"
    if unit == "%":
        return f"{level} {round(of.low * 100)}-{round(of.high * 100)} %"
    if unit == "signed":
        return f"{level} {signed(of.low * scale)} to {signed(of.high * scale)}"
    return f"{level} {_plain(of.low * scale)} to {_plain(of.high * scale)}"


def rate(of: Rate, within: Interval | None = None, noun: str = "answers") -> str:
    """Return a share as a phrase.

    >>> rate(Rate(hits=7, of=10), Interval(low=0.397, high=0.892))
    '7 of 10 answers (70 %, 95 % interval 40-89 %)'
    >>> rate(Rate(hits=0, of=0))
    'not measured'
    """
    if of.value is None:
        return NOT_MEASURED
    return f"{number(of.hits)} of {number(of.of)} {noun} ({percent(of.value)}, {interval(within)})"


def estimate(of: Estimate) -> str:
    """Return an estimate as a phrase with its n and interval."""
    measure, value = of.series.measure, of.rate.value
    if value is None:
        return NOT_MEASURED
    if measure is Measure.LEAD:
        within = interval(of.interval, unit="signed")
        return f"{signed(value * 100)} points ({_base(of)}, {within})"
    if measure in _SIGNED:
        within = interval(of.interval, unit="signed")
        return f"{signed(value * 100)} on a scale from -100 to +100 ({_base(of)}, {within})"
    if of.unit != "%":
        return f"{_plain(value)} on average ({_base(of)}, {interval(of.interval, unit='', scale=1)})"
    return rate(of.rate, of.interval, _NOUNS.get(measure, "answers"))


def behind(measure: Measure, of: Rate) -> str:
    """Return what answers come to, as hits of units, or on average.

    >>> behind(Measure.VISIBILITY, Rate(hits=10, of=50)), behind(Measure.POSITION, Rate(hits=5, of=2))
    ('10 of 50 answers (20 %)', '2.5 on average over 2 answers')
    """
    noun, value = _NOUNS.get(measure, "answers"), of.value or 0
    if measure in _SIGNED:
        return f"{signed(value * 100)} over {number(of.of)} {noun}"
    if measure in _PLACES:
        return f"{_plain(value)} on average over {number(of.of)} {noun}"
    return f"{number(of.hits)} of {number(of.of)} {noun} ({percent(value)})"


def value_of(of: Estimate) -> str:
    """Return the bare value of an estimate for a table's cell."""
    value = of.rate.value
    if value is None:
        return NOT_MEASURED
    if of.series.measure in _SIGNED:
        return signed(value * 100)
    return percent(value) if of.unit == "%" else _plain(value)


def support_of(of: Estimate) -> str:
    """Return what stands under the value in a cell: the interval's bounds and n.

    >>> from monitor.domain.answers import Surface
    >>> from monitor.domain.measures import Series
    >>> s = Series(measure=Measure.VISIBILITY, assistant_id="a", surface=Surface.API)
    >>> support_of(Estimate(series=s, rate=Rate(hits=7, of=10), interval=None, answers=10, prompts=5))
    'no interval yet, n = 10'
    """
    if of.rate.value is None:
        return ""
    if of.interval is None:
        return f"no interval yet, n = {number(of.rate.of)}"
    scale = 1 if of.unit != "%" and of.series.measure not in _SIGNED else 100
    low, high = of.interval.low * scale, of.interval.high * scale
    counted = f"n = {number(of.rate.of)}{_worth(of)}"
    if of.unit == "%" and of.series.measure not in _SIGNED:
        return f"{round(low)}-{round(high)} %, {counted}{_reach(of)}"
    ends = f"{signed(low)} to {signed(high)}" if of.series.measure in _SIGNED else f"{_plain(low)} to {_plain(high)}"
    return f"{ends}, {counted}"


def _worth(of: Estimate) -> str:
    """Return how few different answers would tell as much, where answers repeat each other so far that it matters."""
    worth = of.interval.worth if of.interval else None
    return "" if worth is None or worth * _REPEATS > of.rate.of else f" ({AS_GOOD} {max(round(worth), 1)})"


def _reach(of: Estimate) -> str:
    """Return how small a fall would show; nothing where that is not known."""
    if of.detectable is None or not of.rate.value:
        return ""
    if of.detectable >= of.rate.value:
        return ", no fall would show yet"
    points = max(round(of.detectable * 100), 1)
    if of.detectable > _NEARLY * of.rate.value or points >= round(of.rate.value * 100):
        return ", only a fall to nothing would show"
    return f", a fall of {count(points, 'point')} would show"


def signed(value: float) -> str:
    """Return a rounded number with its sign.

    >>> signed(34.6), signed(-3), signed(0)
    ('+35', '-3', '0')
    """
    rounded = round(value)
    return f"{rounded:+d}" if rounded else "0"


def _base(of: Estimate) -> str:
    return f"n = {number(of.rate.of)} {_NOUNS.get(of.series.measure, 'answers')}"


def _plain(value: float) -> str:
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded.is_integer() else f"{rounded:,.1f}"


def joined(parts: Sequence[str]) -> str:
    """Return a list as people write it.

    >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(parts) < 2:  # noqa: PLR2004  -- one or none needs no "and"
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def money(amount: Decimal | None, currency: str = "USD") -> str:
    """Return an amount with its currency.

    >>> money(Decimal("1.5")), money(None)
    ('USD 1.50', 'not known')
    """
    return "not known" if amount is None else f"{currency} {amount:,.2f}"


def capital(sentence: str) -> str:
    """Return the sentence with a first capital, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]
