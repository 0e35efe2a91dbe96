"""Byte offsets become character offsets, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from probes.shapes.offsets import NOWHERE, Passage, from_bytes, placed, str_offset

TEXTS = st.text(alphabet=st.sampled_from("aé😀字\u0301\u200d\x00 \n") | st.characters(), max_size=40)


@given(TEXTS, st.integers(-3, 200))
def test_a_byte_offset_is_a_character_or_none(text, offset):
    encoded = text.encode("utf-8", "surrogatepass")
    found = str_offset(encoded, offset)
    starts = {len(text[:place].encode("utf-8", "surrogatepass")): place for place in range(len(text) + 1)}
    assert found == starts.get(offset)


@given(TEXTS, st.data())
def test_the_vendors_words_come_back_from_their_bytes(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first = len(text[:start].encode("utf-8", "surrogatepass"))
    last = first + len(text[start:end].encode("utf-8", "surrogatepass"))
    place = from_bytes(text, first, last, text[start:end])
    assert place == ((start, end) if start < end else NOWHERE)


@given(TEXTS, st.integers() | st.none() | st.floats() | st.text(), st.integers() | st.none(), st.text(max_size=3))
def test_a_place_is_inside_the_text_or_none_and_quotes_the_quote(text, start, end, quote):
    first, last = from_bytes(text, start, end, quote)
    if first is None or last is None:
        assert (first, last) == NOWHERE
    else:
        assert 0 <= first < last <= len(text)
        assert not quote or text[first:last] == quote


@given(st.integers(0, 30), st.integers() | st.none(), st.integers() | st.text(), st.integers(0, 9))
def test_character_offsets_are_inside_their_part_or_none(length, start, end, shift):
    first, last = placed(length, start, end, shift=shift)
    assert (first, last) == NOWHERE or shift <= first < last <= shift + length


@given(st.lists(TEXTS, max_size=6))
def test_a_passage_knows_where_each_part_starts(parts):
    passage = Passage()
    starts = [passage.add(part) for part in parts]
    assert passage.text == "".join(parts)
    assert all(passage.text[start:].startswith(part) for start, part in zip(starts, parts, strict=True))


def test_the_nearest_of_several_same_words_is_meant():
    text = "K2, K2 und Öfen K2"
    assert from_bytes(text, 15, 18, "K2") == (16, 18)
