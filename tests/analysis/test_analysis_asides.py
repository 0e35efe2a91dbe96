"""A name that stands there only to compare is found whatever is looked at first."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis import asides, kinds
from monitor.analysis.asides import Asides
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.page import Page
from monitor.analysis.text import parse
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.readings import Mention

COMPILED = compile_sheet(FactSheet(brand=Entity(name="Acme")), kinds.ALL)
WORDS = st.sampled_from(["than", "unlike", "vs.", "als die", "compared with", "the", "old", "(", "**", "como", "with"])
SPACES = st.sampled_from([" ", "  ", "\n", " \n", "\n\n", "\t", "\u00a0", ""])


@given(st.lists(st.tuples(WORDS, SPACES), max_size=6))
def test_every_word_of_comparison_is_seen(before: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in before)
    page = Page(document=parse(f"{text}Acme"), mentions=(), compiled=COMPILED, today=date(2026, 1, 1))
    naming = Mention(start=len(text), end=len(text) + 4, entity="Acme")
    compared = asides._ASIDE.search(page.folded, max(0, naming.start - 40), naming.start)
    assert Asides(page).holds(naming) == bool(compared)
