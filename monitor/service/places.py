"""Where brand files lie: named one by one, or all that a folder holds."""

from collections.abc import Iterable
from pathlib import Path

from monitor.domain.errors import Mistake

SUFFIXES = {".yaml", ".yml"}
_NAMED = 5  # files that a message names


def files_in(places: Iterable[Path]) -> list[Path]:
    """Return the brand files that are named, and those that lie in the folders that are named."""
    found = [
        sorted(f for f in place.iterdir() if f.suffix in SUFFIXES) if place.is_dir() else [place] for place in places
    ]
    return list(dict.fromkeys(path for files in found for path in files if not path.name.startswith(".")))


def one_of(place: Path) -> Path:
    """Return a brand file, or the only one of a folder; Mistake where several lie there."""
    files = files_in([place])
    if not place.is_dir() or len(files) == 1:
        return files[0] if files else place
    if not files:
        raise Mistake(
            f"{place}: no brand file (*.yaml) lies here; write one with: likeness init {place / 'brand.yaml'}"
        )
    named = ", ".join(f"--brand {file}" for file in files[:_NAMED]) + (" ..." if len(files) > _NAMED else "")
    raise Mistake(f"{place}: {len(files)} brand files lie here and this command takes one; name it: {named}")
