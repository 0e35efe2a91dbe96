"""Work that goes on beside whoever asked for it: in a thread, unless a caller brings something else."""

import threading
from collections.abc import Callable

Work = Callable[[], None]
Beside = Callable[[Work], None]  # runs what it is given without waiting for it


def at_once(work: Work) -> None:
    """Run `work` and wait for it: for commands, which end when it is done."""
    work()


def in_a_thread(work: Work) -> None:
    """Run `work` in a thread of its own, which ends with the program."""
    threading.Thread(target=work, name="beside", daemon=True).start()
