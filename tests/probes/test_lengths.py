"""An answer that is too long to be read whole."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.answers import Finish, Reply, Source, VendorCitation
from probes.lengths import LONGEST, bounded


def cited(start, end):
    return VendorCitation(url="https://a.example/", start=start, end=end)


def test_what_fits_is_left_as_it_is():
    reply = Reply(text="x" * LONGEST, citations=(cited(LONGEST - 2, LONGEST),))
    assert bounded(reply) is reply


def test_what_is_longer_is_cut_and_flagged():
    inside, nowhere = cited(0, 9), cited(None, None)
    across, beyond = cited(LONGEST - 1, LONGEST + 1), cited(LONGEST, LONGEST + 2)
    pages = (Source(url="https://a.example/"),)
    citations = (inside, across, beyond, nowhere)
    reply = Reply(text="x" * (LONGEST + 9), citations=citations, sources=pages, finish_reason="stop")
    cut = bounded(reply)
    assert (len(cut.text), cut.finish, cut.finish_reason) == (LONGEST, Finish.TRUNCATED, "stop")
    assert cut.citations == (inside, nowhere)
    assert cut.sources == pages


PLACES = st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20)), max_size=5)


@given(st.text(max_size=20), st.integers(0, 20), PLACES)
def test_every_place_that_is_kept_has_its_words(text, longest, places):
    spans = [(start, end) for start, end in places if start < end <= len(text)]
    cut = bounded(Reply(text=text, citations=tuple(cited(*span) for span in spans)), longest)
    assert text.startswith(cut.text)
    assert len(cut.text) <= longest
    assert all(cut.text[each.start : each.end] == text[each.start : each.end] for each in cut.citations)
    assert (cut.finish is Finish.TRUNCATED) == (len(text) > longest)
