"""Personal data go under masks of their own length; everything else, and every offset, stays."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alerts import Quote
from monitor.domain.masking import Mask, published
from monitor.domain.readings import Span

MASK = Mask(lambda: b"a key")
PERSONAL = [
    "ann.lee@mail.example",
    "a@b.co",
    "Ann.Lee+news@sub.mail-server.example",
    "+46 8 123 456 78",
    "+46 (0)8 123 456 78",
    "0046 8 123 456",
    "+1-212-555-0123",
    "(212) 555-0123",
    "212-555-0123",
    "08-123 456 78",
    "0171/1234567",
    "030 12345678",
    "4111 1111 1111 1111",
    "4111111111111111",
    "3782-822463-10005",
    "GB82 WEST 1234 5698 7654 32",
    "DE89370400440532013000",
]
PLAIN = [
    "founded in 1943, with 466 shops in 63 countries",
    "from 2009-2011 and on 2026-11-22",
    "on 01-02-2026 or 01/02/26",
    "it costs 1,290,000.50 EUR or 0.0123456789",
    "4111 1111 1111 1112",
    "GB82 WEST 1234 5698 7654 31",
    "https://shop.example/p/4111111111111111?id=4111111111111111",
    "@handle and a@b",
    "version 10.20.30.40, page 123-456",
    "the years 1990 1991 1992 1993",
    "a 24-7 service, 9-5, 06:00-18:00",
    "ISO 9001 2015 and EN 12345",
]


@pytest.mark.parametrize("value", PERSONAL)
def test_what_is_personal_is_masked_at_its_length(value):
    text = f"Write to {value}, or leave it."
    masked = MASK(text)
    assert value not in masked
    assert len(masked) == len(text)
    assert masked.startswith("Write to [")
    assert masked.endswith("], or leave it.")


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_not_personal_stays(text):
    assert MASK(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+46 8 123 456 78", "0046 8 12 34 56 78"),
        ("Ann@mail.example", "ann@mail.example"),
        ("4111 1111 1111 1111", "4111111111111111"),
        ("GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"),
    ],
)
def test_one_value_has_one_mask_however_it_is_spelled(one, other):
    first, second = (re.search(r"\[(\w+ \w{4})", MASK(each))[1] for each in (one, other))
    assert first == second
    assert Mask(lambda: b"another key")(one) != MASK(one)


def test_values_that_differ_have_masks_that_differ():
    masks = {MASK(f"person{number}@mail.example") for number in range(200)}
    assert len(masks) == 200


def test_what_the_brand_publishes_stays():
    mask = replace(MASK, besides=published(["Our desk: press@acme.example, +46 8 123 456 78"]))
    text = "Write to Press@acme.example, call 0046-8-12345678, not ann@acme.example."
    assert mask(text).startswith("Write to Press@acme.example, call 0046-8-12345678, not [mail ")


def test_no_mask_leaves_everything():
    text = "ann@mail.example"
    assert Mask()(text) is text


@given(
    st.lists(
        st.one_of(st.sampled_from(PERSONAL), st.sampled_from(PLAIN), st.text(max_size=12), st.just("\u202e🧵\n")),
        max_size=8,
    )
)
def test_offsets_fit_whatever_the_text(parts):
    text = " ".join(parts)
    masked = MASK(text)
    assert len(masked) == len(text)
    assert MASK(masked) == masked, "what is masked stays as it is"
    for old, new in zip(text.splitlines(), masked.splitlines(), strict=True):
        assert len(old) == len(new)


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "0-1 " * 25_000, "a@" * 50_000, "+1 " * 30_000, "AB12" * 25_000, "1" * 100_000]
)
def test_hostile_length_is_no_burden(text):
    assert len(MASK(text)) == len(text)


def test_whole_values_are_masked_and_what_finds_them_again_is_not():
    said = Quote(
        answer_id="4111111111111111",
        text="Write to ann@mail.example today.",
        marks=(Span(start=9, end=25),),
        question="Who is ann@mail.example?",
        asked_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    masked = MASK.all((said, {"said": [said]}))
    assert masked[0].answer_id == said.answer_id
    assert masked[0].marks == said.marks
    assert "ann@" not in repr(masked)
    (mark,) = masked[0].marks
    assert masked[0].text[mark.start : mark.end].startswith("[mail ")
    untouched = replace(said, text="nothing", question="")
    assert MASK.all(untouched) is untouched
