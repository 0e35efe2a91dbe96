"""Sign-ins that failed hold up further ones for a while, and no longer because a clock was set back."""

from datetime import timedelta

from storage import accounts


def test_a_failure_counts_for_its_time_on_a_clock_that_was_set_back_too(store, samples):
    within, day = timedelta(minutes=15), timedelta(days=1)
    with store.transaction() as tx:
        accounts.failed(tx, "account:ann@example.com", samples.now, within=within)
        assert accounts.failures(tx, "account:ann@example.com", samples.now, within=within) == (1, samples.now)
        for now in (samples.now + day, samples.now - day):
            assert accounts.failures(tx, "account:ann@example.com", now, within=within) == (0, None)
