"""What `likeness check` says of money spent and of money still to spend."""

import sqlite3


def said(ran):
    return " ".join(ran.out.split())


def test_check_says_what_more_would_show(workplace, likeness):
    checked = said(likeness("check"))
    assert "With one sample more it would be" in checked
    assert "an assistant more is a series of its own" in checked
    assert "with one prompt more" in checked


def test_barren_prompts_and_answers_that_repeat_are_named(workplace, likeness):
    for _ in range(10):
        likeness("run")
    checked = said(likeness("check"))
    assert "two repeats itself: 40 answers without search are 2 different ones" in checked
    assert "one repeats itself" not in checked, "it searches"
    assert "named nobody" not in checked
    with sqlite3.connect(workplace / "likeness.db") as store:
        store.execute("DELETE FROM mentions")
    assert "Prompt best named nobody in 40 answers and has cost" in said(likeness("check"))


def test_what_the_rest_of_the_month_takes_is_held_against_the_budget(workplace, likeness, monkeypatch):
    monkeypatch.setenv("LIKENESS_PRICES", "prices.toml")
    row = """
[[price]]
use = "replay"
model = "{}"
per_million_input = "0"
per_million_output = "0"
per_request = "5"
read_on = 2026-11-01
source = "this test"
"""
    (workplace / "prices.toml").write_text(row.format("paper-1") + row.format("paper-2"))
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(text.replace('cron: "0 6 * * *"', 'cron: "59 * * * *"'))
    checked = said(likeness("check"))
    assert "rounds that are left of this month are expected to take" in checked
    assert checked.count("USD more a month") == 4, "what each addition costs"
