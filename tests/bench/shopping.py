"""The recorded shopping answers: do we see the brands that their labels name, and are the citations clean?

The labels were made by a model, so a brand counts only where it stands literally in the text.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer, Source
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.readings import Reading
from monitor.service import build

HERE = Path(__file__).parent
ANSWERS = HERE.parents[2] / "shared" / "data" / "answers-product-bench" / "answers.jsonl"


def answers() -> Iterator[tuple[Answer, dict[str, int | None]]]:
    """Each answer with the ranks of its labelled brands."""
    for number, line in enumerate(ANSWERS.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        sources = tuple(Source(url=source["url"], title=source["title"]) for source in row["sources"])
        labels: dict[str, int | None] = {}
        for product in row["products_mentioned"]:
            if product["brand"]:
                labels.setdefault(product["brand"], product["rank"])
        yield Answer(id=str(number), text=row["response"], sources=sources), labels


def literally(brand: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(brand)}(?!\w)", text) is not None


def rows() -> list[tuple[str, str]]:
    if not ANSWERS.exists():
        return [("the recorded shopping answers are not beside this checkout", "skipped")]
    found = list(answers())
    laptops = build.read_brand(HERE / "laptops.yaml").sheet
    everybody = sorted({brand for _, labels in found for brand in labels})
    merged = {brand.casefold(): brand for brand in everybody}  # "Asus" and "ASUS" are one
    market = FactSheet(
        brand=Entity(name="Nobody Asked For"), competitors=tuple(Entity(name=name) for name in merged.values())
    )
    read = [(Reader(laptops).read(answer), answer, labels) for answer, labels in found]
    return [
        ("laptops: labelled brands literally there that are mentioned", _presence(read, laptops)),
        ("all brands: labelled brands literally there that are mentioned", _presence(_all(market, found), market)),
        ("citations: in canonical form, of those found", _clean([reading for reading, _, _ in read])),
    ]


Read = list[tuple[Reading, Answer, dict[str, int | None]]]


def _all(sheet: FactSheet, found: list[tuple[Answer, dict[str, int | None]]]) -> Read:
    reader = Reader(sheet)
    return [(reader.read(answer), answer, labels) for answer, labels in found]


def _presence(read: Read, sheet: FactSheet) -> str:
    owners = {name.casefold(): each.name for each in sheet.entities for name in (each.name, *each.aliases)}
    wanted = [
        owners[brand.casefold()] in reading.entities
        for reading, answer, labels in read
        for brand in labels
        if brand.casefold() in owners and literally(brand, answer.text)
    ]
    return f"{sum(wanted)} of {len(wanted)} ({sum(wanted) / len(wanted):.1%})"


def _clean(read: list[Reading]) -> str:
    citations = [citation for reading in read for citation in reading.citations]
    clean = [
        urlsplit(one.url).scheme in {"http", "https"} and "utm_" not in one.url and "#" not in one.url and one.domain
        for one in citations
    ]
    return f"{sum(map(bool, clean))} of {len(clean)}"
