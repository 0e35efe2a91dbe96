"""Hard cases, one line each, and the sheet that a case brings along."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.brand import Entity, FactSheet

CASES = Path(__file__).parent / "hard_cases"


def entity(written: str | dict[str, Any]) -> Entity:
    if isinstance(written, str):
        return Entity(name=written)
    return Entity(
        name=written["name"],
        aliases=tuple(written.get("aliases", ())),
        lookalikes=tuple(written.get("not", ())),
        domains=tuple(written.get("domains", ())),
    )


def cases(name: str) -> Iterator[dict[str, Any]]:
    with (CASES / f"{name}.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            case = json.loads(line)
            brand, *rivals = (entity(one) for one in case.get("names", ["Brightloom"]))
            yield {**case, "sheet": FactSheet(brand=brand, competitors=tuple(rivals))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `<name>_case` every line of hard_cases/<name>.jsonl."""
    for wanted in metafunc.fixturenames:
        if wanted.endswith("_case"):
            found = list(cases(wanted.removesuffix("_case")))
            metafunc.parametrize(wanted, found, ids=[case["case"] for case in found])
