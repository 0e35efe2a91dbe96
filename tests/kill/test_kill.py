"""The short loops: the same as `make kill`, with fewer kills and probes."""

import pytest

from tests.kill import loop


@pytest.mark.parametrize("programs", [1, 6])
def test_killed_at_random_nothing_is_lost_doubled_or_paid_unseen(address, tmp_path, programs):
    told = loop.play(address, tmp_path, probes=30, kills=2 if programs == 1 else 4, programs=programs, seed=11)
    assert told.wrong == []
    assert told.kills
