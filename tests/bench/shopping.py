"""The recorded shopping answers: do we see the brands that their labels name, and are the citations clean?

The labels were made by a model, so a brand counts only where it stands literally in the text. Labels that differ only
in their marks ("De'Longhi", "DeLonghi"), or that add a word to another label ("Ninja Foodi" beside "Ninja"), name one
brand: the shorter one, with the others as its aliases.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer, Source
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.readings import Reading
from monitor.service import build

HERE = Path(__file__).parent
FOLDER = HERE.parents[2] / "shared" / "data" / "answers-product-bench"
Labels = dict[str, int | None]
Read = list[tuple[Reading, Answer, Labels]]


def answers() -> Iterator[tuple[Answer, Labels]]:
    """Each answer with the ranks of its labelled brands."""
    asked = {row["query_id"]: row["text"] for row in _rows("prompts.jsonl")}
    for number, row in enumerate(_rows("answers.jsonl")):
        sources = tuple(Source(url=source["url"], title=source["title"]) for source in row["sources"])
        labels: Labels = {}
        for product in row["products_mentioned"]:
            if product["brand"]:
                labels.setdefault(product["brand"], product["rank"])
        question = asked.get(row["query_id"], "")
        yield Answer(id=str(number), text=row["response"], question=question, sources=sources), labels


def _rows(name: str) -> Iterator[Mapping[str, Any]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def literally(brand: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(brand)}(?!\w)", text) is not None


def rows() -> list[tuple[str, str]]:
    if not FOLDER.exists():
        return [("the recorded shopping answers are not beside this checkout", "skipped")]
    found = list(answers())
    laptops = build.read_brand(HERE / "laptops.yaml").sheet
    everybody = market(brand for _, labels in found for brand in labels)
    read, all_read = _read(laptops, found), _read(everybody, found)
    return [
        ("laptops: labelled brands literally there that are mentioned", _presence(read, laptops)),
        ("all brands: labelled brands literally there that are mentioned", _presence(all_read, everybody)),
        ("listed answers whose first brand is the labelled first choice", _first(all_read, everybody)),
        ("citations: in canonical form, of those found", _clean([reading for reading, _, _ in read])),
    ]


def market(brands: Iterator[str]) -> FactSheet:
    """Return a sheet of everybody who is labelled, each once."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for brand in sorted(set(brands), key=lambda brand: (len(brand), brand)):
        same = (name for name in spellings if _letters(name) == _letters(brand) or _holds(brand, name))
        spellings[next(same, brand)].append(brand)
    rivals = tuple(Entity(name=name, aliases=tuple(written[1:])) for name, written in spellings.items())
    return FactSheet(brand=Entity(name="Nobody Asked For"), competitors=rivals)


def _letters(brand: str) -> str:
    return re.sub(r"[^\w+]", "", brand.casefold().replace("&", "and"))


def _holds(brand: str, name: str) -> bool:
    return brand.casefold().startswith(name.casefold() + " ")


def _read(sheet: FactSheet, found: Sequence[tuple[Answer, Labels]]) -> Read:
    reader = Reader(sheet)
    return [(reader.read(answer), answer, labels) for answer, labels in found]


def _owners(sheet: FactSheet) -> dict[str, str]:
    return {name.casefold(): each.name for each in sheet.entities for name in (each.name, *each.aliases)}


def _presence(read: Read, sheet: FactSheet) -> str:
    owners = _owners(sheet)
    return _share(
        [
            owners[brand.casefold()] in reading.entities
            for reading, answer, labels in read
            for brand in labels
            if brand.casefold() in owners and literally(brand, answer.text)
        ]
    )


def _first(read: Read, sheet: FactSheet) -> str:
    """Of the answers in which a list was read and whose labelled first brand is literally there."""
    owners = _owners(sheet)
    return _share(
        [
            reading.ranks.get(owners[brand.casefold()]) == min(reading.ranks.values())
            for reading, answer, labels in read
            for brand, rank in labels.items()
            if rank == 1 and reading.ranks and literally(brand, answer.text)
        ]
    )


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right)} of {len(right)} ({sum(right) / len(right):.1%})"


def _clean(read: list[Reading]) -> str:
    citations = [citation for reading in read for citation in reading.citations]
    clean = [
        urlsplit(one.url).scheme in {"http", "https"} and "utm_" not in one.url and "#" not in one.url and one.domain
        for one in citations
    ]
    return f"{sum(map(bool, clean))} of {len(clean)}"
