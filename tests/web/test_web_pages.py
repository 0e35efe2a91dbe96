"""Every page opens, shows hostile words as words, and leads from a number to the sentence behind it."""

import html
import re
from datetime import timedelta

import pytest

from monitor import pipeline
from monitor.domain.search import Cursor, Wanted
from storage import search

ROOMS = (
    *("overview", "alerts", "facts", "answers", "prompts", "rivals", "sources", "rounds", "reports", "review", "why"),
    *("facts/founded",),
)


@pytest.mark.parametrize("room", ROOMS)
def test_a_page_opens_and_asks_nobody_else(browser, stand, room):
    shown = browser.get(f"{stand.home}/{room}?last=30d")
    assert shown.status_code == 200
    assert len(shown.content) < 200_000
    fetched = re.findall(r'(?:src|href)="(https?://[^"]+)"', shown.text)
    assert [url for url in fetched if "src=" in url] == []
    assert not re.search(r'<script(?![^>]*\ssrc="/static/)', shown.text)
    assert not re.search(r'\son\w+="', shown.text)


@pytest.mark.parametrize("room", ROOMS)
def test_hostile_names_and_answers_are_shown_as_text(browser, stand, room):
    shown = browser.get(f"{stand.home}/{room}?last=30d").text
    assert "<b>Sons</b>" not in shown
    assert "<script>alert(1)</script>" not in shown
    assert "Quarn &amp; &lt;b&gt;Sons&lt;/b&gt;" in shown


def test_the_first_page_leads_to_the_only_brand(browser, stand):
    assert browser.get("/").headers["location"] == f"{stand.home}/overview"


def test_a_number_leads_to_the_sentence_behind_it(browser, stand):
    facts = browser.get(f"{stand.home}/facts?last=30d").text
    link = re.search(
        rf'href="({stand.home}/answers\?measure=answers&amp;fact=founded&amp;verdict=contradicted[^"]*)">(\d+)<', facts
    )
    assert link
    assert link[2] == "4"
    assert 'data-of="Wrong"><a' in facts, "where the columns have no room, each number says what it counts"
    found = browser.get(link[1].replace("&amp;", "&")).text
    answers = re.findall(rf'href="({stand.home}/answers/[0-9a-f]+)"', found)
    assert len(answers) == 4
    one = browser.get(answers[0]).text
    assert re.search(r'<span class="span contradicted"[^>]*>[^<]*1974', one)
    assert 'title="founding year: Wrong.' in one, "facts and verdicts are called as people call them"
    assert ">founding year</a> <span" in one


def test_answers_are_found_by_words_that_hold_signs_of_like(browser, stand):
    assert "No answer fits" in browser.get(f"{stand.home}/answers?last=30d&words=100%25_").text
    assert "No answer fits" not in browser.get(f"{stand.home}/answers?last=30d&words=RAIN+COATS").text


def test_pages_of_answers_follow_each_other_without_a_gap_or_a_repetition(stand):
    wanted = Wanted(start=stand.hands().date().replace(day=1), end=stand.hands().date())
    label = pipeline.naming(stand.house.settings)
    seen, after = [], None
    with stand.store.snapshot() as tx:
        whole = search.find(tx, stand.house.settings.brand, wanted, label=label, limit=1000)
        while True:
            found = search.find(tx, stand.house.settings.brand, wanted, label=label, after=after, limit=5)
            seen += [hit.probe_id for hit in found.hits]
            after = found.more
            if after is None:
                break
    assert seen == [hit.probe_id for hit in whole.hits]
    assert len(set(seen)) == len(seen) == 32


def test_a_search_that_looks_at_few_probes_at_a_time_comes_to_the_same(stand):
    today = stand.hands().date()
    wanted = Wanted(start=today.replace(day=1), end=today, entity=stand.house.settings.brand)
    label, brand = pipeline.naming(stand.house.settings), stand.house.settings.brand
    with stand.store.snapshot() as tx:
        whole = search.find(tx, brand, wanted, label=label, limit=1000)
        assert search.count(tx, brand, wanted) == (len(whole.hits), True)
        seen, after = [], Cursor(asked_at=stand.hands() + timedelta(days=9), probe_id="z")  # beyond the period
        while after is not None:
            found = search.find(tx, brand, wanted, label=label, after=after, limit=1000, look_at=7)
            seen += [hit.probe_id for hit in found.hits]
            after = found.more
        some, all_of_them = search.count(tx, brand, wanted, look_at=7)
    assert seen == [hit.probe_id for hit in whole.hits]
    assert not all_of_them
    assert 0 < some < len(seen)


@pytest.mark.parametrize("address", ["/b/nobody-0000/overview", "/b/x/answers/none", "/nowhere"])
def test_what_is_not_there_is_said_so(browser, address):
    shown = browser.get(address)
    assert shown.status_code == 404
    assert "Not found" in shown.text


@pytest.mark.parametrize("query", ["last=0d", "last=9999999", "from=2026-03-05&to=2026-03-01", "from=tomorrow"])
def test_a_period_that_is_none_is_told_in_a_sentence(browser, stand, query):
    shown = browser.get(f"{stand.home}/overview?{query}")
    assert shown.status_code == 422
    assert "Traceback" not in shown.text


def test_a_round_is_started_and_watched(browser, stand, form_key):
    key = form_key(browser, f"{stand.home}/rounds/new")
    started = browser.post(f"{stand.home}/rounds", data={"form_key": key})
    assert started.status_code == 303
    shown = browser.get(started.headers["location"]).text
    assert "of 4 questions are done" in shown or "Complete" in shown or "Partial" in shown


def test_a_finding_is_dismissed_on_the_page(browser, stand, form_key):
    page = browser.get(f"{stand.home}/review").text
    finding = re.search(r'name="finding" value="([^"]+)"', page)
    before = re.search(r"1 of (\d+)\.", page)
    assert finding
    assert before
    sent = {"form_key": form_key(browser, f"{stand.home}/review"), "finding": finding[1], "decision": "dismiss"}
    assert browser.post(f"{stand.home}/review", data=sent).status_code == 303
    after = re.search(r"1 of (\d+)\.", browser.get(f"{stand.home}/review").text)
    assert int(before[1]) - 1 == (int(after[1]) if after else 0)


def test_each_of_the_first_sentences_leads_to_what_it_counts(browser, stand):
    text = browser.get(f"{stand.home}/overview?last=30d").text
    told = re.findall(r'<li><a class="quietly" href="([^"]+)">([^<]+)</a></li>', text)
    assert len(told) == len(re.findall(r"<li>", text[text.index('class="lead"') : text.index('id="open"')])) >= 2
    for address, sentence in told:
        there = browser.get(html.unescape(address))
        assert there.status_code == 200, sentence
    found = next(address for address, sentence in told if " open, " in sentence)
    number = next(sentence for _, sentence in told if " open, " in sentence).split()[0]
    assert browser.get(found).text.count("<article") == int(number)
