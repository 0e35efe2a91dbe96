"""Charts that are drawn before somebody looks: at the start of the pages, and whenever a round has ended."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import portraits, side_by_side
from monitor.service.desk import Desk
from monitor.web import drawings
from monitor.web.period import USUAL
from storage.errors import StoreError

log = structlog.get_logger(__name__)

_BRANDS = 8  # of more, those whose pages are opened draw for themselves: drawn charts are kept for some sixty
_PAUSE = 20.0  # seconds


@dataclass
class Ahead:
    """Draws the charts of the usual days for each brand, again only when something has changed."""

    desk: Desk
    _marks: dict[str, str] = field(default_factory=dict)  # brand -> what its charts were drawn of

    def look(self) -> list[str]:
        """Draw what is new; return the brands for which something was drawn."""
        try:
            return [name for name in self.desk.names()[:_BRANDS] if self._drawn(name)]
        except (Mistake, StoreError) as away:  # pages say it themselves, to whoever opens one
            log.debug("no chart is drawn ahead", why=str(away))
            return []

    def _drawn(self, brand: str) -> bool:
        house = self.desk.house(brand)
        mark, live = portraits.standing(house)
        if live or self._marks.get(brand) == mark:
            return False
        begin = time.perf_counter()
        _draw(house)
        self._marks[brand] = mark
        log.debug("charts drawn ahead", brand=brand, seconds=round(time.perf_counter() - begin, 2))
        return True


def _draw(house: House) -> None:
    today = house.today
    shown = portraits.portrait(house, today - timedelta(days=USUAL - 1), today)
    for figure in drawings.drawn(shown, *drawings.ALL, alike=side_by_side.alike(house, shown)):
        str(figure.drawn)


@contextmanager
def drawing(desk: Desk, pause: float = _PAUSE) -> Iterator[None]:
    """Draw ahead in a thread for as long as the block lasts."""
    stop, ahead = threading.Event(), Ahead(desk)

    def draw() -> None:
        ahead.look()
        while not stop.wait(pause):
            ahead.look()

    thread = threading.Thread(target=draw, name="charts", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
