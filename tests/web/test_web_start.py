"""A brand is started on the pages: from its name to its first round, without a terminal."""

import html
import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.accounts import Role
from monitor.domain.rounds import RoundState
from monitor.service import which_text
from monitor.service.desk import brand_key
from monitor.service.draft import Draft
from monitor.service.drafts import Drafts
from storage import rounds

BRAND = {
    "name": "Fennick & Co",
    "aliases": "Fennick",
    "domains": "https://www.fennick.example/about",
    "what": "rain coats",
    "rivals": "Quarn, quarn.example\nCorvane",
}
NEARBY = "http://127.0.0.1:9/v1, fennick-7b"  # needs no key, and nothing listens there
FACTS = "founding year\t1987\nheadquarters: Delft\nBasic plan\t€ 9.90\tThe Basic plan costs 9.90 euros.\n"


class Walk:
    """Goes through the steps as a browser does: what a page hides is sent again, a redirect is followed."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.page = self.followed(browser.get("/start"))

    def followed(self, page):
        """Return the page that a browser ends at, as long as it is one of the steps."""
        while page.is_redirect and page.headers["location"].startswith("/start"):
            page = self.browser.get(page.headers["location"])
        return page

    def send(self, **filled: object):
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page.text)
        kept = {name: html.unescape(value) for name, value in fields}
        self.page = self.followed(self.browser.post("/start", data={**kept, "go": "next", **filled}))
        return self.page


@pytest.fixture
def walk(browser):
    return Walk(browser)


def ticked(page):
    return [html.unescape(each) for each in re.findall(r'name="ticked" value="([^"]*)"', page.text)]


def to_the_cost(walk):
    walk.send(**BRAND)
    offered = ticked(walk.send(facts=FACTS))
    walk.send(ticked=[*offered[:2], offered[-1]], prompts="Who makes dry coats?")
    return walk.send(
        ticked=["gpt-search", "claude-memory"], zone="Europe/Stockholm", budget="20", to="ada@fennick.example"
    )


def test_from_the_name_to_the_first_round(walk, stand):
    shown = to_the_cost(walk)
    assert shown.status_code == 200
    assert "8 calls, about $" in shown.text
    assert "OPENAI_API_KEY is not set" in shown.text
    assert "services-agreement" in shown.text
    assert "terms were read" in walk.send(go="ask").text, "nothing is asked before the terms are agreed to"
    assert 'value="ask"' not in shown.text, "without a key a first round would bring nothing"
    refused = walk.send(go="ask", agreed="yes")
    assert refused.status_code == 422
    assert "nobody can be asked yet. OPENAI_API_KEY is not set" in refused.text
    assert "Fennick & Co" not in stand.desk.names()
    walk.send(go="assistants")
    walk.send(ticked=["gpt-search"], others=NEARBY, zone="Europe/Stockholm", budget="20", to="ada@fennick.example")
    assert 'value="ask"' in walk.page.text
    went = walk.send(go="ask", agreed="yes")
    assert went.status_code == 303
    assert f"/b/{brand_key('Fennick & Co')}/rounds/" in went.headers["location"]
    settings = stand.desk.house("Fennick & Co").settings
    assert [prompt.text for prompt in settings.prompts][-1] == "Who makes dry coats?"
    assert {each.id for each in settings.sheet.facts} == {"founding-year", "headquarters", "basic-plan"}
    assert settings.sheet.brand.domains == ("fennick.example",)
    assert settings.alerts.to == ("ada@fennick.example",)
    assert ended(stand, went.headers["location"].rsplit("/", 1)[1]).state is RoundState.PARTIAL
    assert [each.brand for each in which_text.Watchful(store=stand.store).on_pages(())] == ["Fennick & Co"]


def ended(stand, round_id):
    for _ in range(200):
        with stand.store.snapshot() as tx:
            found = rounds.find(tx, round_id)
        if found.state is not RoundState.OPEN:
            return found
        time.sleep(0.05)
    raise AssertionError("the round does not end")


def test_a_brand_is_kept_and_asked_at_its_time(walk, stand):
    to_the_cost(walk)
    assert walk.send(go="keep", agreed="yes").headers["location"].endswith("/overview")
    settings = stand.desk.house("Fennick & Co").settings
    assert settings.schedule.cron == "0 6 * * MON-FRI"
    assert "agreed to them" in settings.source


def test_mistakes_are_told_in_words_where_they_are_made(walk):
    assert "Write the name of the brand." in walk.send(name=" ").text
    assert "kept here already" in walk.send(name="Quarn & <b>Sons</b>").text
    walk.send(**BRAND)
    shown = walk.send(facts="founding year\t1987\nonly words\nshops\tabc\n", go="look")
    assert shown.status_code == 200
    assert "Not understood:" in shown.text
    shown = walk.send(facts="only words\n")
    assert shown.status_code == 422
    assert "Line 1: write what it is about" in shown.text
    walk.send(facts=FACTS)
    assert "Tick a prompt" in walk.send().text
    walk.send(prompts="What is it?")
    assert "Tick at least one assistant" in walk.send().text
    assert "time zone" in walk.send(ticked=["perplexity"], zone="Mars/North").text


def test_one_can_go_back_and_nothing_is_lost(walk):
    walk.send(**BRAND)
    walk.send(facts=FACTS)
    assert "founding year\t1987" in html.unescape(walk.send(go="facts").text)
    shown = walk.send(go="brand", facts=FACTS).text
    assert "Fennick &amp; Co" in shown
    assert "Corvane" in shown


def test_a_hostile_name_is_text(walk):
    shown = walk.send(**{**BRAND, "name": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in walk.send(facts=FACTS).text
    assert "<script>alert(1)" not in shown.text


def test_starting_is_for_administrators(stand):
    assert stand.signed_in(Role.EDITOR).get("/start").status_code == 403


def test_an_assistant_may_have_a_model_and_a_place_of_its_own_and_others_are_written(walk, stand):
    to_the_cost(walk)
    walk.send(go="assistants")
    others = "anthropic, claude-opus-4-5, search\nhttps://llm.fennick.example/v1, fennick-7b"
    own = {"model-of-gpt-search": "gpt-5.1", "country-of-gpt-search": "de", "language-of-gpt-search": "DE"}
    shown = walk.send(ticked=["gpt-search", "gpt-memory"], others=others, country="SE", **own)
    assert "claude-opus-4-5 with search" in shown.text
    assert "16 calls" in shown.text
    assert 'value="gpt-5.1"' in walk.send(go="assistants").text, "it is there when one comes back"
    walk.send(ticked=["gpt-search", "gpt-memory"], others=others, country="SE", **own)
    assert walk.send(go="keep", agreed="yes").status_code == 303
    asked = {each.id: each for each in stand.desk.house("Fennick & Co").settings.assistants}
    assert (asked["gpt-search"].model, asked["gpt-search"].locale.country) == ("gpt-5.1", "DE")
    assert asked["gpt-memory"].locale.country == "SE"
    assert (asked["claude-opus-4-5-search"].use, asked["claude-opus-4-5-search"].search) == ("anthropic", True)
    assert asked["fennick-7b-memory"].base_url == "https://llm.fennick.example/v1"


@pytest.mark.parametrize("line", ["nobody, gpt-5", "openai", "openai, gpt-5, think", "ftp://a.example, x"])
def test_another_assistant_that_cannot_be_read_is_told_of(walk, line):
    to_the_cost(walk)
    walk.send(go="assistants")
    shown = walk.send(ticked=["gpt-search"], others=line)
    assert shown.status_code == 422
    assert "Other assistants, line 1: write anthropic" in shown.text
    assert html.escape(line) in shown.text


def test_what_may_not_be_asked_is_not_offered(walk):
    to_the_cost(walk)
    shown = walk.send(go="assistants").text
    assert re.search(r'value="gemini-search" disabled', shown)
    assert "Google&#39;s terms forbid to keep or analyse grounded answers" in shown
    refused = walk.send(ticked=["gpt-search"], others="gemini, gemini-2.5-pro, search")
    assert refused.status_code == 422
    assert "gemini-2.5-pro with search is not asked: Google&#39;s terms" in refused.text


def test_those_with_a_key_are_ticked_and_the_price_of_each_is_told(stand):
    keyed = replace(stand, desk=replace(stand.desk, keys={"OPENAI_API_KEY": "sk-test", "GEMINI_API_KEY": "g-test"}))
    walk = Walk(keyed.browser())
    walk.send(**BRAND)
    walk.send(facts=FACTS)
    shown = walk.send(prompts="Who makes dry coats?\nWhich coats last?").text
    assert re.findall(r'value="([\w-]+)" checked', shown) == ["gpt-search", "gpt-memory", "gemini-memory"]
    assert "A round: 2 calls, about $" in shown


def test_the_choices_that_are_there_from_the_start_keep_to_the_limit(walk, stand):
    walk.send(**BRAND)
    offered = ticked(walk.send(facts=FACTS))
    every = re.findall(r'name="ticked" value="([\w-]+)"(?! disabled)', walk.send(ticked=offered).text)
    assert len(every) >= 6
    assert "would cost more than the limit" not in walk.send(ticked=every, budget="50", zone="UTC").text
    walk.send(go="assistants")
    shown = walk.send(ticked=every, budget="40", zone="UTC", days="daily").text
    assert "would cost more than the limit" in shown
    assert "Ask every Monday" in shown
    fitted = walk.send(go="fit").text
    assert "would cost more than the limit" not in fitted
    assert "Monday," in fitted


def test_every_step_has_an_address_so_that_back_and_reload_send_nothing(walk):
    seen = [walk.page.url]
    walk.send(**BRAND)
    seen.append(walk.page.url)
    walk.send(facts=FACTS)
    assert len({*seen, walk.page.url}) == 3
    assert 'value="Fennick &amp; Co"' in walk.browser.get(seen[0]).text, "what was typed is there when one goes back"
    assert "headquarters: Delft" in walk.browser.get(seen[1]).text
    assert walk.browser.get(seen[1]).status_code == 200
    assert 'name="ticked"' in walk.browser.get(walk.page.url).text, "and forth again"


def test_a_step_sent_from_an_older_page_loses_no_later_step(walk):
    first = walk.page
    walk.send(**BRAND)
    walk.send(facts=FACTS)
    walk.page = first  # as a browser keeps it
    walk.send(**{**BRAND, "aliases": "Fenny"})
    assert "headquarters: Delft" in walk.page.text


def test_mistakes_are_shown_by_an_address_too(walk):
    walk.send(**BRAND)
    shown = walk.send(facts="only words")
    again = walk.browser.get(shown.url)
    assert (again.status_code, "Line 1: write what it is about" in again.text) == (422, True)
    assert walk.send(facts="", go="look").status_code == 422
    assert "Write at least one fact" in walk.page.text


def test_a_draft_is_for_whoever_typed_it_and_is_forgotten_after_a_day(walk, stand):
    walk.send(**BRAND)
    stand.hands.now += timedelta(days=1)
    gone = walk.browser.get(walk.page.url)
    assert gone.status_code == 404
    assert "not remembered any more" in gone.text
    shown = walk.send(facts=FACTS)
    assert 'value="Fennick &amp; Co"' in shown.text, "the page itself still carries what was typed"
    somebody = Drafts(stand.hands)
    somebody.keep("ada", "a-key-of-hers", Draft(name="Quarn"))
    assert somebody.find("bob", "a-key-of-hers") is None
    for number in range(50):
        somebody.keep("bob", f"a-key-of-his-{number}", Draft())
    assert somebody.find("ada", "a-key-of-hers") is None, "only so many are remembered"


def test_a_brand_that_is_made_is_no_draft_any_more(walk):
    address = to_the_cost(walk).url
    walk.send(go="keep", agreed="yes")
    assert walk.browser.get(address).status_code == 404


def test_numbers_of_the_start_are_read_as_people_write_them(walk):
    shown = walk.send(**BRAND)
    shown = walk.send(facts="employees: 1.200\n")
    assert "1.200 can be read in two ways; write 1200, or 1.2000 for 1.2." in shown.text
    walk.send(facts="employees: 1200\n")
    walk.send(prompts="What is it?")
    shown = walk.send(ticked=["claude-memory"], budget="49,50")
    assert "the limit is $49.50" in shown.text
    walk.send(go="assistants")
    assert "1.200 can be read in two ways" in walk.send(ticked=["claude-memory"], budget="1.200").text


def test_an_address_of_a_name_with_marks_is_readable_and_the_older_one_still_leads_there(stand):
    name = "Müller Süß"
    key = brand_key(name)
    assert key.startswith("muller-suss-")
    with stand.store.transaction() as tx:
        tx.connection().exec_driver_sql("UPDATE brand_files SET brand = ?", (name,))
    assert stand.desk.by_key(key) == name
    assert stand.desk.by_key(f"m-ller-s-{key[-4:]}") == name


def test_the_last_step_says_who_will_be_told(walk):
    assert "<dt>Told by mail</dt><dd>ada@fennick.example</dd>" in to_the_cost(walk).text
    walk.send(go="assistants")
    assert "nobody: what is found stands on the pages alone" in walk.send(ticked=["gpt-search"], to="").text
