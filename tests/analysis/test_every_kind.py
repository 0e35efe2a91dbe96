"""What every kind of fact must do, over all files in the folder."""

from pathlib import Path

import pytest

from monitor.analysis import claims, kinds, text
from monitor.analysis.kind import Kind
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FactValue
from monitor.domain.readings import Verdict

# kind -> attribute, the sheet's value, its unit, another value, a sentence with {} for the value, both as said
EXAMPLES: dict[str, tuple[str, FactValue, str, FactValue, str, str, str]] = {
    "year": ("founding year", 1987, "", 1999, "Acme Rowing was founded in {}.", "1987", "1999"),
    "date": (
        "opening of the first boathouse",
        "2011-05-04",
        "",
        "2012-06-07",
        "The first boathouse of Acme Rowing opened on {}.",
        "4 May 2011",
        "7 June 2012",
    ),
    "money": (
        "annual revenue",
        25_000_000,
        "EUR",
        90_000_000,
        "Acme Rowing has an annual revenue of {}.",
        "€25 million",
        "€90 million",
    ),
    "number": ("number of employees", 350, "people", 900, "Acme Rowing has {} employees.", "350", "900"),
    "percent": (
        "share of wood that is recycled",
        40,
        "%",
        75,
        "At Acme Rowing {} of the wood is recycled.",
        "40 %",
        "75 percent",
    ),
    "person": (
        "CEO",
        "Ada Lindqvist",
        "",
        "Bruno Castell",
        "{} is the CEO of Acme Rowing.",
        "Ada Lindqvist",
        "Bruno Castell",
    ),
    "place": (
        "headquarters",
        "Turku, Finland",
        "",
        "Gdansk, Poland",
        "Acme Rowing has its headquarters in {}.",
        "Turku",
        "Gdansk, Poland",
    ),
    "set": (
        "owners",
        ("Lindqvist Trust", "Harbour Fund"),
        "",
        ("Castell Bank", "Harbour Fund"),
        "Acme Rowing is owned by {}.",
        "the Lindqvist Trust and the Harbour Fund",
        "the Castell Bank and the Harbour Fund",
    ),
    "flag": (
        "whether Acme Rowing is publicly traded",
        False,
        "",
        True,
        "Acme Rowing is {}.",
        "not publicly traded",
        "publicly traded",
    ),
    "text": (
        "name of the app",
        "TideLog",
        "",
        "WaveBook",
        "The app of Acme Rowing is called {}.",
        "TideLog",
        "WaveBook",
    ),
}
BRAND = Entity(name="Acme Rowing")


def sheet(name: str, value: FactValue) -> FactSheet:
    about, _, unit, *_ = EXAMPLES[name]
    return FactSheet(brand=BRAND, facts=(Fact(id="it", kind=name, about=about, value=value, unit=unit),))


def verdicts(name: str, value: FactValue, said: str) -> list[Verdict]:
    words = EXAMPLES[name][4].format(said)
    answer = Answer(id="a", text=words, question="What is Acme Rowing?", lang="en")
    return [claim.verdict for claim in claims.Checker(sheet(name, value)).check(text.parse(words, "en"), (), answer)]


def test_every_file_of_the_folder_is_a_kind(root: Path) -> None:
    files = {path.stem for path in (root / "monitor" / "analysis" / "kinds").glob("*.py")} - {"__init__"}
    assert files == set(kinds.ALL) == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
class TestEveryKind:
    def kind(self, name: str) -> Kind:
        return kinds.ALL[name]

    def test_it_is_called_as_its_file(self, name: str) -> None:
        assert self.kind(name).name == name

    def test_it_accepts_its_own_values_and_says_what_is_wrong_with_others(self, name: str) -> None:
        _, value, unit, *_ = EXAMPLES[name]
        assert self.kind(name).check(value, unit) == ""
        wrong: FactValue = "no flag" if name == "flag" else True
        assert len(self.kind(name).check(wrong, unit).split()) > 3

    def test_it_shows_a_value_as_words(self, name: str) -> None:
        _, value, unit, *_ = EXAMPLES[name]
        assert self.kind(name).show(value, unit)

    def test_two_facts_with_one_value_are_the_same(self, name: str) -> None:
        _, value, _, other, *_ = EXAMPLES[name]
        one, two, three = (sheet(name, v).facts[0] for v in (value, value, other))
        assert self.kind(name).same(one, two)
        assert not self.kind(name).same(one, three)

    def test_its_own_value_is_supported_and_another_is_contradicted(self, name: str) -> None:
        _, value, _, other, _, said, said_other = EXAMPLES[name]
        assert verdicts(name, value, said) == [Verdict.SUPPORTED]
        assert verdicts(name, value, said_other) == [Verdict.CONTRADICTED]
        assert verdicts(name, other, said_other) == [Verdict.SUPPORTED]
        assert verdicts(name, other, said) == [Verdict.CONTRADICTED]

    def test_its_advice_is_a_sentence_or_nothing(self, name: str) -> None:
        advice = self.kind(name).advice(sheet(name, EXAMPLES[name][1]).facts[0])
        assert advice == "" or len(advice.split()) > 3


@pytest.mark.parametrize(
    ("name", "value", "unit", "about"),
    [
        ("text", "We promise to repair, replace or refund every product whatever happens to it", "", "promise"),
        ("flag", True, "", "pets"),
        ("number", 12, "", "locations"),
        ("place", "Delft", "", "headquarters"),
        ("person", "Ada", "", "CEO"),
    ],
)
def test_a_fact_that_is_hard_to_check_gets_advice(name: str, value: FactValue, unit: str, about: str) -> None:
    fact = Fact(id="it", kind=name, about=about, value=value, unit=unit)
    assert len(kinds.ALL[name].advice(fact).split()) > 3
