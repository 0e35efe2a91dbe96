"""The domains that answers cite or are made from."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from monitor.domain.portrait import CitedDomain
from monitor.domain.readings import Citation, Owner, Reading
from monitor.domain.rounds import Observation
from monitor.drift import measures

Domain = tuple[str, Owner, str]  # domain, whose it is, the tracked entity's name
Retrieved = Mapping[str, Collection[Domain]]  # answer -> what it was made from
_NOTHING: Retrieved = {}


def domains(seen: Sequence[Observation], retrieved: Retrieved = _NOTHING) -> tuple[CitedDomain, ...]:
    """Return the domains that were cited or retrieved, those in the most answers first."""
    citations, answers, only, wrong = (Counter[Domain]() for _ in range(4))
    for one in seen:
        reading = measures.readable(one)
        if reading is None:
            continue
        keys = [_domain(citation) for citation in reading.citations]
        citations.update(keys)
        answers.update(set(keys))
        only.update(set(retrieved.get(one.answer_id, ())) - set(keys))
        wrong.update(beside_wrong(reading))
    return ranked(citations, answers, only, wrong)


def ranked(
    citations: Mapping[Domain, int],
    answers: Mapping[Domain, int],
    only: Mapping[Domain, int],
    wrong: Mapping[Domain, int],
) -> tuple[CitedDomain, ...]:
    """Return the domains that any of the counts holds, those in the most answers first.

    Counted are citations, answers that cite, answers only made from it, and answers that cite it beside a wrong claim.
    """
    keys = sorted({*citations, *only}, key=lambda key: (-answers.get(key, 0), -citations.get(key, 0), key))
    return tuple(
        CitedDomain(
            domain=key[0],
            owner=key[1],
            entity=key[2],
            citations=citations.get(key, 0),
            answers=answers.get(key, 0),
            retrieved_only=only.get(key, 0),
            wrong=wrong.get(key, 0),
        )
        for key in keys
    )


def _domain(citation: Citation) -> Domain:
    return citation.domain, citation.owner, citation.entity


def beside_wrong(reading: Reading) -> set[Domain]:
    """Return the domains that are cited for the words of a wrong claim."""
    wrong = [claim for claim in reading.claims if claim.verdict.wrong]
    return {
        _domain(citation)
        for citation in reading.citations
        if (at := citation.supports) and any(at.start < claim.end and claim.start < at.end for claim in wrong)
    }
