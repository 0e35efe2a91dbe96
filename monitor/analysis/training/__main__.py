"""Train the stance model and write it with its card: `make train-stance DATA=folder`.

The folder holds `stance-newsmtsc/train.jsonl` and `devtest_rw.jsonl` (NewsMTSC) and `stance-finentity/*.json`
(FinEntity). The shipped model learns from the training sentences and FinEntity; the figures are macro-F1 on the
held-out news sentences, which nothing learns from, and by cross-validation over articles on what is learnt from.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from monitor.analysis import stance_model
from monitor.analysis.stance_model import LABELS, Model
from monitor.analysis.targeting import Array, Sight, Vocabulary
from monitor.analysis.training import card, learning
from monitor.analysis.training.encoder import Encoder, kept
from monitor.analysis.training.examples import Example, finance, news
from monitor.analysis.training.net import begun, rounded

_LAYERS = (0, 1, 2)  # of the encoder's six
_PIECES = 9_000  # of its thirty thousand
_COURSE = learning.Course(epochs=3, rate=1e-4)
_FOLDS = 3


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What every model begins as."""

    encoder: Encoder
    vocabulary: Vocabulary
    layers: Sequence[int] = _LAYERS
    course: learning.Course = _COURSE

    def fit(self, examples: Sequence[Example]) -> Model:
        """Return the model that these examples give."""
        sys.stderr.write(f"learning from {len(examples)} targets\n")
        random = np.random.default_rng(_SEED)
        net = begun(self.encoder.net(self.vocabulary, self.layers), random)
        goals = learning.goals(labels_of(examples))
        taught = learning.learn(net, sights_of(self.vocabulary, examples), goals, self.course, random)
        return Model(vocabulary=self.vocabulary, net=taught)

    def cross_validated(self, examples: Sequence[Example]) -> Array:
        """Return the label of each, told by a model that saw no example of its article."""
        said = np.zeros(len(examples), dtype=int)
        folds = folds_of(examples)
        for fold in range(_FOLDS):
            model = self.fit([one for one, at in zip(examples, folds, strict=True) if at != fold])
            held = np.flatnonzero(folds == fold)
            said[held] = told(as_kept(model), [examples[int(place)] for place in held])
        return said


_SEED = 0


def folds_of(examples: Sequence[Example]) -> Array:
    """Return a fold for each, one for all examples of an article."""
    groups = sorted({one.group for one in examples})
    order = np.random.RandomState(0).permutation(len(groups))
    fold_of = {group: int(order[place]) % _FOLDS for place, group in enumerate(groups)}
    return np.array([fold_of[one.group] for one in examples])


def as_kept(model: Model) -> Model:
    """Return the model as its file will say it."""
    return replace(model, net=rounded(model.net))


def sights_of(vocabulary: Vocabulary, examples: Sequence[Example]) -> list[Sight]:
    return [vocabulary.sight(one.text, one.start, one.end) for one in examples]


def labels_of(examples: Sequence[Example]) -> Array:
    return np.array([one.label for one in examples])


def told(model: Model, examples: Sequence[Example]) -> Array:
    """Return the likeliest label of each."""
    return np.asarray(model.odds(sights_of(model.vocabulary, examples)).argmax(axis=1))


def macro_f1(said: Array, labels: Array) -> float:
    """Return the mean F1 of the three labels.

    >>> macro_f1(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 1]))
    0.7777777777777777
    """
    each = [
        2 * np.sum((said == label) & (labels == label)) / max(1, np.sum(said == label) + np.sum(labels == label))
        for label in range(len(LABELS))
    ]
    return float(np.mean(each))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the labelled sets")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with vocab.txt and model.safetensors")
    parser.add_argument("--out", type=Path, default=stance_model.FILE)
    asked = parser.parse_args()
    training = [*news(asked.folder / "stance-newsmtsc" / "train.jsonl"), *finance(asked.folder / "stance-finentity")]
    held = list(news(asked.folder / "stance-newsmtsc" / "devtest_rw.jsonl"))
    encoder = Encoder(asked.encoder)
    beginning = Beginning(encoder=encoder, vocabulary=kept(encoder.vocabulary, (one.text for one in training), _PIECES))
    model = beginning.fit(training)
    stance_model.save(asked.out, model, {})
    figures = {"held": macro_f1(told(stance_model.load(asked.out), held), labels_of(held))}
    said, labels = beginning.cross_validated(training), labels_of(training)
    money = np.array([one.finance for one in training])
    figures |= {"news": macro_f1(said[~money], labels[~money]), "finance": macro_f1(said[money], labels[money])}
    counts = {"held": len(held), "news": int(np.sum(~money)), "finance": int(np.sum(money))}
    made = {"layers": model.net.layers, "pieces": len(model.vocabulary.pieces)}
    facts = card.facts(figures, counts, made, datetime.now(UTC).date())
    stance_model.save(asked.out, model, facts)
    card.write(asked.out, facts)
    sys.stdout.write(card.lines(facts))


if __name__ == "__main__":
    main()
