from dataclasses import replace

import pytest

from monitor.domain.measures import Measure
from monitor.drift import measures, regimes
from monitor.drift.regimes import Regime


@pytest.fixture
def spans(made):
    """Regimes of the brand's visibility for served models by round."""

    def of(models):
        seen = [made.observe(model=model, number=number) for number, model in models]
        found = measures.tallies(seen, made.SHEET, settings_version="v1")
        own = [t for t in found if t.series.measure is Measure.VISIBILITY and t.series.subject == "Quillmark"]
        return regimes.spans(own)

    return of


def test_a_new_served_model_opens_a_regime_and_names_the_cause(spans):
    found = spans([(0, "gpt-5"), (1, "gpt-5"), (2, "gpt-5.1"), (3, "gpt-5.1")])
    assert [span.cause for span in found] == ["", "since gpt-5.1 was served"]


def test_served_ids_that_alternate_are_one_regime(spans):
    found = spans([(0, "a"), (1, "b"), (2, "a"), (3, "b"), (4, "b")])
    assert [(span.models, span.cause) for span in found] == [(("a", "b"), "")]


def test_a_day_on_which_one_gives_way_to_the_other_is_no_alternation(spans):
    found = spans([(0, "a"), (1, "a"), (1, "b"), (2, "b")])
    assert [span.models for span in found] == [("a",), ("b",)]


def test_a_comment_in_the_brand_file_opens_no_regime_and_a_new_alias_does(made):
    versions = regimes.Versions(made.SHEET, "v1"), regimes.Versions(replace(made.SHEET, watch=()), "v2")
    brand = replace(made.SHEET.brand, aliases=("QM",))
    renamed = regimes.Versions(replace(made.SHEET, brand=brand), "v2")
    seen = made.observe()
    before, after, with_alias = (v.regime(seen, Measure.VISIBILITY, "Quillmark") for v in (*versions, renamed))
    assert before == after != with_alias
    assert renamed.regime(seen, Measure.WRONG_RATE, "price") == versions[0].regime(seen, Measure.WRONG_RATE, "price")


def test_an_answer_read_with_another_sheet_is_in_a_regime_of_its_own(made):
    old = made.observe(replace(made.reading(), sheet="v0"))
    versions = regimes.Versions(made.SHEET, "v1")
    assert Regime.parse(versions.regime(old, Measure.VISIBILITY, "Quillmark")).sheet == "v0"


def test_changed_words_of_a_prompt_are_told_apart(made):
    versions = regimes.Versions(made.SHEET, "v1")
    reworded = replace(made.OPEN, text="Which pen would you buy?")
    first, second = (versions.regime(made.observe(prompt=p), Measure.MISS_RATE, "") for p in (made.OPEN, reworded))
    assert first != second


def test_a_text_of_another_make_is_a_models_name():
    assert Regime.parse("gpt-5").model == "gpt-5"
