"""Whatever a vendor writes into Retry-After, the wait is a bounded number of seconds or none."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.retry_after import LONGEST, seconds

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@given(st.text() | st.integers().map(str) | st.floats().map(str), st.text(max_size=8))
def test_any_header_gives_a_bounded_wait_or_none(stated, milliseconds):
    wait = seconds({"retry-after": stated, "retry-after-ms": milliseconds}, NOW)
    assert wait is None or 0 <= wait <= LONGEST


@given(st.integers(-5000, 5000))
def test_a_date_says_the_same_as_its_distance(distance):
    stated = format_datetime(NOW + timedelta(seconds=distance), usegmt=True)
    assert seconds({"retry-after": stated}, NOW) == min(max(distance, 0), LONGEST)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "3600"}, 3600),
        ({"retry-after": "999999999"}, LONGEST),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "abc"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30"}, 30),
    ],
)
def test_what_vendors_were_seen_to_write(headers, wait):
    assert seconds(headers, NOW) == wait
