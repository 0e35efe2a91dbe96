"""Two workers against one on the same rounds, jobs a second, and what an answer takes on PostgreSQL's disk.

Measured one, two, one: what changes on the machine meanwhile shows in the two ones.
"""

import os
import signal
import time
from datetime import UTC, datetime

from monitor.domain.jobs import Job, Step, shares
from storage import queueing, rounds
from tests.support.works import working

PROBES = int(os.environ.get("LIKENESS_BENCH_PROBES", "400"))
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
WAIT = 0.2  # seconds that the vendor takes
LONG = (
    "Veloria was founded in 2011 and makes city bikes. Many riders recommend Veloria over Pedalix for commuting, "
    "as [tests](https://tests.example/bikes?id=3) show; prices start at 1,290 euros.\n\n"
    "1. **Veloria City** - light, with hub gears and lights that never need charging.\n"
    "2. **Pedalix Go** - cheaper, heavier, and sold in supermarkets.\n\n"
) * 8


def timed(work, done, seconds=600.0):
    began = time.perf_counter()
    work()
    while not done():
        time.sleep(0.02)
        assert time.perf_counter() - began < seconds, "waited in vain"
    return time.perf_counter() - began


def one_two_one(works, play):
    """Seconds of one worker (the mean of before and after) and of two."""
    first = play()
    (second,) = works.start(1)
    timed(list, lambda: works.count("procrastinate_workers") == 4)  # one row for each of its queues
    time.sleep(1.0)
    two = play()
    os.kill(second, signal.SIGTERM)
    timed(list, lambda: works.count("procrastinate_workers") == 2)
    return (first + play()) / 2, two


def asked(works, path):
    """Plan a round and wait for its answers."""
    before = works.count("answers")
    return timed(lambda: works.plan(path, key=str(time.time())), lambda: works.count("answers") >= before + PROBES)


def read_again(works, brand):
    """Forget every reading and have them made again."""
    with works.store.transaction() as tx:
        held = [one.id for one in rounds.rounds(tx, brand, *ALWAYS)]
        tx.connection().exec_driver_sql("TRUNCATE readings, mentions, citations, claims RESTART IDENTITY")
    answers = works.count("answers")

    def enqueue():
        with works.store.transaction() as tx:
            jobs = [
                Job(step=Step.READ, brand=brand, round_id=round_id, share=share)
                for round_id in held
                for share in shares(PROBES)
            ]
            queueing.enqueue(tx, jobs)

    return timed(enqueue, lambda: works.count("readings") >= answers) / answers


def jobs_a_second(works, brand, count=1_000):
    """Trivial jobs, from being written to being done."""

    def enqueue():
        with works.store.transaction() as tx:
            queueing.enqueue(tx, [Job(step=Step.TELL, brand=brand, round_id=str(n)) for n in range(count)])

    waiting = "task_name = 'likeness.tell' AND status IN ('todo', 'doing')"
    return count / timed(enqueue, lambda: works.count("procrastinate_jobs", waiting) == 0)


def bytes_an_answer(works):
    size = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
    size += "WHERE relkind = 'r' AND nspname = 'public' AND relname NOT LIKE 'procrastinate%'"
    return int(works.ask(size)) / works.count("answers")


def rows():
    with working() as works:
        yield from measured(works, works.vendor)


def measured(works, vendor):
    vendor.text = LONG
    path = works.brand(prompts=PROBES, concurrency="4")
    works.start(1)
    vendor.wait = 0.0
    asked(works, path)  # everybody is awake
    vendor.wait = WAIT
    one, two = one_two_one(works, lambda: asked(works, path))
    yield f"asking at a {WAIT * 1000:.0f} ms vendor, two workers against one (at least 1.8)", f"{one / two:.2f}"
    yield "answers a second, one worker, 8 calls in flight (ideal 40)", f"{PROBES / one:.0f}"
    one, two = one_two_one(works, lambda: read_again(works, "Veloria"))
    yield "reading, two workers against one, a process each (at least 1.8 on two idle cores)", f"{one / two:.2f}"
    yield f"answers of {len(LONG):,} characters read and stored a second, one worker", f"{1 / one:.0f}"
    yield "jobs a second, one worker", f"{jobs_a_second(works, 'Veloria'):.0f}"
    yield (
        f"bytes on disk an answer of {len(LONG):,} characters, with indexes",
        f"{bytes_an_answer(works):,.0f}",
    )
