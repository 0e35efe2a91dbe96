"""The outbox in the terminal."""

from pathlib import Path

from rich.markup import escape

from monitor.service import post
from monitor.terminal import console, opened


def show(brand: Path) -> int:
    """Show what did not reach its recipients; returns the exit code: 0 all is well, 1 something failed."""
    with opened(brand) as house:
        found = post.box(house)
    for title, lines in (("Not delivered", found.failed), ("Held back", found.held)):
        if lines:
            console.print(f"{title}:")
        for line in lines:
            console.print(f"  {escape(line)}")
    if not (found.failed or found.held):
        console.print("Everything was delivered.")
    return 1 if found.failed else 0
