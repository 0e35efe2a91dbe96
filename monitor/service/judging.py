"""The second opinion: asked after reading, paid out of the brand's budget, and never a reason for a round to fail."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import structlog

from monitor.analysis import judge
from monitor.analysis.judge import Batch
from monitor.domain.brand import JudgeSettings
from monitor.domain.errors import Mistake
from monitor.domain.opinions import Agreement, Opinion
from monitor.pipeline import House
from monitor.service.bench import Bench
from probes.assistants import label
from storage import answers, opinions, reviews

log = structlog.get_logger(__name__)

_AT_ONCE = 4  # calls in flight


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What came of asking."""

    agrees: int = 0
    disagrees: int = 0
    undecided: int = 0
    left: int = 0  # findings that were to be asked about and were not
    why: str = ""  # ... because
    cost: Decimal | None = Decimal(0)  # US dollars; None: not known

    @property
    def asked(self) -> int:
        return self.agrees + self.disagrees + self.undecided


def counted(given: Sequence[Opinion], *, left: int = 0, why: str = "") -> Judged:
    said = Counter(opinion.agreement for opinion in given)
    costs = [opinion.cost for opinion in given if opinion.cost is not None]
    return Judged(
        agrees=said[Agreement.AGREES],
        disagrees=said[Agreement.DISAGREES],
        undecided=said[Agreement.UNDECIDED],
        left=left,
        why=why,
        cost=sum(costs, Decimal(0)) if len(costs) == len(given) else None,
    )


async def in_round(house: House, round_id: str, *, stop: asyncio.Event) -> None:
    """Ask about what was read in a round, if the brand file has a judge; whatever goes wrong, the round goes on."""
    if house.settings.judge is None:
        return
    try:
        waiting = unasked(house, house.settings.judge.model, round_id=round_id)
        judged = await ask(house, house.settings.judge, waiting, round_id=round_id, stop=stop)
    except Mistake as mistake:
        log.warning("no second opinion", why=str(mistake))
        return
    tell = log.warning if judged.left else log.info
    tell("second opinion", asked=judged.asked, disagrees=judged.disagrees, left=judged.left, why=judged.why)


def unasked(
    house: House, model: str, *, round_id: str | None = None, start: datetime | None = None, end: datetime | None = None
) -> list[Batch]:
    """Return what this judge was not asked yet, of a round or of a stretch of time."""
    settings = house.settings
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, settings.brand, start, end, round_id=round_id, label=label, zone=house.zone)
        known = opinions.known(tx, settings.brand, model=model)
        decided = reviews.decided(tx, settings.brand)
    return judge.batches(seen, settings.sheet, known=known, reviewed=decided.keys())


async def ask(
    house: House, by: JudgeSettings, waiting: Sequence[Batch], *, round_id: str = "", stop: asyncio.Event
) -> Judged:
    """Put the questions to the judge; what it says is stored call by call."""
    bench = Bench(house, by, waiting, round_id=round_id, stop=stop)
    await asyncio.gather(*(bench.work() for _ in range(_AT_ONCE)))
    return counted(bench.given, left=bench.left, why=bench.closed)
