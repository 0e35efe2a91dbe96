"""Workers in a quick rhythm: `python start.py FOLDER COUNT ASKING`; each is a process of its own.

They write into FOLDER: their numbers (workers.txt), each step that they begin (steps.txt), and what they say.
A step takes `linger` seconds longer, so that it can be met at it.
"""

import asyncio
import os
import sys
import time
from datetime import timedelta
from functools import wraps
from pathlib import Path

from monitor.service import build, logs
from monitor.service.environment import Environment
from monitor.worker import supervise, work
from monitor.worker.rhythm import Rhythm
from monitor.worker.rooms import Plot

QUICK = Rhythm(
    tick="* * * * * */2",
    heartbeat=0.3,
    stalled=4.0,
    abandoned=2.0,
    poll=0.3,
    again=0.2,
    patience=20.0,
    grace=10.0,
    quiet=timedelta(seconds=20),
)


def traced(folder, step, done, whose):
    @wraps(done)
    def do(rooms, job):
        with (folder / "steps.txt").open("a") as steps:
            steps.write(f"{step} {whose()}\n")
        linger = folder / "linger.txt"
        time.sleep(float(linger.read_text()) if linger.exists() else 0)
        done(rooms, job)

    return do


def work_on(folder: Path, asking: int) -> None:
    work.HERE = {step: traced(folder, step, done, os.getpid) for step, done in work.HERE.items()}
    work.BESIDE = {step: traced(folder, step, done, os.getppid) for step, done in work.BESIDE.items()}
    logs.configure(json=True)
    plot = Plot(places=(folder / "brands",), rhythm=QUICK, birth="fork")
    size = supervise.Size(asking=asking)
    alive = folder / f"alive-{os.getpid()}"
    asyncio.run(supervise.run(plot, Environment(), size=size, draw=build.no_pdf, alive=alive))


def main() -> None:
    folder, count, asking = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    born = []
    for _ in range(count):
        if not (number := os.fork()):
            work_on(folder, asking)
            os._exit(0)
        born.append(number)
    (folder / "workers.part").write_text(" ".join(map(str, born)))
    (folder / "workers.part").rename(folder / "workers.txt")
    for number in born:
        os.waitpid(number, 0)


main()
