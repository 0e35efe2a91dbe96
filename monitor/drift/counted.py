"""What one answer adds to a number: which answers stand behind it follows from the measures' own definitions."""

from collections.abc import Collection
from dataclasses import replace

from monitor.domain.brand import FactSheet
from monitor.domain.measures import Measure, Rate
from monitor.domain.readings import Reading
from monitor.domain.rounds import Observation
from monitor.drift import cited, measures

# Counted over everything that was asked, also where no answer came.
OF_PROBES = frozenset({Measure.REFUSAL_RATE, Measure.MISS_RATE, Measure.CUT_OFF_RATE})


def beside_wrong(one: Observation, domain: str) -> Rate | None:
    """Return one of one for an answer that cites a domain beside a wrong statement about a fact."""
    reading = measures.readable(one) if one.counts else None
    found = cited.beside_wrong(reading) if reading else set()
    return Rate(hits=1, of=1) if any(name == domain for name, _, _ in found) else None


def retrieved(one: Observation, domain: str, of: Collection[cited.Domain]) -> Rate | None:
    """Return one of one for an answer that was made `of` a domain without citing it."""
    reading = measures.readable(one) if one.counts else None
    if reading is None or not any(name == domain for name, _, _ in of):
        return None
    return None if any(citation.domain == domain for citation in reading.citations) else Rate(hits=1, of=1)


def citations(one: Observation, domain: str) -> Rate | None:
    """Return how many citations of a domain an answer has, of one; None where it has none."""
    reading = measures.readable(one) if one.counts else None
    found = sum(citation.domain == domain for citation in reading.citations) if reading else 0
    return Rate(hits=found, of=1) if found else None


def source(one: Observation, domain: str, fact: str) -> Rate | None:
    """Return, for an answer that was checked on a fact, whether it cites a domain beside saying it wrong."""
    reading = _says(one)
    if reading is None or not reading.is_checkable_on(fact):
        return None
    about = replace(reading, claims=tuple(claim for claim in reading.claims if claim.fact == fact))
    return Rate(hits=any(name == domain for name, _, _ in cited.beside_wrong(about)), of=1)


def stated(one: Observation, topic: str) -> Rate | None:
    """Return, for an answer that says something, whether it says something on a topic that is not on the sheet."""
    reading = _says(one)
    return Rate(hits=any(each.topic == topic for each in reading.new_statements), of=1) if reading else None


def _says(one: Observation) -> Reading | None:
    """Return the reading of an answer that alerts look at: also of one that was cut off, since what it says is said."""
    return measures.readable(replace(one, truncated=False))


def adds(one: Observation, sheet: FactSheet, measure: Measure | None, subject: str) -> Rate | None:
    """Return the hits and units that an observation adds to a number; None where it is not among what is counted.

    Without a measure every answer that may stand in a denominator is one of one.
    """
    if not one.counts or one.state not in measures.SETTLED:
        return None
    if measure is None:
        return Rate(hits=1, of=1) if measures.readable(one) else None
    if measure is Measure.CITED:
        return _cites(one, subject)
    if measure is Measure.LEAD:
        return _lead(one, sheet, subject)
    return _score(one, sheet, measure, subject)


def _score(one: Observation, sheet: FactSheet, measure: Measure, subject: str) -> Rate | None:
    found = measures.scores(one, sheet)
    return next((rate for of, about, rate in found if (of, about) == (measure, subject)), None)


def _cites(one: Observation, domain: str) -> Rate | None:
    """A source is watched among all answers that searched."""
    reading = measures.readable(one)
    if reading is None or not measures.searched(one):
        return None
    return Rate(hits=any(citation.domain == domain for citation in reading.citations), of=1)


def _lead(one: Observation, sheet: FactSheet, rival: str) -> Rate | None:
    own, other = (_score(one, sheet, Measure.VISIBILITY, name) for name in (sheet.brand.name, rival))
    return Rate(hits=own.hits - other.hits, of=1) if own and other else None
