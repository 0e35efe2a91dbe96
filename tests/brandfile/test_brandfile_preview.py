from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from monitor.brandfile.preview import preview
from monitor.domain.prices import Forecast

SOURCE = """\
brand: {name: Acme}
facts: [{id: a, kind: year, about: b, value: 3}, {id: c, kind: text, about: d, value: long}]
prompts:
  - {id: who, text: Who is Acme?, topic: facts}
  - {id: best, text: "Which shops are the best ones for %s?"}
assistants:
  - {id: gpt, use: openai, model: gpt-5, search: true}
  - {id: own, use: memory, model: m}
schedule: {cron: "0 6 * * *"}
""" % ("everything and " * 9)

CENT = Forecast(expected=Decimal("0.01"), worst=Decimal("0.04"))
UNKNOWN = Forecast(expected=None, worst=None)
RUN = datetime(2026, 11, 23, 6, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def shown(read):
    def _shown(budget="", spent=None, own=CENT, more=None):
        settings = read(SOURCE + budget).settings
        values = {
            "forecasts": {"gpt": CENT, "own": own},
            "calls_per_month": {"gpt": 100, "own": 50},
            "detectable": "A change of 9 points.",
            "terms": {"gpt": ("https://vendor.example/terms", date(2026, 11, 1)), "own": ("", None)},
            "advice": {"a": "", "c": "write it shorter"},
            "keys_missing": {"gpt": "OPENAI_API_KEY"},
            "next_runs": [RUN],
            "labels": {"gpt": "OpenAI API, gpt-5 with search"},
            "spent": spent,
        }
        return preview(settings, **(values | (more or {})))

    return _shown


def table(got, title):
    return next(each for each in got.tables if each.title == title).rows


def test_all_that_would_happen_is_in_the_tables(shown):
    got = shown()
    asked = table(got, "What would be asked")
    assert asked[0] == ("who", "facts", "Acme", "Who is Acme?")
    assert asked[1][2] == "-"
    assert len(asked[1][3]) == 90
    assert table(got, "Who would be asked") == (
        ("gpt", "OpenAI API, gpt-5 with search", "100", "0.0100 USD", "1.00 USD", "4.00 USD"),
        ("own", "memory, m", "50", "0.0100 USD", "0.50 USD", "2.00 USD"),
    )
    assert table(got, "Vendors' terms") == (("gpt", "https://vendor.example/terms", "2026-11-01"),)
    assert table(got, "Facts that cannot be checked as written") == (("c", "write it shorter"),)
    assert table(got, "Next runs") == (("Mon 2026-11-23 06:00 CET",),)
    assert "gpt has no key and would not be asked: set OPENAI_API_KEY." in got.lines
    assert "A change of 9 points." in got.lines


def test_every_row_is_as_wide_as_its_table(shown):
    for each in shown().tables:
        assert {len(row) for row in each.rows} == {len(each.columns)}


def test_tables_without_rows_are_left_out(shown):
    got = shown(more={"advice": {}, "terms": {}, "next_runs": []})
    assert [each.title for each in got.tables] == ["What would be asked", "Who would be asked"]


BUDGETS = {
    "none": ("", CENT, None, "No budget is set"),
    "enough": ("budget: {per_month: 6}", CENT, True, "carries it, even at worst"),
    "nearly": ("budget: {per_month: 2}", CENT, True, "carries what is expected, but not the worst case"),
    "half": ("budget: {per_month: 0.75}", CENT, False, "each round would ask about 50% of its questions"),
    "half at once": (
        "budget: {per_month: 0.75, pace: false}",
        CENT,
        False,
        "stop after about 50%",
    ),
    "unknown": ("budget: {per_month: 6}", UNKNOWN, None, "Whether 6.00 USD a month carry it cannot be said"),
    "unknown and passed by the rest": ("budget: {per_month: 0.5}", UNKNOWN, False, "does not carry it"),
}


@pytest.mark.parametrize("row", BUDGETS)
def test_whether_the_budget_carries_it(row, shown):
    budget, own, carried, words = BUDGETS[row]
    got = shown(budget, own=own)
    assert got.carried is carried
    assert any(words in line for line in got.lines), got.lines


def test_a_price_that_is_not_known_is_said_and_no_total_is_guessed(shown):
    got = shown(own=UNKNOWN)
    assert (got.totals.expected, got.totals.worst, got.totals.known) == (None, None, Decimal("1.00"))
    assert table(got, "Who would be asked")[1][3:] == ("not known", "not known", "not known")
    assert any(line.startswith("The price of own is not known, so no total is given") for line in got.lines)
    assert not any("150 calls" in line for line in got.lines)


def test_the_total_and_what_was_spent_are_told(shown):
    got = shown("budget: {per_month: 6}", spent=Decimal("1.5"))
    assert "150 calls a month: expected 1.50 USD, at worst 6.00 USD." in got.lines
    assert "1.50 USD were spent in this calendar month, of 6.00 USD." in got.lines


def test_what_the_file_lacks_is_told(read):
    settings = read("brand: {name: A}\nfacts: [{id: a, kind: year, about: b, value: 3}]").settings
    got = preview(
        settings,
        forecasts={},
        calls_per_month={},
        detectable="",
        terms={},
        advice={},
        keys_missing={},
        next_runs=(),
        spent=None,
        warnings=("brand.yaml:1: odd; look",),
    )
    assert got.tables == ()
    assert [line for line in got.lines if line.startswith("The file has no ")] == [
        "The file has no prompts: nothing would be asked by itself.",
        "The file has no assistants: nothing would be asked by itself.",
        "The file has no schedule: nothing would be asked by itself.",
    ]
    assert got.lines[-1] == "brand.yaml:1: odd; look"
