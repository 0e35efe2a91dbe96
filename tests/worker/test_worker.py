"""Rounds on several workers: nothing is asked twice, and nothing that can happen to one of them loses an answer."""

import os
import signal
import time
from datetime import timedelta

import psutil


def kept(works, probes):
    """Every probe has what came of it, every answer is there and read, and nobody was asked twice."""
    assert works.count("attempts", "newest") == probes
    answered, unknown = (works.count("attempts", f"newest AND state = '{state}'") for state in ("answered", "unknown"))
    assert answered + unknown == probes
    assert works.count("answers") == answered == works.count("readings")
    assert max(works.vendor.calls.values()) == 1
    assert works.vendor.total <= probes
    return unknown


def test_a_worker_killed_in_any_step_is_stood_in_for(works, until):
    probes = 60
    works.vendor.wait = 0.3
    works.vendor.text = "Veloria was founded in 1987."
    round_ = works.plan(works.brand(prompts=probes))
    works.start(5)
    os.kill(until(works.asking, "a call"), signal.SIGKILL)
    works.linger(0.7)
    for step in ("read", "conclude", "tell"):
        os.kill(until(lambda step=step: works.at(step), step), signal.SIGKILL)
    works.linger(0)
    until(lambda: works.count("notices", "state = 'sent'"), "the mail")
    until(lambda: works.ask("SELECT state FROM rounds WHERE id = :id", id=round_.id) != "open", "the round's end")
    assert kept(works, probes) <= 8
    assert len(list((works.folder / "mail").glob("*.eml"))) == 1


def test_a_worker_that_slept_finds_its_calls_fenced_off(works, until):
    works.vendor.wait = 1.0
    works.plan(works.brand(prompts=12))
    works.start(2)
    slept = until(works.asking, "a call")
    os.kill(slept, signal.SIGSTOP)
    until(works.closed, "the round's end without it")
    lost = works.count("attempts", "state = 'unknown'")
    assert 1 <= lost <= 8
    os.kill(slept, signal.SIGCONT)
    until(lambda: works.count("answers") == 12, "the late answers")
    assert works.count("attempts", "newest") == works.count("attempts", "newest AND state = 'answered'") == 12
    assert max(works.vendor.calls.values()) == 1


def test_a_database_restarted_at_once_is_outlived(works, database, until):
    probes = 120
    works.vendor.wait = 0.2
    works.plan(works.brand(prompts=probes))
    workers = works.start(2)
    until(lambda: works.vendor.total > 20, "calls")
    database.stop()
    time.sleep(1.0)
    database.start()
    until(works.closed, "the round's end")
    assert kept(works, probes) <= 16, "at most the calls that were out"
    assert all(psutil.Process(worker).status() != psutil.STATUS_ZOMBIE for worker in workers)
    for worker in workers:
        os.kill(worker, signal.SIGTERM)
    until(lambda: all(works.ended(worker) for worker in workers), "the workers' end")
    assert works.count("procrastinate_workers") == 0


def test_the_clock_ticks_once_however_many_workers(works, until):
    works.vendor.wait = 0.01
    path = works.brand(prompts=2, cron="* * * * *")
    works.known_for(path, timedelta(minutes=5))
    works.start(3)
    until(works.closed, "the round's end")
    first = works.vendor.total
    assert first == 2
    (works.folder / "brands" / "broken.yaml").write_text("brand: {name: Broken\nprompts: 3\n")
    works.known_for(works.brand("Kestrel", prompts=3, cron="* * * * *"), timedelta(minutes=5))
    until(lambda: works.count("rounds", "brand = 'Kestrel' AND state <> 'open'"), "the new brand's round")
    assert set(works.vendor.calls.values()) <= {1, 2}  # the minute may have gone on meanwhile
    assert works.count("procrastinate_periodic_defers") <= 6
    until(lambda: "broken.yaml:" in works.said(), "the mistake in the file")


def test_a_stopped_worker_ends_its_calls_and_leaves_the_rest(works, until):
    works.vendor.wait = 0.5
    works.plan(works.brand(prompts=40))
    (worker,) = works.start(1, asking=1)
    until(works.asking, "a call")
    os.kill(worker, signal.SIGTERM)
    until(lambda: works.ended(worker), "the worker's end")
    asked = works.vendor.total
    assert 0 < asked < 40
    assert works.count("answers") == asked
    assert works.count("attempts", "state IN ('sent', 'reserved', 'unknown')") == 0
    works.start(1)
    until(works.closed, "the round's end")
    assert works.vendor.total == 40
