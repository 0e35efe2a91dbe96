"""Digests of observations, as a round's end makes them."""

from collections.abc import Sequence

from monitor.domain.digests import Digest
from monitor.domain.measures import Tally
from monitor.domain.rounds import Observation
from monitor.drift import digesting


def digests_of(seen: Sequence[Observation], tallies: Sequence[Tally]) -> list[Digest]:
    """Return the digests of all rounds among the observations, round by round."""
    return [
        digest
        for round_id in dict.fromkeys(one.round_id for one in seen)
        for digest in digesting.digests(
            [one for one in seen if one.round_id == round_id],
            [tally for tally in tallies if tally.round_id == round_id],
            round_id,
        )
    ]
