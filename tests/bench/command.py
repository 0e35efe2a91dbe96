"""How long the command line takes to say what it can do."""

import statistics
import subprocess
import sys
import time
from pathlib import Path


def rows() -> list[tuple[str, str]]:
    likeness = Path(sys.executable).with_name("likeness")
    times = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run([likeness, "--help"], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - started)
    return [("likeness --help, median of 7 (at most 0.5 s)", f"{statistics.median(times):.2f} s")]
