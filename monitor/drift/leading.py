"""The brand's lead over a competitor: of the same answers, those that name it minus those that name the other.

Answers to prompts that name either tell nothing of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import strips
from monitor.drift.regimes import Regime
from monitor.drift.strips import Strip

_Place = tuple[str, str, str, str]  # round, prompt, served model, day
_Round = tuple[str, str, str]


def lead(own: Sequence[Strip], other: Sequence[Strip]) -> list[Strip]:
    """Return the lead where answers tell of both."""
    return list(_leads(own, other))


def is_led(own: Sequence[Strip], other: Sequence[Strip]) -> bool:
    """Whether any answer tells of both."""
    return any(True for _ in _leads(own, other))


def _leads(own: Sequence[Strip], other: Sequence[Strip]) -> Iterator[Strip]:
    ours = {_round(strip): strip for strip in own}
    theirs = {_round(strip) for strip in other}
    single = len(ours) == len(own) and len(theirs) == len(other)
    both = [(ours[place], strip) for strip in other if (place := _round(strip)) in ours]
    if single and all(one.places is two.places and one.places.are_apart for one, two in both):
        found = (_minus(one, two) for one, two in both)
        return (strip for strip in found if any(strip.of))
    return _slowly(own, other)


def _round(strip: Strip) -> _Round:
    return strip.round_id, strip.model, strip.day.isoformat()


def _minus(own: Strip, other: Strip) -> Strip:
    told = [bool(one and two) for one, two in zip(own.of, other.of, strict=True)]
    cells = zip(own.hits, other.hits, told, strict=True)
    return own._replace(
        regime=_both(own.regime, other.regime),
        hits=[one - two if is_told else 0 for one, two, is_told in cells],
        of=[number if is_told else 0 for number, is_told in zip(own.of, told, strict=True)],
        answers=[number if is_told else 0 for number, is_told in zip(own.answers, told, strict=True)],
    )


def _both(own: str, other: str) -> str:
    ours, theirs = Regime.parse(own), Regime.parse(other)
    return replace(ours, sheet=f"{ours.sheet}+{theirs.sheet}" if ours.sheet or theirs.sheet else "").text


def _slowly(own: Iterable[Strip], other: Iterable[Strip]) -> Iterator[Strip]:
    """Yield the same where the two were not asked alike: prompt by prompt."""
    ours = {place: (strip, at) for strip in own for at, place in _placed(strip)}
    for strip in other:
        pairs = [(ours[place], at) for at, place in _placed(strip) if place in ours]
        for regime in dict.fromkeys(_both(one.regime, strip.regime) for (one, _), _ in pairs):
            mine = [(one, here, at) for (one, here), at in pairs if _both(one.regime, strip.regime) == regime]
            yield Strip(
                strip.round_id,
                strip.day,
                regime,
                strips.places(
                    tuple(one.places.prompts[here] for one, here, _ in mine),
                    tuple(one.places.words[here] for one, here, _ in mine),
                ),
                [one.hits[here] - strip.hits[at] for one, here, at in mine],
                [one.of[here] for one, here, _ in mine],
                [one.answers[here] for one, here, _ in mine],
            )


def _placed(strip: Strip) -> Iterator[tuple[int, _Place]]:
    model, day = strip.model, strip.day.isoformat()
    for at, (prompt, of) in enumerate(zip(strip.places.prompts, strip.of, strict=True)):
        if of:
            yield at, (strip.round_id, prompt, model, day)


def course(series: Series, tallies: Iterable[Tally], brand: str) -> list[Tally]:
    """Return the lead over one competitor out of the visibility of all."""
    seen = [tally for tally in tallies if replace(tally.series, subject="", topic="") == _seen(series)]
    own, other = ([tally for tally in seen if tally.series.subject == name] for name in (brand, series.subject))
    return strips.tallies(series, lead(strips.of_tallies(own), strips.of_tallies(other)))


def _seen(lead: Series) -> Series:
    return replace(lead, measure=Measure.VISIBILITY, subject="", topic="")
