"""Who holds an attempt is told from who only looks like him."""

import multiprocessing
import os
import time
from datetime import timedelta

from storage.owner import is_gone, me

FORK = multiprocessing.get_context("fork")
HOUR = timedelta(hours=1)


def test_this_process_lives_and_an_earlier_life_of_it_does_not(samples):
    host, number, _ = me().split("/")
    assert not is_gone(me(), samples.now, samples.now)
    assert is_gone(f"{host}/{number}/another", samples.now, samples.now)
    assert is_gone(me(), samples.now, samples.now + 2 * HOUR)


def test_a_neighbour_is_looked_at(samples):
    host, _, _ = me().split("/")
    neighbour = FORK.Process(target=time.sleep, args=(60,))
    neighbour.start()
    owner = f"{host}/{neighbour.pid}/x"
    assert not is_gone(owner, samples.now, samples.now)
    assert not is_gone(f"{host}/{os.getppid()}/x", samples.now, samples.now)
    neighbour.kill()
    os.waitid(os.P_PID, neighbour.pid or 0, os.WEXITED | os.WNOWAIT)
    assert is_gone(owner, samples.now, samples.now), "it ended, though its parent did not look yet"
    neighbour.join()
    assert is_gone(owner, samples.now, samples.now)


def test_another_machine_is_given_time(samples):
    assert not is_gone("elsewhere/1/x", samples.now, samples.now + HOUR / 2)
    assert is_gone("elsewhere/1/x", samples.now, samples.now + 2 * HOUR)
    assert is_gone("rubbish", samples.now, samples.now)


def test_a_clock_that_was_set_back_makes_nobody_hold_for_a_day(samples):
    tomorrow = samples.now + 24 * HOUR
    assert is_gone("elsewhere/1/x", tomorrow, samples.now)
    assert not is_gone("elsewhere/1/x", samples.now + HOUR / 2, samples.now)
    assert not is_gone(me(), tomorrow, samples.now), "this one can be looked at"
