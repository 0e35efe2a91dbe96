"""What `likeness check` says of prompts that ask the same again."""

from decimal import Decimal

import pytest

from monitor.domain.brand import AssistantSettings, Entity, FactSheet, Prompt, Settings
from monitor.domain.prices import Forecast
from monitor.service.repeats import folded, repeats

SAME = [
    ("Which shops are best for bags?", "which shop is the best, for bags"),
    ("What is Veloria?", "Please tell me: what is VELORIA"),
    ("Was kostet das Rad?", "was kostet bitte das Rad"),
]
APART = [
    ("How much is the Ostrello One?", "How much is the Ostrello Two?"),
    ("Is Veloria cheaper than Bolt?", "Is Bolt cheaper than Veloria?"),
    ("Is Veloria safe?", "Is Veloria not safe?"),
    ("What is C?", "What is C++?"),
    ("Best bikes in 2025", "Best bikes in 2026"),
    ("Best bikes in Austria", "Best bikes in Australia"),
    ("東京の店は？", "大阪の店は？"),
    ("???", "what is the"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_differs_in_case_marks_and_fillers_is_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_in_a_name_a_number_or_the_order_is_not(one, other):
    assert folded(one) != folded(other)


def said(forecast: Forecast) -> list[str]:
    texts = {"a": "Which bag is best?", "b": "Where is Veloria?", "c": "What bags are best?", "d": "which bag is best"}
    settings = Settings(
        sheet=FactSheet(brand=Entity(name="Veloria")),
        prompts=tuple(Prompt(id=name, text=text) for name, text in texts.items()),
        assistants=(AssistantSettings(id="one", use="openai", model="m"),),
        source="s",
        version="v",
    )
    return repeats(settings, {"one": forecast}, 4 * 30)


def test_the_later_ones_are_counted_and_priced():
    (line,) = said(Forecast(expected=Decimal("0.01"), worst=None))
    assert line.startswith("Prompts a, c and d ask the same in almost the same words: all but the first take 60 calls")
    assert "a month, about 0.60 USD. Write `paused: true`" in line
    (line,) = said(Forecast(expected=None, worst=None))
    assert "60 calls a month. Write" in line, "nothing is guessed"


def test_check_lists_them(workplace, likeness):
    text = (workplace / "brand.yaml").read_text()
    assert "almost the same words" not in " ".join(likeness("check").out.split())
    again = text.replace("prompts:\n", "prompts:\n  - {id: x1, text: Is it good?}\n  - {id: x2, text: is it GOOD}\n")
    assert again != text
    (workplace / "brand.yaml").write_text(again)
    assert "Prompts x1 and x2 ask the same in almost the same words" in " ".join(likeness("check").out.split())
