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


def test_what_is_at_work_is_kept_and_makes_nothing_the_newest(store, samples):
    hour = timedelta(hours=1)
    changed = replace(samples.settings, source="changed", version="def")
    with store.transaction() as tx:
        brands.take(tx, samples.settings, samples.now, newest=True)
        assert brands.taken(tx, samples.brand) == "abc"
        brands.use_settings(tx, changed, samples.now + hour, by="Ada")
        brands.keep(tx, samples.settings, samples.now + 2 * hour)
        assert brands.latest(tx, samples.brand).version == "def"
        assert brands.latest(tx, samples.brand).written_by == "Ada"
        assert brands.without_file(tx) == []
        brands.take(tx, samples.settings, samples.now + 3 * hour, newest=False)
        assert brands.latest(tx, samples.brand).version == "def"
        brands.take(tx, samples.settings, samples.now + 3 * hour, newest=True)
        assert brands.latest(tx, samples.brand).version == "abc"


def test_a_brand_that_no_file_ever_held_lives_on_the_pages(store, samples):
    with store.transaction() as tx:
        brands.use_settings(tx, samples.settings, samples.now, by="Ada")
        assert brands.without_file(tx) == [samples.brand]


def test_a_clock_that_was_set_back_makes_no_older_version_the_latest(store, samples):
    earlier = samples.now - timedelta(days=1)
    changed, edited = (replace(samples.settings, source=name, version=name) for name in ("changed", "edited"))
    with store.transaction() as tx:
        brands.take(tx, samples.settings, samples.now, newest=True)
        brands.take(tx, changed, earlier, newest=True)
        assert brands.taken(tx, samples.brand) == brands.latest(tx, samples.brand).version == "changed"
        brands.use_settings(tx, edited, earlier, by="Ada")
        assert brands.latest(tx, samples.brand).version == "edited"
