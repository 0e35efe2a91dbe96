import re

import pytest

from monitor.demo import phrases

STOCKS = ("choosing", "company", "care", "german")
# slots of a single brand are few, yet an answer draws from all brands; small side remarks
SMALL = re.compile(
    r"^(trait|sentence) |unknown|hedged|care|rival|brand|refusal|avoid|recycled|delivery|ownership|employees|parts"
)


def test_slots_are_rich_in_variants():
    for stock in ("choosing", "company", "care"):
        for slot, variants in phrases.read(stock).items():
            assert len(variants) >= (3 if SMALL.search(slot) else 8), slot


def test_traits_of_one_prompt_make_more_than_twenty_variants():
    slots = phrases.read("choosing")
    for prompt in ("small-kitchen", "under-700", "beginner", "repair"):
        assert sum(len(said) for slot, said in slots.items() if slot.startswith("trait ") and prompt in slot) >= 20


@pytest.mark.parametrize("stock", STOCKS)
def test_no_sentence_stands_twice_in_a_slot(stock):
    for slot, variants in phrases.read(stock).items():
        assert len(set(variants)) == len(variants), slot


@pytest.mark.parametrize("stock", STOCKS)
def test_sentences_end_like_sentences(stock):
    loose = re.compile(r"^(trait|heading|verdict)")
    for slot, variants in phrases.read(stock).items():
        if not loose.match(slot):
            assert all(said[-1] in ".?!:" for said in variants), slot
