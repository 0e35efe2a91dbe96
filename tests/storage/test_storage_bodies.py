"""Values of the domain go into a text and come back the same."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.brand import Prompt
from storage.bodies import Body

PROMPT: Body[Prompt] = Body(Prompt)
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@given(text=ANY_TEXT, names=st.frozensets(ANY_TEXT), leading=st.booleans())
def test_whatever_the_text_is_it_comes_back_at_its_length(text, names, leading):
    back = PROMPT.value(PROMPT.text(Prompt(id="a", text=text, names=names, leading=leading)))
    assert len(back.text) == len(text)
    assert back.leading is leading
    if text.isprintable():
        assert back.text == text
