"""The trained model of stance: its file, its card, and that it reads sentences alike whatever stands beside them."""

import numpy as np
import pytest

from monitor.analysis import stance_model
from monitor.analysis.stance_model import LABELS
from monitor.analysis.targeting import LENGTH, START, TARGET
from monitor.analysis.training import card
from monitor.analysis.training.__main__ import labels_of, macro_f1, told
from monitor.analysis.training.examples import news

SENTENCES = [
    "Critics accused {} of misleading its customers.",
    "{} was fined for the leak, a judge said.",
    "Analysts praised {} for its generous help.",
    "{} opened an office in Leeds on Monday.",
    "Shares of {} fell after the warning, while the rival gained.",
]


@pytest.fixture(scope="module")
def model():
    return stance_model.load()


def sight(model, sentence, name="Acme"):
    start = sentence.index("{}")
    return model.vocabulary.sight(sentence.format(name), start, start + len(name))


def test_the_file_is_small():
    assert stance_model.FILE.stat().st_size < 5_000_000


def test_the_card_agrees_with_the_file(model):
    facts = stance_model.facts()
    written = stance_model.FILE.with_suffix(".md").read_text(encoding="utf-8")
    assert written == card.page(stance_model.FILE, facts)
    assert all(licence in written for licence in ("| MIT |", "| ODC-BY 1.0 |", "| Apache-2.0 |"))
    assert facts["date"] in written
    assert (facts["layers"], facts["pieces"]) == (str(model.net.layers), str(len(model.vocabulary.pieces)))


def test_blame_and_praise_are_told(model):
    odds = model.odds([sight(model, sentence) for sentence in SENTENCES])
    said = [LABELS[place] for place in odds.argmax(axis=1)]
    assert said == ["negative", "negative", "positive", "neutral", "negative"]


def test_two_names_in_one_sentence_are_told_apart(model):
    text = "Borealis was praised for its candour, while Acme was fined for fraud."
    praised, fined = (text.index(name) for name in ("Borealis", "Acme"))
    assert model.label(text, praised, praised + len("Borealis")) == "positive"
    assert model.label(text, fined, fined + len("Acme")) == "negative"


def test_odds_add_up(model):
    odds = model.odds([sight(model, sentence) for sentence in SENTENCES])
    assert odds.shape == (len(SENTENCES), 3)
    assert odds.sum(axis=1) == pytest.approx(1)
    assert model.odds([]).shape == (0, 3)


def test_a_sentence_is_read_alike_alone_and_among_others(model):
    sights = [sight(model, sentence) for sentence in SENTENCES]
    alone = np.concatenate([model.odds([one]) for one in sights])
    assert model.odds(sights) == pytest.approx(alone, abs=1e-6)
    assert model.odds(sights[::-1])[::-1] == pytest.approx(alone, abs=1e-6)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_name_plays_no_part(model, sentence):
    one, other = sight(model, sentence, "Acme"), sight(model, sentence, "Terrible Fraud Inc.")
    assert model.odds([one]).tolist() == model.odds([other]).tolist()


def test_a_pronoun_is_seen_behind_the_mark(model):
    name, pronoun = (model.vocabulary.sight(f"{word} was fined.", 0, len(word)) for word in ("Acme", "They"))
    assert len(pronoun.pieces) == len(name.pieces) + 1
    assert list(pronoun.pieces[:2]) == list(name.pieces[:2]) == [START, TARGET]
    assert pronoun.at == name.at == 1


LONG = "word " * 300


@pytest.mark.parametrize("text", ["Acme", "Acme !!!!", "§ Acme ¤", f"{LONG}Acme {LONG}", "宜家 Acme 家具"])
def test_any_text_is_read(model, text):
    start = text.index("Acme")
    found = model.vocabulary.sight(text, start, start + 4)
    assert len(found.pieces) <= LENGTH
    assert np.isfinite(model.odds([found])).all()


def test_numbers_are_rounded_to_the_nearest_and_cut_at_the_edges():
    table = np.array([[1.0, -3.0], [2.0, 3.0], [90.0, 0.0]])
    whole, worth = stance_model.packed(table)
    assert worth == pytest.approx(stance_model.STEP * table.std(axis=0, keepdims=True))
    assert whole.dtype == np.int8
    assert np.abs(whole).max() <= stance_model.LEVELS
    inside = np.abs(table) <= stance_model.LEVELS * worth
    assert np.all((np.abs(whole * worth - table) <= worth * 0.5001) | ~inside)


@pytest.mark.shared
def test_the_card_s_figure_is_measured_again(model, shared):
    examples = list(news(shared / "stance-newsmtsc" / "devtest_rw.jsonl"))
    measured = macro_f1(told(model, examples), labels_of(examples))
    # Sums of another processor differ in the last digits, which may turn one label of a thousand.
    assert measured == pytest.approx(float(stance_model.facts()["held macro-F1"]), abs=0.002)
    assert str(len(examples)) == stance_model.facts()["held targets"]
