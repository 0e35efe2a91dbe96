"""What the documentation shows is read as it stands, and what it says is refused is refused in those words."""

import re
from pathlib import Path

import pytest

from monitor import brandfile, calendar
from monitor.analysis import kinds
from probes import assistants

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "brandfile.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
REFUSED = re.findall(r"^\| `(.+)` \| (.+) \|$", DOCS[DOCS.index("What is refused") :], re.MULTILINE)
NEEDED = {
    "brand:": "brand: {name: Acme}\n",
    "facts:": "facts: [{id: f, kind: year, about: founding, value: 1987}]\n",
}


def parsed(source):
    """Parse an excerpt, with what every file needs put below it."""
    missing = "".join(text for key, text in NEEDED.items() if not re.search(f"^{key}", source, re.MULTILINE))
    return brandfile.parse(
        f"{source}\n{missing}",
        "brand.yaml",
        kinds=kinds.ALL,
        assistants=assistants.ALL,
        check_cron=calendar.check_cron,
    )


def test_there_is_something_to_hold_against_the_program():
    assert len(EXAMPLES) >= 6
    assert len(REFUSED) >= 20


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_is_read(number):
    assert parsed(EXAMPLES[number]).brand == "Acme"


def test_all_examples_together_are_one_file():
    whole = [example for example in EXAMPLES if "returns-se" not in example]
    settings = parsed("\n".join(whole))
    brandfile.require(settings, "competitors", "prompts", "assistants", "schedule", "alerts", "reports", "judge")


@pytest.mark.parametrize(("written", "told"), REFUSED)
def test_every_refusal_is_told_in_these_words(written, told):
    with pytest.raises(brandfile.BrandFileError) as caught:
        parsed(written)
    assert told in str(caught.value)


def test_every_kind_is_explained():
    assert set(re.findall(r"^\| `(\w+)` \| .* \| .*\|$", DOCS, re.MULTILINE)) == set(kinds.ALL)
