"""Print every benchmark of this folder: `make bench`. Ratios are of one run; absolute times belong to the machine."""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    wanted = set(sys.argv[1:])
    for path in sorted(HERE.glob("*.py")):
        if path.stem.startswith("_") or (wanted and path.stem not in wanted):
            continue
        module = importlib.import_module(f"tests.bench.{path.stem}")
        if not hasattr(module, "rows"):
            continue
        print(f"\n{path.stem}")
        for name, value in module.rows():
            print(f"  {name:70} {value}", flush=True)


main()
