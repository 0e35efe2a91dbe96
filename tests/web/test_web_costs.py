"""What something costs is said before it is asked, without JavaScript too; what nobody can answer is not started."""

from decimal import Decimal

import pytest

from monitor.domain.brand import AssistantSettings
from monitor.service import costing
from probes import prices

GPT = AssistantSettings(id="gpt", use="openai", model="gpt-5")


@pytest.fixture
def priced(stand):
    """Let the brand ask somebody who takes money, and whose key is not set."""
    file = stand.folder / "brand.yaml"
    text = file.read_text()
    start = text.index("assistants:")
    rest = text[start:].split("\n", 1)[1]
    end = next((number for number, line in enumerate(rest.splitlines()) if line and line[0].isalpha()), 10_000)
    kept = "\n".join(rest.splitlines()[end:])
    file.write_text(f"{text[:start]}assistants:\n  - {{id: gpt, use: openai, model: gpt-5}}\n{kept}\n")
    stand.desk.learn()
    return stand


def test_a_round_says_its_cost_and_asks_on_a_page_of_its_own(browser, stand, form_key):
    assert f'href="{stand.home}/rounds/new"' in browser.get(f"{stand.home}/rounds").text
    shown = browser.get(f"{stand.home}/rounds/new").text
    assert "2 prompts would be put to" in shown
    assert "4 calls, which cost nothing" in shown
    begun = browser.post(f"{stand.home}/rounds", data={"form_key": form_key(browser, f"{stand.home}/rounds/new")})
    assert begun.status_code == 303


def test_a_round_that_nobody_can_answer_is_not_started(browser, priced, form_key):
    key = form_key(browser, f"{priced.home}/prompts/edit")
    for answer in (
        browser.get(f"{priced.home}/rounds/new"),
        browser.post(f"{priced.home}/rounds", data={"form_key": key}),
    ):
        assert answer.status_code == 422
        assert "Nobody can be asked, so no round was started. OPENAI_API_KEY is not set" in answer.text


def test_one_more_prompt_says_what_it_takes_in_a_month(browser, priced):
    shown = browser.get(f"{priced.home}/prompts/edit").text
    assert "One more prompt takes in a month of rounds:" in shown
    assert "about $" in shown
    assert "takes in a month" not in browser.get(f"{priced.home}/prompts/edit?id=who").text


def test_programs_learn_the_cost_of_a_round_too(browser, stand):
    told = browser.get(f"/api/v1/brands/{stand.home.removeprefix('/b/')}/costs").json()
    assert told == {"calls": 4, "expected": "0", "worst": "0"}


def test_a_cost_is_put_in_words():
    known = prices.load(None)
    assert costing.of(known, [GPT], ["What is it?"], times=3).said.startswith("3 calls, about $0.")
    unknown = AssistantSettings(id="x", use="openai", model="a-model-without-a-price")
    assert costing.of(known, [GPT, unknown], ["What?"]).said == (
        "2 calls; what they cost is not known, because a price is missing"
    )
    assert costing.dollars(Decimal("1234.5")) == "$1,234.50"
