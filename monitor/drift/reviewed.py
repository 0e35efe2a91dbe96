"""How right the findings were, by persons and by judges."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from monitor.domain.measures import Rate
from monitor.domain.opinions import Agreement, Opinion
from monitor.domain.reviews import Decision, Review, Reviewed, SecondReader
from monitor.drift.intervals import rate_interval


def reviewed(reviews: Collection[Review], opinions: Sequence[Opinion]) -> Reviewed | None:
    """Return the measured precision of findings, and how each judge saw them; None where nobody else looked.

    Findings on one fact resemble each other, so they are a cluster of the interval.
    """
    if not reviews and not opinions:
        return None
    by_subject: dict[str, list[bool]] = defaultdict(list)
    for review in reviews:
        by_subject[review.wording.subject].append(review.decision is Decision.CONFIRMED)
    clusters = [Rate(hits=sum(right), of=len(right)) for _, right in sorted(by_subject.items())]
    return Reviewed(
        dismissed=sum(review.decision is Decision.DISMISSED for review in reviews),
        right=Rate(hits=sum(cluster.hits for cluster in clusters), of=sum(cluster.of for cluster in clusters)),
        interval=rate_interval(clusters),
        readers=_readers(opinions),
    )


def looked_at(found: Reviewed | None) -> str:
    """Return how far persons looked at what was found, in a sentence.

    >>> looked_at(None)
    'No person has reviewed these findings.'
    """
    if found is None or not found.right.of:
        return "No person has reviewed these findings."
    of, right = round(found.right.of), round(found.right.hits)
    return (
        f"Persons reviewed {of} of the findings: {right} confirmed, {found.dismissed} dismissed, "
        "which count as not checkable; nobody has reviewed the others."
    )


def _readers(opinions: Sequence[Opinion]) -> tuple[SecondReader, ...]:
    by_model: dict[str, list[Opinion]] = defaultdict(list)
    for opinion in opinions:
        by_model[opinion.model].append(opinion)
    return tuple(_reader(model, own) for model, own in sorted(by_model.items()))


def _reader(model: str, opinions: Sequence[Opinion]) -> SecondReader:
    said = Counter(opinion.agreement for opinion in opinions)
    costs = [opinion.cost for opinion in opinions if opinion.cost is not None]
    return SecondReader(
        model=model,
        asked=len(opinions),
        agrees=said[Agreement.AGREES],
        disagrees=said[Agreement.DISAGREES],
        undecided=said[Agreement.UNDECIDED],
        cost=sum(costs, Decimal(0)) if len(costs) == len(opinions) else None,
    )
