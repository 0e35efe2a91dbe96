"""The page that goes with the nets: what they are, what they learnt from, how good they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.analysis.relevance import model, vectors

FILE = Path(__file__).with_name("relevance_model.md")
_PAGE = """# What is meant for a fact

An answer holds many amounts, days and names, a sheet some twenty facts. Rules find which value may be meant for which
fact, and what it would then say; two small models tell how likely that is, and only what is likely enough is told.

## What they are

`values_model.npz` ({values:.2f} MB) is asked about amounts and days, `names_model.npz` ({names:.2f} MB) about names,
words and what is so or not. Each is five nets of one hidden layer with 64 units and {trees} boosted trees of depth 4,
averaged: nets and trees err otherwise, so that their mean errs less. They weigh {traits} traits (`traits.py`): how much
of the fact is said and where, how far the value lies from the sheet's, what else stands beside it, what the answer says
elsewhere of the fact, of which time it speaks, what the rules doubt.
`word_vectors.npz` ({vectors:.2f} MB) says which words mean alike: {words:,} words, 64 numbers each, from
the public sentence encoder all-MiniLM-L6-v2 (Apache-2.0), which read each word by itself.

They see no word of an answer and no name: only traits. The encoder is of English; of words in other languages it knows
little more than how they are written.

## What they learnt from

{examples:,} values in labelled answers about {brands} brands: those of `tests/analysis/brands`, which the rules were
tuned on too, those of `tests/bench/learnt`, three of `brandfacts`, and the project's own hard cases. Of the
sixty in `tests/bench/learnt` thirty have been looked at to find what is missed, the others serve for learning alone.
All but brandfacts' are invented brands, with answers written and labelled for this. In the first thirty,
24 claims that had no label were given one afterwards: two readers, each by himself, had judged a mixed list of claims
without knowing which of them were labelled, and agreed on these. Of the other thirty one reader judged all 149 claims
that no label bore out: none of 65 accusations was right, 8 of 84 confirmations were and 10 are open; these have labels.

## How good they are

How claims are read as a whole by cross-validation: no model is asked about a brand that it has learnt from, and no word
has its vector because one of the sixty brands has it. The limits of `choosing.py` were chosen on the first thirty.

{table}
Trained on {day} by `make train-relevance`. How brands are read that took no part in anything is printed by
`python -m tests.bench.brands aside`.
"""


@dataclass(frozen=True, kw_only=True)
class Share:
    """Claims of one sort."""

    right: int
    told: int
    labelled: int

    @property
    def words(self) -> str:
        """Precision and recall, as cells."""
        precision = f"{self.right / max(1, self.told):.3f} ({self.right:,} of {self.told:,})"
        return f"{precision} | {self.right / max(1, self.labelled):.3f}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """How some brands are read."""

    name: str
    wrong: Share
    supported: Share


def lines(table: Iterable[Row]) -> str:
    """Return the table of figures."""
    head = ("| brands | wrong: precision | recall | supported: precision | recall |", "|---|---|---|---|---|")
    rows = (f"| {row.name} | {row.wrong.words} | {row.supported.words} |" for row in table)
    return "\n".join([*head, *rows, ""])


def write(table: Iterable[Row], figures: Mapping[str, int], day: date) -> None:
    """Write the card; `figures` counts the examples and their brands."""
    sizes = {name: path.stat().st_size / 1e6 for name, path in _FILES.items()}
    values = model.load(model.VALUES)
    counts = {
        "words": len(vectors.load().numbers), "traits": len(values.names), "trees": len(values.trees.leaves), **figures
    }  # fmt: skip
    FILE.write_text(_PAGE.format(table=lines(table), day=day, **sizes, **counts), encoding="utf-8")


_FILES = {"values": model.VALUES, "names": model.NAMES, "vectors": vectors.FILE}
