"""The process that reads beside a worker may be killed, for its memory for instance; the worker gets itself another."""

import os
import signal

import psutil


def test_a_worker_whose_reading_process_was_killed_gets_another(works, until):
    brand = works.brand(prompts=2)  # a worker that finds no brand file ends at once
    (worker,) = works.start(1)
    works.plan(brand, key="one")
    until(works.closed, "the first round's end")
    (reader,) = psutil.Process(worker).children()
    os.kill(reader.pid, signal.SIGKILL)
    works.plan(brand, key="two")
    until(lambda: works.closed(2), "the second round's end", 30)
    assert psutil.pid_exists(worker)
