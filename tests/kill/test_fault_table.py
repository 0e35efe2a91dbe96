"""docs/rounds.md names a test for every fault; each of them is there."""

import re


def test_every_test_that_the_page_names_exists(root):
    page = (root / "docs" / "rounds.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    there = "\n".join(path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py"))
    assert len(named) > 35
    assert {name for name in named if f"def {name}(" not in there} == set()
