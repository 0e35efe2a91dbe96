"""Each version of a brand file is kept once."""

from dataclasses import replace
from datetime import timedelta

from storage import brands


def test_a_version_is_kept_once_and_the_last_used_is_the_latest(store, samples):
    hour = timedelta(hours=1)
    changed = replace(samples.settings, source="changed", version="def")
    with store.transaction() as tx:
        assert brands.latest(tx, samples.brand) is None
        for hours, settings in enumerate([samples.settings, changed, samples.settings]):
            brands.use_settings(tx, settings, samples.now + hours * hour)
    with store.snapshot() as tx:
        kept = brands.versions(tx, samples.brand)
        assert [(version.version, version.first_used) for version in kept] == [
            ("abc", samples.now),
            ("def", samples.now + hour),
        ]
        assert brands.latest(tx, samples.brand) == kept[0]
        assert brands.names(tx) == ["Corvane"]
        assert brands.first_used(tx, samples.brand) == samples.now
        assert brands.first_used(tx, "Tamarrow") is None
