"""Workers in a quick rhythm, forked from one process that has imported all: `python nursery.py`, a line for each start.

A line is JSON: folder, url, count, asking. Workers write into the folder: their numbers (workers.txt), each step that
they begin (steps.txt), that they ended by themselves (ended-NUMBER), and what they say (said.log).
A step takes `linger` seconds longer, so that a worker can be met at it.
"""

import asyncio
import json
import os
import sys
import time
import traceback
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


def live(folder: Path, url: str, asking: int) -> None:
    """Be a worker, in a process that was forked for it."""
    os.chdir(folder)
    said = os.open(folder / "said.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(said, stream.fileno())
    os.environ |= {"LIKENESS_DATABASE_URL": url, "LIKENESS_MAIL_FOLDER": str(folder / "mail"), "LIKENESS_SMTP_URL": ""}
    work.HERE = {step: traced(folder, step, done, os.getpid) for step, done in work.HERE.items()}
    work.BESIDE = {step: traced(folder, step, done, os.getppid) for step, done in work.BESIDE.items()}
    logs.configure(json=True)
    plot = Plot(places=(folder / "brands",), rhythm=QUICK, birth="fork")
    alive = folder / f"alive-{os.getpid()}"
    size = supervise.Size(asking=asking)
    asyncio.run(supervise.run(plot, Environment(), size=size, draw=build.no_pdf, alive=alive))
    (folder / f"ended-{os.getpid()}").touch()


def start(folder: Path, url: str, count: int, asking: int) -> None:
    born = []
    for _ in range(count):
        if not (number := os.fork()):
            code = 1
            try:
                live(folder, url, asking)
                code = 0
            except BaseException:  # noqa: BLE001 -- nobody else tells: the process ends here
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        born.append(number)
    (folder / "workers.part").write_text(" ".join(map(str, born)))
    (folder / "workers.part").rename(folder / "workers.txt")


def main() -> None:
    while line := sys.stdin.readline():
        wanted = json.loads(line)
        start(Path(wanted["folder"]), wanted["url"], wanted["count"], wanted["asking"])


if __name__ == "__main__":
    main()
