"""The page that goes with the model: what it is, what it learnt from, how good it is."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

_PAGE = """# The stance model

`{name}` ({size:.1f} MB) says of a sentence and a name in it whether the sentence speaks for it, against it, or neither.
It is read with numpy alone, once, when first asked: about an answer's subject of whom no rule found an opinion.

## What it is

A small encoder of the BERT family: the first {layers} layers and {pieces} word pieces of the public sentence encoder
all-MiniLM-L6-v2, taught anew with gradients in numpy while every large table was rounded to whole numbers from -7 to 7,
each column with its own unit. A mark stands in the name's place, so that the name itself plays no part: another name in
the same sentence gets the same stance. The answer is read off at that mark and at the sentence's start.

## What it learnt from

| data | licence | used for |
|---|---|---|
| all-MiniLM-L6-v2, a part of its weights (cut, rounded, taught anew) | Apache-2.0 | where learning begins |
| NewsMTSC, train (news sentences, people and organisations) | MIT | learning |
| NewsMTSC, devtest_rw | MIT | the held-out figure only |
| FinEntity, the half given (finance news, companies) | ODC-BY 1.0 | learning; its figure is by cross-validation |

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


def facts(
    figures: Mapping[str, float], counts: Mapping[str, int], made: Mapping[str, int], day: date
) -> dict[str, str]:
    """Return what the model file keeps about itself; `made` counts its layers and pieces."""
    kept = {"date": day.isoformat()} | {name: str(value) for name, value in made.items()}
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
    return _PAGE.format(name=model.name, size=size, table=lines(facts), **facts)


def write(model: Path, facts: Mapping[str, str]) -> None:
    """Write the card beside the model."""
    model.with_suffix(".md").write_text(page(model, facts), encoding="utf-8")
