"""Text, moments and money are kept exactly, whatever they are."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.rounds import Attempt
from storage import answers, brands
from storage.errors import StoreError
from storage.tables.columns import dollars, nanos


@given(st.decimals(min_value=-1_000_000, max_value=1_000_000, places=9))
def test_dollars_are_exact_to_a_billionth(amount):
    assert dollars(nanos(amount)) == amount


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a\x00b", "a\ufffdb"),  # PostgreSQL knows no NUL
        ("a\ud83db", "a\ufffdb"),  # half a character
        ("\u202eabc", "\u202eabc"),  # written from right to left
        ("Cor\u200bvane", "Cor\u200bvane"),
        ("Ｃｏｒｖａｎｅ", "Ｃｏｒｖａｎｅ"),
        ("Co\u0301rvane", "Co\u0301rvane"),
        ("🎒" * 5000, "🎒" * 5000),
        ("'; DROP TABLE answers; --", "'; DROP TABLE answers; --"),
        ("!" * 20_000, "!" * 20_000),
    ],
)
def test_an_answer_keeps_its_text_at_its_length(store, samples, new_id, said, kept):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal(0), samples.now)
    assert isinstance(attempt, Attempt)
    ledger.sent(attempt, "hash", samples.now)
    ledger.settle(attempt, samples.outcome(said, refusal=said, queries=(said,)), samples.now)
    with store.snapshot() as tx:
        (seen,) = answers.observations(tx, samples.brand)
    assert seen.text == kept
    assert len(seen.text) == len(said)


def test_a_moment_comes_back_in_utc(store, samples):
    stockholm = timezone(timedelta(hours=1))
    with store.transaction() as tx:
        brands.use_settings(tx, samples.settings, datetime(2026, 11, 22, 7, tzinfo=stockholm))
        first_used = brands.versions(tx, samples.brand)[0].first_used
    assert first_used == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert first_used.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(store, samples):
    with pytest.raises(Exception, match="aware moments only") as refused, store.transaction() as tx:
        brands.use_settings(tx, samples.settings, datetime(2026, 11, 22))  # noqa: DTZ001
    assert not isinstance(refused.value, StoreError), "the program's mistake, not the user's"
