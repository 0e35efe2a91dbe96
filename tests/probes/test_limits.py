"""How hard an assistant is asked."""

import pytest

from monitor.domain.brand import AssistantSettings
from probes.limits import Limits


@pytest.mark.parametrize("stated", ["", "0", "-3", "many", "1e3", "3.5"])
def test_an_option_that_is_no_positive_number_changes_nothing(stated):
    options = {"concurrency": stated, "deadline": stated}
    if stated != "0":
        options["requests_per_minute"] = stated
    assert Limits().of(AssistantSettings(id="a", use="openai", model="m", options=options)) == Limits()


def test_options_of_one_assistant_beat_the_limits_of_all():
    options = {"concurrency": "2", "requests_per_minute": "10", "deadline": "30"}
    limits = Limits(tries=7).of(AssistantSettings(id="a", use="openai", model="m", options=options))
    assert (limits.concurrency, limits.requests_per_minute, limits.deadline, limits.tries) == (2, 10, 30.0, 7)


def test_no_calls_a_minute_are_no_limit():
    options = {"requests_per_minute": "0", "tokens_per_minute": "0"}
    limits = Limits(tokens_per_minute=5).of(AssistantSettings(id="a", use="openai", model="m", options=options))
    assert (limits.requests_per_minute, limits.tokens_per_minute) == (0, 0)
