"""What pages show is kept until something changes, and a search ends its page in time whatever it looks for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor import pipeline
from monitor.domain.documents import Asked
from monitor.domain.search import Wanted
from monitor.service import documents, outnamed, panel, portraits, reporting, warm
from storage import derived, digests, reports, search, tallies


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


def test_a_report_says_what_the_pages_do_and_computes_nothing_anew(stand, days):
    asked = Asked(start=days[0], end=days[1])
    computed = reporting.page(stand.house, asked, documents.portrait(stand.house, *days))
    warm.warm(stand.house)
    assert _made(stand, asked) == computed
    brand, name = stand.house.settings.brand, f"page:{portraits.PORTRAIT.name}:{days[0]}"
    with stand.store.transaction() as tx:
        mark, _, body = derived.find(tx, brand, name, days[1]).partition("\n")
        known = replace(portraits.PORTRAIT.body.value(body), answers=4711)
        derived.keep(tx, brand, name, days[1], f"{mark}\n{portraits.PORTRAIT.body.text(known)}")
    assert "4,711 answers came back" in _made(stand, asked)


def _made(stand, asked):
    """A report as another program makes it: of what is written down."""
    portraits._kept.clear()
    wanted = reporting.ask(stand.house, asked, beside=lambda work: work())
    with stand.store.snapshot() as tx:
        _, content = reports.file(tx, wanted.id, f"{documents.stem(wanted.brand, asked.start, asked.end)}.html")
    return content.decode()
