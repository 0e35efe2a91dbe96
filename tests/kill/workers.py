"""Workers on PostgreSQL are killed at random, over and over, and new ones start; then everything is counted.

    python -m tests.kill.workers            # 2,000 probes in four rounds, 60 kills out of six workers

`unknown` is not asked again here, so no probe may be asked twice. What must hold: each probe has one attempt that
counts, answered or visibly `unknown`; each answer is kept and read once; each round ends.
"""

import os
import random
import signal
import sys
import time

from tests.support.works import working

WORKERS, ROUNDS, CALLS = 6, 4, 8
STATES = ("answered", "unknown")


def play(works, *, probes, kills, seed):
    """Ask `probes` in rounds and kill so many workers; return what does not hold and the numbers."""
    rng, killed = random.Random(seed), 0  # noqa: S311  -- an order
    path, each = works.brand(prompts=probes // ROUNDS), probes // ROUNDS
    works.vendor.wait = 0.05
    alive = works.start(WORKERS)
    for number in range(ROUNDS):
        works.plan(path, key=str(number))
        begun = works.vendor.total
        marks = sorted(rng.randrange(each) for _ in range(kills * (number + 1) // ROUNDS - killed))
        for mark in marks:
            wait(works, lambda mark=mark, begun=begun: works.vendor.total - begun >= mark * 0.8)
            time.sleep(rng.uniform(0, 0.1))
            os.kill(victim := alive.pop(rng.randrange(len(alive))), signal.SIGKILL)
            works.workers.remove(victim)
            alive += works.start(1)
            killed += 1
        wait(works, lambda number=number: works.closed(number + 1))
    wait(works, lambda: works.count("readings") == works.count("answers"))
    return counted(works, each * ROUNDS, killed), killed


def wait(works, done, seconds=300.0):
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, f"waited in vain; {works.count('attempts', 'newest')} attempts"
        time.sleep(0.01)


def counted(works, probes, kills):
    states = {state: works.count("attempts", f"newest AND state = '{state}'") for state in STATES}
    paid = works.vendor.calls
    twice = sum(count > ROUNDS for count in paid.values())  # each question is asked once a round
    rules = {
        f"{works.count('attempts', 'newest')} attempts count of {probes} probes": works.count("attempts", "newest"),
        f"{states} of {probes} probes": sum(states.values()),
        f"{works.count('answers')} answers, {states['answered']} answered": probes
        - abs(works.count("answers") - states["answered"]),
        f"{works.count('readings')} readings of {works.count('answers')} answers": probes
        - abs(works.count("readings") - works.count("answers")),
    }
    wrong = [said for said, found in rules.items() if found != probes]
    if twice or paid.total() > probes:
        wrong.append(f"{paid.total()} paid calls of {probes} probes, {twice} questions too often")
    if states["unknown"] > kills * CALLS:
        wrong.append(f"{states['unknown']} unknown after {kills} kills with at most {CALLS} calls out")
    if works.count("rounds", "state <> 'open'") != ROUNDS:
        wrong.append("a round is open")
    return wrong, states, paid.total()


def main():
    probes, kills = (int(given) for given in (*sys.argv[1:3], *("2000", "60")[len(sys.argv[1:3]) :]))
    with working() as works:
        begin = time.monotonic()
        (wrong, states, paid), killed = play(works, probes=probes, kills=kills, seed=5)
        seconds = time.monotonic() - begin
    verdict = "; ".join(wrong) or "nothing lost, nothing doubled, nothing paid twice, every round ended"
    print(
        f"{WORKERS} workers: {probes} probes in {ROUNDS} rounds, {killed} kills, {paid} paid calls,"
        f" {states['answered']} answered, {states['unknown']} unknown, {seconds:.0f} s: {verdict}"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
