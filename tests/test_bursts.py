"""Values that were made in a burst are not looked through by the collector."""

import gc

from monitor.domain.bursts import burst


def test_what_a_burst_made_is_not_looked_through_when_it_ends():
    seen = []
    gc.collect()
    gc.callbacks.append(lambda phase, _info: seen.append(phase))
    try:
        with burst():
            made = [[number] for number in range(50_000)]
        after = [[number] for number in range(10)]
    finally:
        gc.callbacks.pop()
    assert (len(made), len(after), seen) == (50_000, 10, [])
    assert gc.isenabled()


def test_circles_that_a_burst_left_are_found_by_the_next_full_look():
    with burst():
        for _ in range(50_000):
            circle = []
            circle.append(circle)
    assert gc.collect() >= 49_000
