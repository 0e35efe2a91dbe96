"""The delivery killed at some of its steps, with SIGKILL; `tests/kill/delivery.py` does it at every one."""

from tests.kill import delivery


def test_no_kill_loses_an_alert_and_only_what_was_handed_over_comes_twice():
    tally = delivery.play(recipients=1, stride=4, random_kills=1)
    assert tally.wrong == []
    assert tally.kills >= 5
    assert tally.doubled >= 1, "a kill between the last line and its answer was among them"
