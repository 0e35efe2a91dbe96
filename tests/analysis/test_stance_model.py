"""The trained model of stance: its file, its card, and that it reads sentences alike whatever stands beside them."""

import numpy as np
import pytest

from monitor.analysis import stance_model
from monitor.analysis.targeting import UNKNOWN, Sight, Vocabulary, combinations, lay
from monitor.analysis.training import card, net, wide
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


def test_the_card_agrees_with_the_file():
    facts = stance_model.facts()
    written = stance_model.FILE.with_suffix(".md").read_text(encoding="utf-8")
    assert written == card.page(stance_model.FILE, facts)
    assert all(licence in written for licence in ("| MIT |", "| ODC-BY 1.0 |", "| Apache-2.0 |"))
    assert facts["date"] in written


def test_blame_and_praise_are_told(model):
    odds = model.odds([sight(model, sentence) for sentence in SENTENCES])
    assert [stance_model.LABELS[place] for place in odds.argmax(axis=1)[:4]] == [
        "negative",
        "negative",
        "positive",
        "neutral",
    ]


def test_odds_add_up(model):
    odds = model.odds([sight(model, sentence) for sentence in SENTENCES])
    assert odds.shape == (len(SENTENCES), 3)
    assert odds.sum(axis=1) == pytest.approx(1)
    assert model.odds([]).shape == (0, 3)


def test_a_sentence_is_read_alike_alone_and_among_others(model):
    sights = [sight(model, sentence) for sentence in SENTENCES]
    alone = np.concatenate([model.odds([one]) for one in sights])
    assert model.odds(sights) == pytest.approx(alone, abs=1e-5)
    assert model.odds(sights[::-1])[::-1] == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_name_plays_no_part(model, sentence):
    one, other = sight(model, sentence, "Acme"), sight(model, sentence, "Terrible Fraud Inc.")
    assert model.odds([one]).tolist() == model.odds([other]).tolist()


@pytest.mark.parametrize("text", ["Acme", "Acme !!!!", "§ Acme ¤", "Acme " + "word " * 300, "宜家 Acme 家具"])
def test_any_text_is_read(model, text):
    start = text.index("Acme")
    assert np.isfinite(model.odds([model.vocabulary.sight(text, start, start + 4)])).all()


@pytest.fixture(scope="module")
def small():
    """A vocabulary of a few words, with vectors."""
    words = ("bad", "but", "good", "is", "not", "was")
    vocabulary = Vocabulary(words=words, signs=np.array([0, 0, 0, 0, 2, 0, 1, 0, 3, 0]), stems=np.arange(10))
    vectors = np.random.RandomState(3).randn(10, 6).astype(np.float32)
    vectors[:4] = 0
    return vocabulary, vectors


def test_the_slopes_are_those_of_the_loss(small, monkeypatch):
    for name in ("_DROP_WORD", "_DROP_INPUT", "_DROP_FEATURE"):
        monkeypatch.setattr(net, name, 0.0)
    vocabulary, vectors = small
    vectors = vectors.astype(np.float64)
    sights = [vocabulary.sight("X is not good but bad", 0, 1), vocabulary.sight("it was bad for X", 15, 16)]
    layout, random = lay(sights, vocabulary), np.random.RandomState(0)
    weights = {name: value.astype(np.float64) for name, value in net._begin(6, random).items()}
    goals = np.eye(3)[[0, 2]]

    def loss():
        logits, _ = net._forward(weights, vectors, layout, random)
        return -(goals * np.log(stance_model.softmax(logits))).sum()

    logits, left = net._forward(weights, vectors, layout, random)
    slopes = net._back(weights, left, stance_model.softmax(logits) - goals)
    for name, slope in slopes.items():
        place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = weights[name][place]
        weights[name][place] = before + 1e-5
        above = loss()
        weights[name][place] = before - 1e-5
        below = loss()
        weights[name][place] = before
        assert slope[place] == pytest.approx((above - below) / 2e-5, rel=1e-3), name


def test_training_learns_and_repeats(small, monkeypatch, tmp_path):
    monkeypatch.setattr(net, "_EPOCHS", 40)
    vocabulary, vectors = small
    said = [("X is bad", 0), ("X is good", 2), ("X was", 1), ("X is not good", 0)] * 8
    sights = [vocabulary.sight(text, 0, 1) for text, _ in said]
    labels = np.array([label for _, label in said])
    nets = [net.train(vectors, vocabulary, sights, labels, seed=seed) for seed in (0, 0)]
    assert np.array_equal(nets[0].logits(lay(sights, vocabulary)), nets[1].logits(lay(sights, vocabulary)))
    together = net.together([nets[0], net.train(vectors, vocabulary, sights, labels, seed=1)])
    linear = wide.train(vocabulary, sights, labels)
    model = stance_model.Model(vocabulary=vocabulary, net=together, wide=linear, share=0.5)
    assert (model.odds(sights).argmax(axis=1) == labels).all()
    stance_model.save(tmp_path / "m.npz", model, {"date": "2026-01-01"})
    assert stance_model.load(tmp_path / "m.npz").odds(sights) == pytest.approx(model.odds(sights), abs=0.02)
    assert stance_model.facts(tmp_path / "m.npz") == {"date": "2026-01-01"}


def test_clauses_and_sides_are_told_apart(small):
    vocabulary, _ = small
    layout = lay([vocabulary.sight("good but X is bad", 9, 10)], vocabulary)
    assert layout.distance.tolist()[1:-1] == [-2, -1, 0, 1, 2]
    assert layout.clause.tolist() == [False, False, False, True, True, True, False]
    left, right = (
        combinations(lay([one], vocabulary), vocabulary)[0]
        for one in (Sight(before=[6], name=1, behind=[]), Sight(before=[], name=1, behind=[6]))
    )
    assert set(left) != set(right)
    assert vocabulary.number("unheard") == UNKNOWN


@pytest.mark.shared
def test_the_card_s_figure_is_measured_again(model, shared):
    examples = list(news(shared / "stance-newsmtsc" / "devtest_rw.jsonl"))
    measured = macro_f1(told(model, examples), labels_of(examples))
    assert f"{measured:.3f}" == stance_model.facts()["held macro-F1"]
    assert str(len(examples)) == stance_model.facts()["held targets"]
