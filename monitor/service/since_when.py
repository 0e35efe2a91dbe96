"""Since when each assistant says something wrong about each fact, kept as the portraits are."""

from datetime import date

from monitor.domain.spells import Since
from monitor.pipeline import House
from monitor.service import portraits, spells_found
from monitor.service.spells_found import Checked
from storage.bodies import Body


def since(house: House, start: date, end: date, *, topic: str = "") -> list[Since]:
    """Return the spells that reach into these days or were not over before them, by fact and assistant.

    They are looked for in all that was ever measured up to `end`: a spell may be older than the days. With `topic`,
    in the answers to its prompts alone.
    """
    if topic:
        return spells_found.reaching(spells_found.checked(house, end, topic=topic), start, end)
    today = house.today
    kept: list[Checked] = portraits.kept(house, CHECKED, today, today)
    return spells_found.reaching(kept, start, end)


CHECKED: portraits.Kind[list[Checked]] = portraits.Kind(
    "checked", Body(list[Checked]), lambda house, _, end: spells_found.checked(house, end)
)
