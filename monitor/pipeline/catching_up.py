"""What is kept of rounds, brought up to date before anybody reads it."""

from monitor.domain.rounds import RoundState
from monitor.pipeline import dating
from monitor.pipeline.digesting import add_up
from monitor.pipeline.house import House
from storage import digests


def catch_up(house: House) -> None:
    """Add up the closed rounds that nobody has added up, and see that every day is one of the brand's zone."""
    brand = house.settings.brand
    dating.settle(house)
    with house.store.snapshot() as tx:
        left = [found for found in digests.without(tx, brand) if found[2] is not RoundState.OPEN]
    for round_id, opened, _ in left:
        with house.store.transaction() as tx:
            add_up(house, tx, round_id, house.day(opened))
