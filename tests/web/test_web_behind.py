"""Every number leads to exactly the answers that it counts."""

import html
import json
import re

import pytest

from monitor.domain.measures import Measure
from monitor.domain.search import Number, Side, Wanted
from monitor.service import counted, panel, portraits
from reports import behind

COME_TO = re.compile(r"([\d.,]+) of ([\d.,]+) [a-z ]+ \([^)]*\)")
PERIOD = "last=30d"


def total(text):
    (found,) = re.findall(r"<strong>(No|\d+) answers?</strong>", text)
    return 0 if found == "No" else int(found)


def links(text, pattern):
    return [html.unescape(link) for link in re.findall(rf'href="([^"]*/answers\?[^"]*{pattern}[^"]*)"', text)]


@pytest.fixture(name="shown")
def portrait(stand):
    return portraits.portrait(stand.house, stand.hands().date().replace(day=1), stand.hands().date())


def test_each_rate_comes_to_the_same_out_of_its_answers(stand, shown):
    rates = [*shown.accuracy, *shown.visibility, *shown.recommended, *shown.share_of_voice, *shown.citation_rate]
    rates += [each for fact in shown.facts for each in fact.by_assistant]
    assert {each.series.measure for each in rates} >= {Measure.ACCURACY, Measure.VISIBILITY, Measure.WRONG_RATE}
    for each in rates:
        told = behind.answers(each)
        wanted = Wanted(start=shown.start, end=shown.end, assistant=told["assistant"], surface=told["surface"])
        found = counted.behind(stand.house, wanted, Number(measure=each.series.measure, subject=each.series.subject))
        assert (found.rate, found.answers) == (each.rate, each.answers), each.series


def test_a_rate_that_says_one_and_the_other_side_are_all_of_it(stand, shown):
    rate = next(each for each in shown.visibility if each.series.subject == "Fennick")
    wanted = Wanted(start=shown.start, end=shown.end, assistant=rate.series.assistant_id)
    sides = [
        counted.behind(stand.house, wanted, Number(measure=Measure.VISIBILITY, subject="Fennick", side=side)).found
        for side in (Side.HITS, Side.REST)
    ]
    assert sides == [rate.rate.hits, rate.answers - rate.rate.hits]


@pytest.mark.parametrize("room", ["overview", "prompts", "facts/founded"])
def test_the_number_in_a_link_is_what_its_page_comes_to(browser, stand, room):
    text = browser.get(f"{stand.home}/{room}?{PERIOD}").text
    found = re.findall(r'<a [^>]*href="([^"]*/answers\?measure=[^"]+)"[^>]*>[^<]*?(\d+) of (\d+) [^<]*</a>', text)
    assert found, room
    for link, hits, of in found:
        told = COME_TO.search(browser.get(html.unescape(link)).text.split('class="said"')[1])
        assert told, link
        assert told.groups() == (hits, of)


def test_every_cell_of_the_rivals_leads_to_its_answers(browser, stand):
    text = browser.get(f"{stand.home}/rivals?{PERIOD}").text
    assert text.count('<a class="value" href="') == len(re.findall(r"n = \d+", text.split("The numbers behind")[0]))


def test_the_counts_of_facts_and_sources_are_how_many_answers_they_open(browser, stand):
    for room in ("facts", "sources"):
        text = browser.get(f"{stand.home}/{room}?{PERIOD}").text
        found = re.findall(r'<td class="n"><a href="([^"]*measure=answers[^"]*)">(\d+)</a>', text)
        found += re.findall(r'<td class="n"[^>]*><a href="([^"]*verdict=[^"]*)">(\d+)</a>', text)
        assert found, room
        for link, count in found:
            assert total(browser.get(html.unescape(link)).text) == int(count), link


def test_the_citations_of_a_domain_lead_to_what_comes_to_as_many(browser, stand):
    """One answer may cite a domain twice, so that its citations are no number of answers."""
    pages = [{"url": f"https://www.quarn.example/{each}", "title": "Quarn"} for each in ("about", "shops")]
    line = {"text": "Quarn has 41 shops.", "assistant": "App", "asked_at": "2026-03-05T07:00:00Z", "citations": pages}
    api = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/answers"
    assert browser.post(api, content=json.dumps(line).encode()).status_code == 201
    text = browser.get(f"{stand.home}/sources?{PERIOD}").text
    found = re.findall(r'<a href="([^"]*measure=citations[^"]*)">(\d+)</a></td><td class="n"><a [^>]*>(\d+)<', text)
    assert found
    assert any(citations != answers for _, citations, answers in found)
    for link, citations, answers in found:
        told = browser.get(html.unescape(link)).text
        assert f"{citations} citations of" in told
        assert total(told) == int(answers)


def test_an_alert_leads_to_the_answers_that_it_speaks_of(browser, stand):
    page = browser.get(f"{stand.home}/alerts").text
    for alert in set(re.findall(r'href="([^"]*/alerts/[0-9a-f-]+)"', page)):
        text = browser.get(alert).text
        for link, hits, of in re.findall(r'href="([^"]*/answers\?[^"]*)">(\d+) of (\d+) answers', text):
            found = browser.get(html.unescape(link)).text
            assert total(found) == int(of), (alert, link)
            assert hits <= of


def test_named_most_says_of_how_many(stand, browser):
    (row,) = [row for row in panel.prompts(stand.house, *_week(stand)) if row.named]
    assert [(each.name, each.rate.hits, each.rate.of) for each in row.named] == [("Fennick", 16, 16)]
    assert "Fennick: <a" in browser.get(f"{stand.home}/prompts?{PERIOD}").text


def _week(stand):
    return stand.hands().date().replace(day=1), stand.hands().date()


def test_a_search_says_how_many_answers_there_are(browser, stand):
    assert total(browser.get(f"{stand.home}/answers?{PERIOD}").text) == 32
    assert total(browser.get(f"{stand.home}/answers?{PERIOD}&words=recalled").text) == 4
    assert total(browser.get(f"{stand.home}/answers?{PERIOD}&words=nothing-of-the-sort").text) == 0
