"""The answers behind a number: those that it counts and no others, with what each adds to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from monitor import pipeline
from monitor.alerts import dismissals
from monitor.domain.measures import Measure, Rate
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.rounds import AttemptState, Observation
from monitor.domain.search import Cursor, Hit, Hits, Number, OfSubject, Side, Wanted
from monitor.drift import counted, regimes
from monitor.drift.cited import Retrieved
from monitor.pipeline import House, retrieving
from storage import answers, reviews, search
from storage.store import Transaction

MOST = 4_000  # answers looked at
_AT_ONCE = 500
_MISSED = frozenset({AttemptState.MISSED, AttemptState.UNKNOWN})


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One page of the answers behind a number, and what all of them come to."""

    hits: Hits
    found: int  # answers on the side that is looked for
    answers: int  # that the number counts
    rate: Rate  # what they come to
    whole: bool  # False: there is more than was looked at
    adds: Mapping[str, Rate]  # probe -> what it adds


_Counted = tuple[Hit, Rate]


def behind(house: House, wanted: Wanted, number: Number, *, after: Cursor | None = None, limit: int = 40) -> Behind:
    """Return the answers that a number counts among those that are `wanted`, the newest first."""
    wanted = replace(
        wanted,
        asked=number.measure in counted.OF_PROBES,
        source=number.subject if number.of_subject is OfSubject.RETRIEVED else "",
    )
    with house.store.snapshot() as tx:
        seen, whole = _looked_at(house, tx, wanted)
        known = _observed(house, tx, [hit for hit in seen if hit.answer_id])
        made_of = retrieving.domains(house, tx, known.values()) if wanted.source else {}
    adding = partial(_adds, house, wanted, number, made_of)
    added = [(hit, rate) for hit in seen if (rate := adding(hit, known.get(hit.answer_id)))]
    mine = [pair for pair in added if _is_on(number, pair[1])]
    return replace(
        _page(mine, after, limit),
        found=len(mine),
        answers=len(added),
        rate=Rate(hits=sum(rate.hits for _, rate in added), of=sum(rate.of for _, rate in added)),
        whole=whole,
    )


def _page(found: list[_Counted], after: Cursor | None, limit: int) -> Behind:
    left = [pair for pair in found if after is None or _place(pair[0]) < (after.asked_at, after.probe_id)]
    shown = left[:limit]
    more = Cursor(asked_at=shown[-1][0].asked_at, probe_id=shown[-1][0].probe_id) if len(left) > limit else None
    hits = Hits(hits=tuple(hit for hit, _ in shown), more=more)
    adds = {hit.probe_id: rate for hit, rate in shown}
    return Behind(hits=hits, found=0, answers=0, rate=Rate(hits=0, of=0), whole=True, adds=adds)


def _place(hit: Hit) -> tuple[object, ...]:
    return hit.asked_at, hit.probe_id


def _looked_at(house: House, tx: Transaction, wanted: Wanted) -> tuple[list[Hit], bool]:
    """Return the newest answers that are wanted, and whether these are all."""
    # By the worst verdict of an answer, after reviews: which the measures say, and not the search.
    broad = replace(wanted, verdict=None)
    named = pipeline.naming(house.settings)
    seen: list[Hit] = []
    after: Cursor | None = None
    while len(seen) < MOST:
        page = search.find(tx, house.settings.brand, broad, label=named, after=after, limit=_AT_ONCE)
        seen += page.hits
        after = page.more
        if after is None:
            return seen, True
    return seen, False


def _observed(house: House, tx: Transaction, hits: list[Hit]) -> dict[str, Observation]:
    brand = house.settings.brand
    seen = answers.observations(tx, brand, answer_ids=[hit.answer_id for hit in hits])
    return {one.answer_id: one for one in dismissals.without(seen, reviews.dismissed(tx, brand))}


def _adds(  # noqa: PLR0917 -- what is looked for, and in what
    house: House, wanted: Wanted, number: Number, made_of: Retrieved, hit: Hit, one: Observation | None
) -> Rate | None:
    """Return what a probe adds to the number; None where it is not counted."""
    if one is None:
        return _missed(house, number, hit) if wanted.asked else None
    if wanted.verdict and wanted.verdict not in _worst(one, wanted.fact):
        return None
    if (number.wording and number.wording != regimes.digest(one.prompt.text)) or (number.unnamed and one.prompt.names):
        return None
    if number.of_subject is None:
        return counted.adds(one, house.settings.sheet, number.measure, number.subject)
    ways: Mapping[OfSubject, Callable[[], Rate | None]] = {
        OfSubject.BESIDE_WRONG: lambda: counted.beside_wrong(one, number.subject),
        OfSubject.RETRIEVED: lambda: counted.retrieved(one, number.subject, made_of.get(one.answer_id, ())),
        OfSubject.CITATIONS: lambda: counted.citations(one, number.subject),
        OfSubject.SOURCE: lambda: counted.source(one, number.subject, wanted.fact),
        OfSubject.STATED: lambda: counted.stated(one, number.subject),
    }
    return ways[number.of_subject]()


def _worst(one: Observation, fact: str) -> Iterator[Verdict]:
    """Yield the worst verdict on each fact that is spoken of."""
    reading = one.reading
    for about in {claim.fact for claim in reading.claims} if reading else ():
        if reading and fact in {"", about}:
            yield reading.verdict_on(about) or Verdict.UNVERIFIED


def _missed(house: House, number: Number, hit: Hit) -> Rate | None:
    """Return what a probe without an answer adds to a rate of what was asked."""
    leading = {prompt.id for prompt in house.settings.prompts if prompt.leading}
    if not hit.kind.in_series or hit.prompt_id in leading:
        return None
    is_hit = {
        "refusal_rate": hit.state is AttemptState.REFUSED,
        "miss_rate": hit.state in _MISSED or hit.outcome is Outcome.EMPTY,
    }
    return Rate(hits=is_hit.get(str(number.measure), False), of=1)


def _is_on(number: Number, rate: Rate) -> bool:
    if number.side is Side.ALL:
        return True
    # An answer with several checked statements is right where all of them are.
    enough = rate.of if number.measure is Measure.ACCURACY else 1
    return (rate.hits >= enough) is (number.side is Side.HITS)
