"""Several replies that are one answer."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.answers import Reply, Source, Usage, VendorCitation
from probes.turns import joined

TEXTS = st.text(alphabet="aé😀 \n", max_size=10)


@given(TEXTS, TEXTS, st.data())
def test_citations_keep_their_words(first, second, data):
    start = data.draw(st.integers(0, max(len(second) - 1, 0)))
    cited = VendorCitation(url="https://a.example/", start=start, end=len(second)) if second else None
    later = Reply(text=second, citations=(cited,) if cited else ())
    both = joined(Reply(text=first, resume="[]"), later)
    assert both.text.startswith(first)
    assert both.text.endswith(second)
    assert [both.text[c.start : c.end] for c in both.citations] == ([second[start:]] if cited else [])


def test_what_was_found_and_paid_adds_up():
    page, other = Source(url="https://a.example/"), Source(url="https://b.example/")
    usage = Usage(input_tokens=10, output_tokens=1, searches=2)
    first = Reply(
        text="", sources=(page,), queries=("a",), searched=True, usage=usage, cost=Decimal("0.1"), resume="[1]"
    )
    second = Reply(text="K2", sources=(page, other), queries=("b",), searched=False, usage=usage, cost=Decimal("0.2"))
    both = joined(first, second)
    assert both.sources == (page, other)
    assert (both.queries, both.searched, both.cost) == (("a", "b"), True, Decimal("0.3"))
    assert both.usage == Usage(input_tokens=20, output_tokens=2, searches=4)
    assert not both.resume


def test_a_second_pause_sends_back_both_parts():
    both = joined(Reply(text="", resume='["a"]'), Reply(text="", resume='["b"]'))
    assert json.loads(both.resume) == ["a", "b"]


def test_a_citation_without_a_place_gets_none():
    both = joined(Reply(text="x", resume="[]"), Reply(text="y", citations=(VendorCitation(url="u"),)))
    assert both.citations[0].start is None
