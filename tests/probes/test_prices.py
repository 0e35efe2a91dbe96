"""What a call is said to cost: from the file, never guessed."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from monitor.domain.answers import Reply, Usage
from monitor.domain.brand import AssistantSettings
from monitor.domain.errors import Mistake
from probes import assistants, prices

ROW = """
[[price]]
use = "openai"
model = "gpt-5"
per_million_input = 1.25
per_million_output = 10
per_search = 0.01
read_on = 2026-11-01
source = "a price list"
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "prices.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def settings(**given: Any):
    return AssistantSettings(**{"id": "one", "use": "openai", "model": "gpt-5", **given})


def test_every_built_in_price_says_where_and_when_it_was_read():
    table = prices.load()
    assert len(table.rows) > 30
    assert {row.use for row in table.rows} <= set(assistants.ALL)
    assert all(row.source and row.read_on.year >= 2025 for row in table.rows)
    names = [(row.use, row.model) for row in table.rows]
    assert len(names) == len(set(names))


def test_an_unknown_price_is_not_guessed():
    forecast = prices.load().forecast(settings(model="gpt-99"), "Which kettle?")
    assert (forecast.expected, forecast.worst) == (None, None)
    reply = Reply(text="K2", usage=Usage(input_tokens=5, output_tokens=5))
    assert prices.load().cost(settings(model="gpt-99"), reply) is None


@pytest.mark.parametrize("model", ["gpt-5", "gpt-5-2025-08-07"])
def test_a_dated_model_costs_what_its_name_costs(written, model):
    assert prices.load(written(ROW)).find("openai", model).model == "gpt-5"
    assert prices.load(written(ROW)).find("openai", "gpt-5-unheard") is None


def test_a_file_of_ones_own_goes_before_the_built_in_one(written):
    built_in = prices.load()
    table = prices.load(written(ROW.replace("1.25", "0.75") + ROW.replace('"gpt-5"', '"kettle-1"')))
    assert table.find("openai", "gpt-5").per_million_input == Decimal("0.75")
    assert table.find("openai", "kettle-1").source == "a price list"
    assert table.find("openai", "gpt-5-mini") == built_in.find("openai", "gpt-5-mini")
    assert (table.rows, table.memory, table.searching) == (built_in.rows, built_in.memory, built_in.searching)


def test_a_prefix_of_ones_own_beats_a_built_in_row(written):
    assert prices.load(written(ROW.replace('"gpt-5"', '"gpt-*"'))).find("openai", "gpt-5.4").model == "gpt-*"


def test_a_habit_of_ones_own_changes_only_what_it_names(written):
    built_in = prices.load()
    table = prices.load(written("[search.openai]\nworst_searches = 3\n[search.'openai:gpt-5']\nsearches = 1"))
    assert table.searching["openai"] == replace(built_in.searching["openai"], worst_searches=3)
    assert table.searching["openai:gpt-5"] == prices.Habit(searches=1)
    assert table.searching["anthropic"] == built_in.searching["anthropic"]
    assert table.memory == built_in.memory


def test_an_empty_file_changes_nothing(written):
    assert prices.load(written("")) == prices.load()


def test_the_longest_prefix_decides(written):
    rows = ROW.replace('"gpt-5"', '"gpt-*"') + ROW.replace('"gpt-5"', '"gpt-5-*"').replace("1.25", "2")
    table = prices.load(written(rows))
    assert table.find("openai", "gpt-5-mini").per_million_input == 2
    assert table.find("openai", "gpt-4").per_million_input == Decimal("1.25")


def test_the_cost_of_an_answer_is_exact(written):
    table = prices.load(written(ROW))
    reply = Reply(text="K2", usage=Usage(input_tokens=1000, output_tokens=200, searches=3))
    assert table.cost(settings(), reply) == Decimal("0.03325")


def test_a_stated_cost_beats_the_table(written):
    reply = Reply(text="K2", cost=Decimal("0.5"), usage=Usage(input_tokens=1, output_tokens=1))
    assert prices.load(written(ROW)).cost(settings(), reply) == Decimal("0.5")


@pytest.mark.parametrize("usage", [Usage(), Usage(input_tokens=5), Usage(output_tokens=5)])
def test_half_a_usage_is_no_cost(written, usage):
    assert prices.load(written(ROW)).cost(settings(), Reply(text="K2", usage=usage)) is None


def test_a_grounded_prompt_of_gemini_costs_once_however_often_it_searched():
    asked = settings(use="gemini", model="gemini-2.5-flash", search=True)
    once = Reply(text="", usage=Usage(input_tokens=0, output_tokens=0, searches=1))
    often = Reply(text="", usage=Usage(input_tokens=0, output_tokens=0, searches=9))
    assert prices.load().cost(asked, once) == prices.load().cost(asked, often) == Decimal("0.035")


def test_more_search_context_costs_more_at_sonar():
    table = prices.load()
    costs = [
        table.forecast(settings(use="perplexity", model="sonar", search=True, options=options), "K?").expected
        for options in ({}, {"search_context_size": "medium"}, {"search_context_size": "high"})
    ]
    assert costs == sorted(set(costs))


def test_the_worst_case_is_no_less_than_what_is_expected():
    table = prices.load()
    for row in table.rows:
        for search in (False, True):
            forecast = table.forecast(settings(use=row.use, model=row.model, search=search), "Which kettle?" * 20)
            assert forecast.worst >= forecast.expected >= 0


def test_the_worst_case_covers_a_prompt_in_any_script(written):
    table = prices.load(written(ROW))
    text = "哪种水壶最好?" * 50
    assert table.forecast(settings(max_tokens=0), text).worst == Decimal("1.25") * len(text.encode()) / 1_000_000


def test_recordings_cost_nothing():
    assert prices.load().cost(settings(use="replay", model="any"), Reply(text="K2")) == 0


@pytest.mark.parametrize("address", ["http://localhost:11434/v1", "http://127.0.0.2:8000/v1", "http://[::1]:8000"])
@pytest.mark.parametrize("usage", [Usage(), Usage(input_tokens=5, output_tokens=5)])
def test_a_model_on_this_machine_costs_nothing(address, usage):
    table, asked = prices.load(), settings(use="openai_compatible", model="llama3.2", base_url=address)
    forecast = table.forecast(asked, "Which kettle?")
    assert (forecast.expected, forecast.worst) == (Decimal(0), Decimal(0))
    assert table.cost(asked, Reply(text="K2", usage=usage)) == Decimal(0)
    assert table.cost(asked, Reply(text="K2", usage=usage, cost=Decimal("0.5"))) == Decimal("0.5")


def test_a_row_prices_also_what_runs_on_this_machine(written):
    row = ROW.replace('"openai"', '"openai_compatible"').replace('"gpt-5"', '"llama*"')
    asked = settings(use="openai_compatible", model="llama3.2", base_url="http://localhost:11434/v1")
    assert prices.load(written(row)).forecast(asked, "Which kettle?").worst > 0


@pytest.mark.parametrize(
    ("use", "address"),
    [
        ("openai_compatible", "http://10.0.0.5:8000/v1"),
        ("openai_compatible", "http://ollama:11434/v1"),
        ("openai_compatible", "https://localhost.example.com/v1"),
        ("openai", "http://localhost:8000/v1"),
    ],
)
def test_what_another_address_costs_stays_unknown(use, address):
    table, asked = prices.load(), settings(use=use, model="llama3.2", base_url=address)
    assert (table.forecast(asked, "K?").expected, table.forecast(asked, "K?").worst) == (None, None)
    assert table.cost(asked, Reply(text="K2", usage=Usage(input_tokens=5, output_tokens=5))) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[price]", "cannot be read"),
        ("[[price]]\nuse = 'openai'", "number 1: lacks `model`, `per_million_input`"),
        (ROW + "surprise = 1", "number 1: knows no `surprise`; it takes"),
        (ROW + ROW.replace("1.25", "-1"), "number 2"),
        (ROW.replace("1.25", "nan"), "no price"),
        (ROW.replace("1.25", "true"), "no price"),
        (ROW.replace("1.25", "'cheap'"), "no price"),
        (ROW.replace("2026-11-01", "'yesterday'"), "read_on is a date without quotes"),
        (ROW.replace('"gpt-5"', "5"), "`model` is a text in quotes"),
        (ROW.replace('"gpt-5"', '""'), "`model` is a text in quotes"),
        (ROW.replace('"openai"', '"open_ai"'), "no assistant 'open_ai'; use one of anthropic"),
        (ROW.replace("price]]", "prices]]"), "knows no `prices`; write [[price]]"),
        ("prices = 3\nmemories = 4", "knows no `memories`, `prices`"),
        ("price = 3", "number 1: is no table; write [[price]]"),
        ("price = [3]", "number 1: is no table"),
        ("memory = 3", "[memory]: is no table"),
        ("search = 3", "`search` is no table; write [search.openai]"),
        ("[search]\nopenai = 3", "[search.openai]: is no table"),
        ("[search.opena]\nsearches = 1", "no assistant 'opena'"),
        ("[memory]\nwords = 4", "knows no `words`; it takes only output_tokens"),
        ("[search.openai]\nsearches = -1", "`searches` needs a whole number"),
        ("[memory]\nsearches = true", "`searches` needs a whole number"),
    ],
)
def test_a_wrong_price_file_is_one_clear_sentence(written, text, word):
    with pytest.raises(Mistake, match=r"prices\.toml") as caught:
        prices.load(written(text))
    assert word in str(caught.value)


def test_a_missing_price_file_is_named(tmp_path):
    with pytest.raises(Mistake, match=r"nowhere\.toml"):
        prices.load(tmp_path / "nowhere.toml")
