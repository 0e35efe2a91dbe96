"""No reply, however mutilated, makes a reader raise."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.answers import Reply
from monitor.domain.rounds import Miss
from probes import assistants, failures

EXAMPLES = {
    use: [
        json.loads(path.read_text(encoding="utf-8"))["body"]
        for path in sorted(Path(__file__).with_name("examples").joinpath(use).glob("*.json"))
    ]
    for use in assistants.ALL
}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)


def spots(value, path=()):
    """Every place inside a JSON value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from spots(item, (*path, key))


def changed(value, path, junk):
    if not path:
        return junk
    copied = value.copy()
    copied[path[0]] = changed(value[path[0]], path[1:], junk)
    return copied


@pytest.mark.parametrize("use", assistants.ALL)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutilated_reply_is_read_or_missed(use, data):
    body = data.draw(st.sampled_from(EXAMPLES[use]))
    for _ in range(data.draw(st.integers(1, 3))):
        body = changed(body, data.draw(st.sampled_from(list(spots(body)))), data.draw(JUNK))
    raw = json.dumps(body).encode()
    found = assistants.ALL[use].read(raw)
    assert isinstance(found, Reply | Miss)
    assert isinstance(assistants.ALL[use].judged(400, {}, raw, datetime(2026, 11, 22, tzinfo=UTC)), Reply | Miss)
    if isinstance(found, Reply):
        found.text.encode()
        assert all(c.start is None or 0 <= c.start < c.end <= len(found.text) for c in found.citations)
        assert all(count is None or count >= 0 for count in (found.usage.input_tokens, found.usage.searches))


@given(st.binary(max_size=60), st.integers(300, 599))
def test_any_bytes_with_any_status_are_a_miss_or_a_filtered_reply(body, status):
    found = failures.by_status(status, {}, body, datetime(2026, 11, 22, tzinfo=UTC))
    assert isinstance(found, Reply | Miss)
