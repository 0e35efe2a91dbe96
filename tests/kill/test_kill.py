"""The short loops: the same as `make kill`, with fewer kills and probes."""

import importlib.util
import sys
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("kill_loop", Path(__file__).with_name("loop.py"))
loop = importlib.util.module_from_spec(_SPEC)
sys.modules["kill_loop"] = loop
_SPEC.loader.exec_module(loop)


@pytest.mark.parametrize("programs", [1, 6])
def test_killed_at_random_nothing_is_lost_doubled_or_paid_unseen(address, tmp_path, programs):
    told = loop.play(address, tmp_path, probes=30, kills=2 if programs == 1 else 4, programs=programs, seed=11)
    assert told.wrong == []
    assert told.kills
