"""What a person sees of backups and of forgetting."""

from pathlib import Path

from rich.console import Console

from monitor.service import backing_up
from monitor.service.backing_up import Done
from monitor.service.environment import Environment
from monitor.terminal import progress

console = Console(highlight=False, soft_wrap=True)


def back_up(file: Path) -> None:
    """Write a backup and say what is in it."""
    with progress("Copying", 0) as (bar, task):
        done = backing_up.back_up(
            Environment(),
            file,
            on_progress=lambda name, copied, of: bar.update(task, description=name, completed=copied, total=of),
        )
    console.print(f"{done.store} -> {file}: {_measured(done)}.")
    console.print(f"SHA-256 {done.kept.digest}")
    console.print(f"Back from it into an empty database: LIKENESS_DATABASE_URL=... likeness restore {file}")


def bring_back(file: Path) -> None:
    """Restore a backup and say what comes next."""
    with progress("Copying", 0) as (bar, task):
        done = backing_up.bring_back(
            Environment(),
            file,
            on_progress=lambda name, copied, of: bar.update(task, description=name, completed=copied, total=of),
        )
    console.print(f"{file} -> {done.store}: {_measured(done)}; every row compared.")
    if done.waiting:
        console.print(
            f"{done.waiting} messages had not been sent when the backup was made, and go out when rounds are served "
            "again, also where they were sent since; `likeness outbox` shows them."
        )
    console.print("Next: likeness doctor, then likeness serve.")


def _measured(done: Done) -> str:
    count = sum(done.kept.rows.values())
    answers = done.kept.rows.get("answers", 0)
    return f"{count:,} rows ({answers:,} answers), {size(done.kept.size)}, in {done.seconds:.1f} s"


def size(count: float) -> str:
    """Return bytes as a person says them.

    >>> size(999), size(1_300_000), size(7e9)
    ('999 bytes', '1.3 MB', '7.0 GB')
    """
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count:.0f} bytes"
