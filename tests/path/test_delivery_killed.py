"""The delivery killed at some of its steps, with SIGKILL; `tests/kill/delivery.py` does it at every one."""

import importlib.util
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "kill" / "delivery.py"


def test_no_kill_loses_an_alert_and_only_what_was_handed_over_comes_twice():
    spec = importlib.util.spec_from_file_location("kill_delivery", PROGRAM)
    kill = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = kill
    spec.loader.exec_module(kill)
    tally = kill.play(recipients=1, stride=4, random_kills=1)
    assert tally.wrong == []
    assert tally.kills >= 5
    assert tally.doubled >= 1, "a kill between the last line and its answer was among them"
