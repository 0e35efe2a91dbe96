"""Plays six weeks of the invented brand: the real path on recorded answers, by a clock that jumps."""

import asyncio
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from pydantic import SecretStr

from monitor import calendar
from monitor.demo import plot
from monitor.domain.brand import Schedule
from monitor.domain.errors import Mistake
from monitor.drift import measures
from monitor.pipeline import House
from monitor.service import build, clock, documents
from monitor.service.environment import Environment
from storage import answers, rounds

HERE = Path(__file__).parent
FIRST = datetime.combine(plot.START, time(), tzinfo=UTC)
END = FIRST + timedelta(weeks=plot.WEEKS, hours=12)  # the last week's report is out by then


@dataclass(frozen=True, kw_only=True)
class Shown:
    rounds: int
    answers: int  # that came and can be read, as the report counts them
    mails: tuple[tuple[str, str], ...]  # day and subject
    mail_folder: Path
    report: Path
    database: Path
    brand: Path


class JumpingClock:
    """Tells the time that it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def play(out: Path, *, on_round: Callable[[int, int], None]) -> Shown:
    """Run every slot of the six weeks into the folder `out`; an earlier demo in it is replaced."""
    brand, database = _emptied(out)
    environment = Environment(
        database_url=SecretStr(f"sqlite:///{database}"), mail_folder=out / "mail", reports_folder=out / "report"
    )
    hands = JumpingClock(FIRST)
    with build.open_store(environment) as store:
        rng = random.Random(0)  # noqa: S311 -- the demo is the same each time
        house = build.build(build.read_brand(brand), environment, store=store, clock=hands, rng=rng)
        asyncio.run(_live(house, hands, on_round))
        report = documents.write(house, FIRST.date(), END.date() - timedelta(days=1), environment.reports_folder)[0]
        with store.snapshot() as tx:
            held = rounds.rounds(tx, house.settings.brand, FIRST, END)
            seen = answers.observations(tx, house.settings.brand, FIRST, END)
    return Shown(
        rounds=len(held),
        answers=sum(measures.readable(one) is not None for one in seen),
        mails=tuple(_subjects(environment.mail_folder)),
        mail_folder=environment.mail_folder,
        report=report,
        database=database,
        brand=brand,
    )


def _emptied(out: Path) -> tuple[Path, Path]:
    """The places of the brand file and the database in a folder that holds nothing but an earlier demo."""
    brand, database = out / "brand.yaml", out / "likeness.db"
    if out.exists() and any(out.iterdir()) and not database.exists():
        raise Mistake(f"{out}: this folder holds something else; name a new one with --out.")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name in ("brand.yaml", "answers.jsonl"):
        shutil.copyfile(HERE / name, out / name)
    return brand, database


async def _live(house: House, hands: JumpingClock, on_round: Callable[[int, int], None]) -> None:
    """Jump to every moment at which something is due."""
    zone = house.settings.zone
    plans = [house.settings.schedule, *(Schedule(cron=plan.cron, timezone=zone) for plan in house.settings.reports)]
    moments = sorted({slot.at for plan in plans if plan for slot in calendar.slots(plan, FIRST, END)})
    stop = asyncio.Event()
    for done, hands.now in enumerate(moments):
        on_round(done, len(moments))
        await clock.tick(house, stop=stop)


def _subjects(folder: Path) -> list[tuple[str, str]]:
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    dated = sorted((parsedate_to_datetime(mail["Date"]), str(mail["Subject"])) for mail in mails)
    return [(f"{when:%a %d %b}", subject) for when, subject in dated]
