"""Labelled sentences: what is said of one name in each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NEWS = {2: 0, 4: 1, 6: 2}
_FINANCE = {"Negative": 0, "Neutral": 1, "Positive": 2}


@dataclass(frozen=True, kw_only=True)
class Example:
    text: str
    start: int
    end: int
    label: int  # index into stance_model.LABELS
    group: str  # examples of one article stay in one fold
    finance: bool = False


def news(path: Path) -> Iterator[Example]:
    """Yield the targets of a NewsMTSC file (Hamborg and Donnay, EACL 2021)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        article = "_".join(found["primary_gid"].split("_")[:3])
        for target in found["targets"]:
            yield Example(
                text=found["sentence_normalized"],
                start=target["from"],
                end=target["to"],
                label=_NEWS[int(target["polarity"])],
                group=article,
            )


def finance(folder: Path) -> Iterator[Example]:
    """Yield the targets of the FinEntity files in a folder (Tang and others, EMNLP 2023)."""
    for path in sorted(folder.glob("*.json")):
        for number, found in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            for target in found["annotations"]:
                yield Example(
                    text=found["content"],
                    start=target["start"],
                    end=target["end"],
                    label=_FINANCE[target["tag"]],
                    group=f"{path.stem} {number}",
                    finance=True,
                )
