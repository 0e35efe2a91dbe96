"""What pages show is kept until something changes, and a search ends its page in time whatever it looks for."""

from datetime import timedelta

import pytest

from monitor import pipeline
from monitor.domain.search import Wanted
from monitor.service import documents, outnamed, panel, portraits, warm
from storage import derived, digests, search, tallies


@pytest.fixture
def days(stand):
    today = stand.house.clock().date()
    return today - timedelta(days=29), today


def test_what_was_written_down_is_what_would_be_computed(stand, days):
    warm.warm(stand.house)
    for what in (portraits.PORTRAIT, panel.PROMPTS, outnamed.OUTNAMED):
        with stand.store.snapshot() as tx:
            written = derived.find(tx, stand.house.settings.brand, f"page:{what.name}:{days[0]}", days[1])
        assert written
        assert what.body.value(written.partition("\n")[2]) == what.make(stand.house, *days)


def test_a_change_of_the_digests_is_seen_at_once(stand, days):
    brand = stand.house.settings.brand
    before = portraits.portrait(stand.house, *days)
    assert before.answers
    with stand.store.transaction() as tx:
        held = {digest.round_id for digest in digests.load(tx, brand, *days)}
        for round_id in held:
            digests.save(tx, brand, round_id, days[1], [])
    assert portraits.portrait(stand.house, *days).answers == 0


def test_one_topic_of_a_digest_is_that_topic_of_the_tallies(stand, days):
    brand, topic = stand.house.settings.brand, stand.house.settings.prompts[0].topic
    shown = documents.portrait(stand.house, *days, topic=topic)
    with stand.store.snapshot() as tx:
        found = [one for one in tallies.load(tx, brand, *days) if one.series.topic == topic]
    assert shown.visibility
    for each in (*shown.visibility, *shown.share_of_voice):
        own = [one for one in found if _all_topics(one) == each.series]
        assert (each.rate.hits, each.rate.of) == (sum(one.hits for one in own), sum(one.of for one in own))


def _all_topics(tally):
    return type(tally.series)(
        measure=tally.series.measure,
        assistant_id=tally.series.assistant_id,
        surface=tally.series.surface,
        subject=tally.series.subject,
    )


@pytest.mark.parametrize("narrowed", [{}, {"words": "no such words"}, {"missed": True}])
def test_pages_that_look_at_little_find_the_same(stand, days, narrowed):
    wanted = Wanted(start=days[0], end=days[1], **narrowed)
    named = pipeline.naming(stand.house.settings)
    with stand.store.snapshot() as tx:
        brand = stand.house.settings.brand
        whole = search.find(tx, brand, wanted, label=named, limit=1000)
        found, after = [], None
        for _ in range(1000):
            page = search.find(tx, brand, wanted, label=named, after=after, limit=3, look_at=5)
            found += page.hits
            after = page.more
            if after is None:
                break
    assert whole.more is None
    assert tuple(found) == whole.hits
