"""The page that goes with the model: what it is, what it learnt from, how good it is."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

_PAGE = """# The stance model

`{name}` ({size:.1f} MB) says of a sentence and a name in it whether the sentence speaks for it, against it, or neither.
It is read with numpy alone, once, when first asked: about an answer's subject of whom no rule found an opinion.

## What it is

The average of a small net and a linear model. The net sees each word as {dimensions} numbers, looks at windows of
three words, and pools them by sum, peak and attention, weighted by distance from the name and by clause; it is trained
with gradients in numpy. The linear model sees hashed combinations of words with their side, distance and clause. The
name itself is masked: another name in the same sentence gets the same stance.

## What it learnt from

| data | licence | used for |
|---|---|---|
| NewsMTSC, train (news sentences, people and organisations) | MIT | learning |
| NewsMTSC, devtest_rw | MIT | the held-out figure only |
| FinEntity, the half given (finance news, companies) | ODC-BY 1.0 | learning; its figure is by cross-validation |
| all-MiniLM-L6-v2, input vectors (main directions, eight bits) | Apache-2.0 | what words are like each other |
| VADER word list | MIT | opinion columns of the word vectors |

## How good it is

{table}
Trained on {date} by `make train-stance DATA=folder`. English only; sentences of news and finance, not of assistants:
there it is a witness beside the rules, never alone.
"""
_ROWS = {
    "held": "NewsMTSC devtest_rw, held out",
    "news": "NewsMTSC train, three folds by article",
    "finance": "FinEntity, three folds by text",
}
_DIMENSIONS = 69


def facts(figures: Mapping[str, float], counts: Mapping[str, int], day: date) -> dict[str, str]:
    """Return what the model file keeps about itself."""
    kept = {"date": day.isoformat()}
    for name in _ROWS:
        kept |= {f"{name} macro-F1": f"{figures[name]:.3f}", f"{name} targets": str(counts[name])}
    return kept


def lines(facts: Mapping[str, str]) -> str:
    """Return the table of figures."""
    rows = [f"| {title} | {facts[f'{name} macro-F1']} | {facts[f'{name} targets']} |" for name, title in _ROWS.items()]
    return "\n".join(["| sentences | macro-F1 | targets |", "|---|---|---|", *rows, ""])


def page(model: Path, facts: Mapping[str, str]) -> str:
    """Return the card."""
    size = model.stat().st_size / 1e6
    return _PAGE.format(name=model.name, size=size, dimensions=_DIMENSIONS, table=lines(facts), date=facts["date"])


def write(model: Path, facts: Mapping[str, str]) -> None:
    """Write the card beside the model."""
    model.with_suffix(".md").write_text(page(model, facts), encoding="utf-8")
