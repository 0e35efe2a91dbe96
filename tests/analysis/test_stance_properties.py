"""What must not change how an answer speaks of a brand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis import attribution, valence
from monitor.analysis.grouping import by_sentence
from monitor.analysis.mentions import Finder
from monitor.analysis.reader import Reader
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.readings import StanceLabel

BRAND = Entity(name="Brightloom", aliases=("BL Weaving", "Loomhaus"))
RIVALS = (Entity(name="Oakhaven"), Entity(name="Pinecrest"))
SHEET = FactSheet(brand=BRAND, competitors=RIVALS)
TEXTS = [
    "Brightloom is excellent and very reliable, while Oakhaven is overpriced and its support is terrible.",
    "Although Brightloom is praised for sturdy frames, customers complain about poor support.",
    "Brightloom is dependable, with a few caveats. It opened in 1950.",
    "Brightloom was founded in 1950 and has ten shops in Leeds.",
    "I'd avoid Brightloom. Choose Oakhaven.",
    "Brightloom is outstanding and beloved, Oakhaven is flimsy and overpriced.",
    "**Brightloom**\n\n- outstanding quality\n- great service\n\n**Oakhaven**\n\n- flimsy, disappointing",
    "Brightloom faces a lawsuit over fraud, and critics speak of a scandal.",
    "Brightloom ist hochwertig und beliebt, aber überteuert, und die Kritik nimmt zu.",
]
ASIDE = "The weather in Lisbon was mild in March, and the trains ran on time."


def stances(text, sheet=SHEET):
    found = Reader(sheet).read(Answer(id="a", text=text))
    return {entity: (stance.label, stance.score) for entity, stance in found.stance.items()}


@pytest.mark.parametrize("text", TEXTS)
def test_the_order_of_the_sheet_plays_no_part(text):
    assert stances(text, replace(SHEET, competitors=RIVALS[::-1])) == stances(text)


@pytest.mark.parametrize("text", TEXTS)
def test_an_alias_is_the_brand(text):
    assert stances(text.replace("Brightloom", "Loomhaus")) == stances(text)


@pytest.mark.parametrize("text", TEXTS)
def test_an_unrelated_paragraph_changes_no_label(text):
    labels = {entity: label for entity, (label, _) in stances(text).items()}
    assert {entity: label for entity, (label, _) in stances(f"{ASIDE}\n\n{text}").items()} == labels
    assert {entity: label for entity, (label, _) in stances(f"{text}\n\n{ASIDE}").items()} == labels


@pytest.mark.parametrize("text", TEXTS)
def test_the_evidence_is_quoted_from_the_answer(text):
    found = Reader(SHEET).read(Answer(id="a", text=text))
    for entity, spans in found.evidence.stance.items():
        assert spans
        assert entity in found.stance
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


def test_the_model_speaks_where_no_word_judges():
    sure = "Prosecutors accused Brightloom of lying to investigators and hiding what it had done."
    assert valence.score("Prosecutors accused of lying to investigators and hiding what it had done.") == (0, 0)
    found = Reader(SHEET).read(Answer(id="a", text=sure))
    assert found.stance["Brightloom"].label is StanceLabel.NEGATIVE
    assert [sure[span.start : span.end] for span in found.evidence.stance["Brightloom"]] == [sure]
    assert stances("Brightloom opened an office in Leeds on Monday.")["Brightloom"] == (StanceLabel.NEUTRAL, 0.0)


WORDS = st.sampled_from(
    ["good", "bad", "not", "very", "or", "nor", "if", "well-made", "isn't", "and", "Loom", ",", "."]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_a_clause_is_weighed_alike_alone_and_inside_a_text(clause, before):
    alone, ahead = " ".join(clause), " ".join(before) + "\n"
    inside = valence.Opinions((ahead + alone).lower()).score(len(ahead), len(ahead) + len(alone))
    assert inside == valence.score(alone)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_score_of_two_sides(text):
    good, bad = valence.score(text)
    assert good >= 0
    assert bad >= 0


PARTS = st.sampled_from(
    [
        *(
            "Brightloom",
            "Oakhaven",
            "Pinecrest",
            "is good",
            "is bad",
            "opened",
            ", which",
            ", ",
            " than ",
            " but ",
            "; ",
        ),
        *(". ", "\n", "\n\n", "\n\n- ", "\n\n1. **", "\n\n## ", "\n\n| a | b |\n|---|---|\n| "),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=24).map(" ".join))
def test_sentences_without_a_judging_word_need_not_be_gone_through(text):
    document = parse(text)
    mentions = Finder(SHEET.entities).find(document, "")
    opinions = valence.Opinions(document.folded)
    telling = [sentence for sentence, _ in by_sentence(document, opinions.found)]

    def judged(sentences):
        clauses = attribution.about(document, mentions, BRAND.name, sentences)
        return [one for one in clauses if any(opinions.score(one.clause.start, one.clause.end))]

    assert judged(telling) == judged(document.sentences)


def test_five_clauses_of_an_entity_are_told():
    text = " ".join(f"Brightloom is good at {what}." for what in ("one", "two", "three", "four", "five", "six"))
    found = Reader(SHEET).read(Answer(id="a", text=text))
    assert [text[one.start : one.end] for one in found.evidence.stance["Brightloom"]] == [
        f"Brightloom is good at {what}." for what in ("one", "two", "three", "four", "five")
    ]
