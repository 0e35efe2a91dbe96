"""How the model of stance is made: slopes by hand, learning, the encoder's file, the command from end to end."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest

from monitor.analysis import stance_model
from monitor.analysis.stance_model import HEAD, LABELS, Model, Net
from monitor.analysis.targeting import LENGTH, REACH, SPECIAL, UNKNOWN, Vocabulary
from monitor.analysis.training import __main__ as command
from monitor.analysis.training import learning
from monitor.analysis.training.encoder import Encoder, kept
from monitor.analysis.training.layer import Dropout
from monitor.analysis.training.net import ahead, batch, begun, behind, rounded

SIZE, INNER, LAYERS = 2 * HEAD, 48, 2
WORDS = ("bad", "good", "not", "is", "was", "but", "it", "so", "##so", ".")


def tables(random, pieces, layers=LAYERS):
    """An encoder's tables as the public one names and shapes them."""

    def draw(*shape: int):
        return random.normal(0, 0.3, shape).astype(np.float32)

    def norm(name):
        return {f"{name}.weight": 1 + draw(SIZE), f"{name}.bias": draw(SIZE)}

    def linear(name, given, found):
        return {f"{name}.weight": draw(found, given), f"{name}.bias": draw(found)}

    tables = {
        "embeddings.word_embeddings.weight": draw(pieces, SIZE),
        "embeddings.position_embeddings.weight": draw(LENGTH + 9, SIZE),
        "embeddings.token_type_embeddings.weight": draw(2, SIZE),
        **norm("embeddings.LayerNorm"),
    }
    for layer in range(layers):
        of = f"encoder.layer.{layer}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            tables |= linear(f"{of}.attention.{part}", SIZE, SIZE)
        tables |= linear(f"{of}.intermediate.dense", SIZE, INNER) | linear(f"{of}.output.dense", INNER, SIZE)
        tables |= norm(f"{of}.attention.output.LayerNorm") | norm(f"{of}.output.LayerNorm")
    return tables


def write(folder, tables, pieces):
    """Write tables as a safetensors file, with whole numbers in between that nobody needs."""
    header, raw = {"__metadata__": {"format": "pt"}}, b""
    for name, table in {"embeddings.position_ids": np.arange(9), **tables}.items():
        kind = "I64" if table.dtype == np.int64 else "F32"
        span = [len(raw), len(raw) + table.nbytes]
        header[name] = {"dtype": kind, "shape": list(table.shape), "data_offsets": span}
        raw += table.tobytes()
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + raw)
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def pieces():
    return ("[PAD]", "[unused0]", *SPECIAL[2:], *SPECIAL[:2], *WORDS, "seldom", "宜")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("encoder")
    write(folder, tables(np.random.default_rng(3), len(pieces)), pieces)
    return Encoder(folder)


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(pieces=(*SPECIAL, *WORDS))


@pytest.fixture
def net(encoder, vocabulary):
    return begun(encoder.net(vocabulary, (0, 1)), np.random.default_rng(1))


@pytest.fixture
def sights(vocabulary):
    return [vocabulary.sight("X is not good but bad", 0, 1), vocabulary.sight("it is so bad for X.", 17, 18)]


def test_words_are_cut_into_the_longest_known_pieces(vocabulary):
    assert [vocabulary.pieces[number] for number in vocabulary.read("Soso was BÁD")] == ["so", "##so", "was", "bad"]
    assert vocabulary.read("unheard") == [UNKNOWN]


def test_a_safetensors_file_is_taken_over(encoder, vocabulary, net, pieces):
    read = encoder.net(vocabulary, (1,))
    made = tables(np.random.default_rng(3), len(pieces))
    assert read.layers == 1
    assert np.array_equal(read.weights["0.query"], made["encoder.layer.1.attention.self.query.weight"].T)
    assert np.array_equal(read.weights["0.given"][:, SIZE:], made["encoder.layer.1.attention.self.value.weight"].T)
    vectors = made["embeddings.word_embeddings.weight"][[pieces.index(piece) for piece in vocabulary.pieces]]
    assert np.abs(read.words * read.worth - vectors).mean() < 0.2 * np.abs(vectors).mean()
    assert net.weights["distances"].shape == (2 * REACH + 3, SIZE)


def test_pieces_of_the_texts_and_the_frequent_ones_are_kept(encoder):
    found = kept(encoder.vocabulary, ["so bad", "so bad", "seldom"], 9)
    assert found.pieces == (*SPECIAL, ".", "so", "bad", "good", "not")


def test_learning_and_reading_see_the_same(net, vocabulary, sights):
    both = [sights[0], vocabulary.sight("but it is so bad X", 17, 18)]
    assert len({len(one.pieces) for one in both}) == 1
    logits, _ = ahead(net, batch(both), Dropout(0.0, np.random.default_rng(0)))
    assert logits == pytest.approx(np.stack([net.logits(one) for one in both]), abs=1e-4)


class Everything(Dropout):
    """Leaves nothing out, in double precision."""

    def __init__(self) -> None:
        pass

    def kept(self, shape):
        return np.ones(shape)


@pytest.mark.parametrize("place", [0, 1])
def test_the_slopes_are_those_of_the_loss(net, sights, place):
    weights = {name: np.array(value, dtype=np.float64) for name, value in net.weights.items()}
    weights["outer"] *= 20
    net = replace(net, weights=weights, worth=net.worth.astype(np.float64))
    given, goal = batch([sights[place]]), np.eye(3)[[0]]

    def loss():
        return -(goal * np.log(stance_model.softmax(ahead(net, given, Everything())[0]))).sum()

    logits, tape = ahead(net, given, Everything())
    slopes = behind(net, tape, stance_model.softmax(logits) - goal)
    assert slopes.keys() == weights.keys()
    for name, slope in slopes.items():
        at = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = weights[name][at]
        weights[name][at] = before + 1e-5
        above = loss()
        weights[name][at] = before - 1e-5
        below = loss()
        weights[name][at] = before
        assert slope[at] == pytest.approx((above - below) / 2e-5, rel=1e-3, abs=1e-7), name


SAID = [("X is bad.", 0), ("X is good.", 2), ("X was it.", 1), ("X is not good.", 0)]


def test_learning_works_repeats_and_survives_its_file(net, vocabulary, tmp_path):
    sights = [vocabulary.sight(text, 0, 1) for text, _ in SAID * 8]
    labels = np.array([label for _, label in SAID * 8])
    course = learning.Course(epochs=25, rate=3e-3)
    nets = [learning.learn(net, sights, learning.goals(labels), course, np.random.default_rng(0)) for _ in range(2)]
    assert all(np.array_equal(one, nets[1].weights[name]) for name, one in nets[0].weights.items())
    model = Model(vocabulary=vocabulary, net=rounded(nets[0]))
    assert (model.odds(sights).argmax(axis=1) == labels).all()
    assert model.label("X is good.", 0, 1) is LABELS[2]
    stance_model.save(tmp_path / "m.npz", replace(model, net=nets[0]), {"date": "2026-01-01"})
    assert stance_model.load(tmp_path / "m.npz").odds(sights) == pytest.approx(model.odds(sights), abs=0.02)
    assert stance_model.facts(tmp_path / "m.npz") == {"date": "2026-01-01"}


def test_each_sight_is_learnt_from_once_and_nothing_is_filled_up(vocabulary):
    sights = [vocabulary.sight("X" + " bad" * (number % 3), 0, 1) for number in range(200)]
    found = learning.batches(sights, np.random.default_rng(0))
    assert sorted(np.concatenate(found)) == list(range(200))
    assert all(len({len(sights[place].pieces) for place in places}) == 1 for places in found)


def news(folder, name, said):
    rows = [
        {
            "primary_gid": f"a_{number}_b_c",
            "sentence_normalized": text,
            "targets": [{"from": 0, "to": 1, "polarity": 2.0 + 2 * label}],
        }
        for number, (text, label) in enumerate(said)
    ]
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_the_command_writes_model_and_card(tmp_path, pieces, monkeypatch, capsys):
    news(tmp_path / "stance-newsmtsc", "train.jsonl", SAID * 3)
    news(tmp_path / "stance-newsmtsc", "devtest_rw.jsonl", SAID)
    finance = [{"content": text, "annotations": [{"start": 0, "end": 1, "tag": "Positive"}]} for text, _ in SAID]
    (tmp_path / "stance-finentity").mkdir()
    (tmp_path / "stance-finentity" / "some.json").write_text(json.dumps(finance), encoding="utf-8")
    write(tmp_path, tables(np.random.default_rng(3), len(pieces), layers=3), pieces)
    out = tmp_path / "model.npz"
    monkeypatch.setattr(sys, "argv", ["train", str(tmp_path), "--encoder", str(tmp_path), "--out", str(out)])
    command.main()
    assert "| NewsMTSC devtest_rw, held out | 0." in capsys.readouterr().out
    facts = stance_model.facts(out)
    assert (facts["held targets"], facts["news targets"], facts["finance targets"]) == ("4", "12", "4")
    card = out.with_suffix(".md").read_text(encoding="utf-8")
    assert f"`model.npz` ({out.stat().st_size / 1e6:.1f} MB)" in card
    assert isinstance(stance_model.load(out).net, Net)
