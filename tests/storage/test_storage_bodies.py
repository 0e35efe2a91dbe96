"""Values of the domain go into a text and come back the same."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from monitor.domain.answers import Surface
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.digests import Digest, Part
from monitor.domain.measures import Interval
from monitor.domain.readings import (
    Citation,
    Claim,
    Comparison,
    Evidence,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Span,
    Stance,
    StanceLabel,
    Verdict,
)
from storage.bodies import Body

PROMPT: Body[Prompt] = Body(Prompt)
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too
READING = Reading(
    answer_id="a",
    outcome=Outcome.ANSWER,
    mentions=(Mention(start=0, end=4, entity="Zürich\x7f\u2028\\"),),
    citations=(Citation(url="https://a.example/", domain="a.example", owner=Owner.OWN, supports=Span(start=0, end=9)),),
    ranks={"B": 2, "A": 1},
    recommended=("A",),
    comparisons=(Comparison(start=0, end=9, better="A", worse="B", on="price"),),
    stance={"A": Stance(label=StanceLabel.MIXED, score=-1 / 3)},
    claims=(Claim(start=1, end=2, fact="f", verdict=Verdict.OUTDATED, value="é", marks=(Span(start=1, end=2),)),),
    new_statements=(NewStatement(start=0, end=1, topic="recall"),),
    evidence=Evidence(ranks={"A": Span(start=0, end=1)}, stance={"A": (Span(start=0, end=1),)}),
)
_COUNTS = dict.fromkeys(
    ("asked", "answered", "refused", "missed", "cut_off", "imported", "told", "searched", "texts", "distinct", "claims",
     "checkable"), 1,
)  # fmt: skip
_AT = datetime(2026, 1, 2, 3, 4, 5, 67, tzinfo=UTC)
PART = Part(
    assistant_id="a", surface=Surface.API, topic="", label="A", first_at=_AT, last_at=_AT, cost=Decimal("0.0000125"),
    verdicts={"f": {Verdict.SUPPORTED: 1}}, **_COUNTS,
)  # fmt: skip
KEPT = (
    READING,
    Prompt(id="p", text="What?", topic="t", names=frozenset({"A"})),
    AssistantSettings(id="a", use="openai", model="m", options={"effort": "low"}),
    Digest(round_id="r", day=date(2026, 1, 2), parts=(PART,)),
    Interval(low=0.0, high=1.0),
)


@given(text=ANY_TEXT, names=st.frozensets(ANY_TEXT), leading=st.booleans())
def test_whatever_the_text_is_it_comes_back_at_its_length(text, names, leading):
    back = PROMPT.value(PROMPT.text(Prompt(id="a", text=text, names=names, leading=leading)))
    assert len(back.text) == len(text)
    assert back.leading is leading
    if text.isprintable():
        assert back.text == text


@pytest.mark.parametrize("value", KEPT, ids=lambda value: type(value).__name__)
def test_what_another_library_wrote_is_read_and_written_the_same(value):
    body, other = Body(type(value)), TypeAdapter(type(value))
    written = other.dump_json(value).decode()
    assert body.value(written) == value == other.validate_json(body.text(value))
    assert body.text(value) == written


def test_a_text_from_before_a_field_came_gives_its_default():
    assert Body(Interval).value('{"low": 0, "high": 1}') == Interval(low=0.0, high=1.0)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"low": "a", "high": 1}', '{"low": 0}'])
def test_a_text_that_holds_something_else_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Body(Interval).value(text)
