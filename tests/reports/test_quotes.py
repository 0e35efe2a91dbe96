from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.alerts import Quote
from monitor.domain.readings import Span
from reports.quotes import CUT, marked_text, pieces

spans = st.lists(st.builds(Span, start=st.integers(-5, 700), end=st.integers(-5, 700)), max_size=5).map(tuple)
plain = st.text(st.characters(min_codepoint=32, max_codepoint=0x2000, exclude_categories=["Cc", "Cf"]), max_size=600)


@given(text=plain, marks=spans, limit=st.integers(20, 300))
def test_pieces_are_the_answer_s_own_words(text: str, marks: tuple[Span, ...], limit: int) -> None:
    found = pieces(Quote(answer_id="a", text=text, marks=marks), limit)
    joined = "".join(piece.text for piece in found).removeprefix(CUT).removesuffix(CUT)
    letters = iter(text)
    assert all(letter in letters for letter in joined)
    assert len(joined) <= limit


@given(text=plain.filter(bool), data=st.data(), limit=st.integers(60, 300))
def test_the_first_mark_is_never_cut_away(text: str, data: st.DataObject, limit: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = min(len(text), start + 20)
    found = pieces(Quote(answer_id="a", text=text, marks=(Span(start=start, end=end),)), limit)
    marked = "".join(piece.text for piece in found if piece.marked)
    assert marked
    letters = iter(text[start:end])
    assert all(letter in letters for letter in marked)


def test_overlapping_marks_become_one() -> None:
    quote = Quote(answer_id="a", text="It costs 99 euros.", marks=(Span(start=9, end=11), Span(start=10, end=17)))
    assert marked_text(quote) == "It costs [[99 euros]]."


def test_a_long_quote_is_cut_around_its_mark() -> None:
    text = "before " * 200 + "WRONG" + " after" * 200
    quote = Quote(answer_id="a", text=text, marks=(Span(start=1400, end=1405),))
    shown = marked_text(quote, 100)
    assert "[[WRONG]]" in shown
    assert shown.startswith(f"{CUT}before")
    assert shown.endswith(f"after{CUT}")


def test_the_signs_of_markdown_are_not_shown() -> None:
    text = "- **Price:** it costs **€1,990** ([shop.example](https://shop.example/a_(b)?utm_source=x)) in `store`."
    quote = Quote(answer_id="a", text=text, marks=(Span(start=text.index("€"), end=text.index("€") + 6),))
    assert marked_text(quote) == "Price: it costs [[€1,990]] (shop.example) in store."


def test_a_mark_on_signs_alone_stays() -> None:
    quote = Quote(answer_id="a", text="rated ** by us", marks=(Span(start=6, end=8),))
    assert marked_text(quote) == "rated [[**]] by us"


def test_the_bars_of_a_table_s_row_are_not_shown() -> None:
    quote = Quote(answer_id="a", text="| Brunnholt | short in depth |", marks=(Span(start=2, end=11),))
    assert marked_text(quote) == "[[Brunnholt]] | short in depth"
