"""The corpus of hard cases: what the reader must get right, one line each."""

from functools import cache
from typing import Any

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer, Source, VendorCitation
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Reading


def reading(case: dict[str, Any], text: str) -> Reading:
    sources = tuple(Source(**one) for one in case.get("sources", ()))
    citations = tuple(VendorCitation(**one) for one in case.get("citations", ()))
    answer = Answer(
        id="a",
        text=text,
        question=case.get("question", ""),
        lang=case.get("lang", ""),
        sources=sources,
        citations=citations,
    )
    return reader(case["sheet"]).read(answer)


@cache
def reader(sheet: FactSheet) -> Reader:
    """One reader for all the cases of a sheet: building one takes longer than reading."""
    return Reader(sheet)


def test_mentions(mentions_case):
    marked = mentions_case["text"]
    text = marked.replace("«", "").replace("»", "")
    expected, removed = [], 0
    for place, char in enumerate(marked):
        if char in "«»":
            expected.append(place - removed)
            removed += 1
    found = [offset for m in reading(mentions_case, text).mentions for offset in (m.start, m.end)]
    assert [text[a:b] for a, b in zip(found[::2], found[1::2], strict=True)] == [
        text[a:b] for a, b in zip(expected[::2], expected[1::2], strict=True)
    ]
    assert found == expected


def test_ranks(ranks_case):
    found = reading(ranks_case, ranks_case["text"])
    assert dict(found.ranks) == ranks_case["ranks"]
    if "recommended" in ranks_case:
        assert sorted(found.recommended) == sorted(ranks_case["recommended"])
    if "first" in ranks_case:
        assert found.first_choice == ranks_case["first"]
    if "against" in ranks_case:
        assert list(found.advised_against) == ranks_case["against"]
    if "better" in ranks_case:
        assert [[one.better, one.worse, one.on] for one in found.comparisons] == ranks_case["better"]


def test_citations(citations_case):
    text = citations_case["text"]
    found = reading(citations_case, text).citations
    assert [(c.url, c.owner.value) for c in found] == [(e["url"], e["owner"]) for e in citations_case["expect"]]
    for citation, expected in zip(found, citations_case["expect"], strict=True):
        if "quote" in expected:
            assert text[citation.start : citation.end] == expected["quote"]
        if "supports" in expected:
            assert citation.supports is not None
            assert text[citation.supports.start : citation.supports.end] == expected["supports"]


def test_outcome(outcome_case):
    assert reading(outcome_case, outcome_case["text"]).outcome.value == outcome_case["outcome"]


def test_stance(stance_case):
    found = reading(stance_case, stance_case["text"])
    assert {entity: stance.label.value for entity, stance in found.stance.items()} == stance_case["stance"]
