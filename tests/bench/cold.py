"""One report in a process that has done nothing yet, as `likeness report` makes it: prints what each part took.

`python -m tests.bench.cold FOLDER START END` over a store that `tests.bench.large` filled; with `kept` behind it, the
portrait is read from where it was written down, if it is there.
"""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reports import apart

_BEGIN = time.perf_counter()


def main(folder: Path, start: date, end: date, *, kept: bool) -> None:
    """Print the seconds of imports, portrait and page, and the most memory, MB."""
    with apart.drawing():
        print(*(f"{taken:.3f}" for taken in _taken(folder, start, end, kept=kept)), end=" ")
    print(_most_held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)


def _most_held() -> int:
    """Return the most memory of this process, MB; `getrusage` would count what its parent held when it began."""
    status = Path("/proc/self/status")
    told = status.read_text().split("VmHWM:")[1] if status.exists() else "0"
    return int(told.split()[0]) // 1024


def _taken(folder: Path, start: date, end: date, *, kept: bool) -> Iterator[float]:
    # Late, as the command does it: what draws gets ready meanwhile.
    from monitor.domain.documents import Asked  # noqa: PLC0415
    from monitor.service import documents, portraits, reporting  # noqa: PLC0415
    from tests.bench import large  # noqa: PLC0415

    desk = large.opened(folder)
    house = desk.house(next(iter(large.BRANDS)))
    yield time.perf_counter() - _BEGIN
    begin = time.perf_counter()
    shown = (portraits if kept else documents).portrait(house, start, end)
    yield time.perf_counter() - begin
    begin = time.perf_counter()
    reporting.page(house, Asked(start=start, end=end), shown)
    yield time.perf_counter() - begin
    desk.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3]), kept="kept" in sys.argv)
