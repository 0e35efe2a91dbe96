"""Labelled answers about invented brands of many trades: what is said of accuracy holds on all of them together."""

import re
from typing import Any

import pytest

from monitor.analysis import kinds
from tests.bench import brands

BRANDS = brands.load_all()
ASIDE = brands.load_all(folder=brands.ASIDE)


@pytest.fixture(scope="module")
def scored() -> dict[str, Any]:
    return {brand.name: brands.score(brand) for brand in BRANDS}


def pooled(scored: dict[str, Any]) -> Any:
    return sum(scored.values(), brands.Score())


def test_accusations_are_right(scored: dict[str, Any]) -> None:
    total = pooled(scored)
    assert total.wrong.precision >= 0.95, "\n".join(total.slips)
    assert total.wrong.recall >= 0.7, "\n".join(total.slips)


def test_confirmations_are_right(scored: dict[str, Any]) -> None:
    total = pooled(scored)
    assert total.supported.precision >= 0.95, "\n".join(total.slips)
    assert total.supported.recall >= 0.68, "\n".join(total.slips)


@pytest.mark.parametrize("brand", BRANDS, ids=[brand.name for brand in BRANDS])
def test_no_brand_falls_far_behind(scored: dict[str, Any], brand: Any) -> None:
    one = scored[brand.name]
    assert one.wrong.precision >= 0.9, "\n".join(one.slips)
    assert one.supported.precision >= 0.85, "\n".join(one.slips)


@pytest.mark.parametrize("brand", [*BRANDS, *ASIDE], ids=[brand.name for brand in [*BRANDS, *ASIDE]])
def test_every_label_names_a_fact_and_some_words(brand: Any) -> None:
    facts = {fact.id for fact in brand.sheet.facts}
    for labelled in brand.answers:
        for label in labelled.labels:
            assert label.fact in facts
            assert labelled.answer.text[label.start : label.end].strip()
        assert not re.search(r"\{[-+~?]|\}", labelled.answer.text)


def test_the_brands_speak_of_every_kind_of_fact_and_in_five_languages() -> None:
    assert {fact.kind for brand in BRANDS for fact in brand.sheet.facts} == set(kinds.ALL)
    assert {one.answer.lang for brand in BRANDS for one in brand.answers} >= {"en", "de", "fr", "es", "ja"}
