"""A sheet that contradicts itself is noticed before any answer is read."""

from datetime import date

from monitor.analysis.agreeing import disagreements
from monitor.domain.brand import Entity, Fact, FactSheet, FactValue


def fact(kind: str, about: str, value: FactValue, says: str, unit: str = "") -> Fact:
    return Fact(id=about.replace(" ", "_"), kind=kind, about=about, value=value, says=says, unit=unit)


def told(*facts: Fact) -> dict[str, str]:
    sheet = FactSheet(brand=Entity(name="Oakmere"), facts=facts, as_of=date(2026, 1, 1))
    return {one.fact: one.said for one in disagreements(sheet)}


def test_a_sentence_with_another_value_is_told() -> None:
    assert told(
        fact("year", "founding year", 1936, "Oakmere was founded in 1963."),
        fact("number", "number of employees", 420, "Oakmere employs 240 people.", "people"),
        fact("place", "headquarters", "Delft, Netherlands", "Oakmere is headquartered in Leiden, Netherlands."),
        fact("flag", "whether the company is publicly traded", False, "Oakmere is publicly traded."),
    ) == {
        "founding_year": "1963",
        "number_of_employees": "240 people",
        "headquarters": "Leiden, Netherlands",
        "whether_the_company_is_publicly_traded": "yes",
    }


def test_a_sentence_that_agrees_or_cannot_be_read_is_left_alone() -> None:
    assert not told(
        fact("year", "founding year", 1936, "Oakmere was founded in 1936."),
        fact("person", "CEO", "Ada Quill", "Ada Quill has been CEO of Oakmere since 2019."),
        fact("money", "annual revenue", 3e8, "Last year was a good one for Oakmere.", "EUR"),
        fact("number", "number of shops", 12, ""),
    )


def test_the_reason_names_both_values() -> None:
    sheet = FactSheet(
        brand=Entity(name="Oakmere"), facts=(fact("year", "founding year", 1936, "Oakmere was founded in 1963."),)
    )
    (one,) = disagreements(sheet, today=date(2026, 1, 1))
    assert "1963" in one.why
    assert "1936" in one.why
