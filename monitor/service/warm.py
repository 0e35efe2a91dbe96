"""What the pages of a brand ask for most, computed when something has changed rather than when somebody waits."""

from datetime import timedelta

from monitor.pipeline import House, changes
from monitor.service import kept_up, outnamed, panel, portraits, side_by_side, since_when

PERIODS = (30, 7, 90, 365)  # days, as the pages offer them; the usual one first
_OF_PROMPTS = 30


def warm(house: House) -> None:
    """Compute and write down what pages show of the days up to today, unless it is there.

    What was told as of earlier days is made ready too: of those, reports are asked for at any time.
    """
    today = house.today
    changes.catch_up(house, today)
    portraits.forget(house, today)
    for days in PERIODS:
        start = today - timedelta(days=days - 1)
        portraits.keep(house, portraits.PORTRAIT, start, today)
        if days == _OF_PROMPTS:
            portraits.keep(house, panel.PROMPTS, start, today)
            portraits.keep(house, panel.OTHERS, start, today)
            portraits.keep(house, outnamed.OUTNAMED, start, today)
            portraits.keep(house, side_by_side.SIDE_BY_SIDE, start, today)
            portraits.keep(house, kept_up.CORE, start, today)
            portraits.keep(house, since_when.CHECKED, today, today)
