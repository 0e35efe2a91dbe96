"""Sources: what was retrieved without being cited, what stands beside wrong facts, rates with intervals."""

import html
import re

from monitor.domain.answers import Source
from monitor.service import documents, runs
from storage.received import SOURCES
from storage.tables import AnswerRow, table

PERIOD = "last=30d"
_answers = table(AnswerRow)


def retrieved(stand):
    """Let every answer have retrieved two pages, of which some cite one."""
    told = (Source(url="https://www.quarn.example/about"), Source(url="https://unsaid.example/x"))
    with stand.store.transaction() as tx:
        tx.connection().execute(_answers.update().values(sources=SOURCES.text(told)))
    runs.measure_all(stand.house)


def named(shown, domain):
    return next(each for each in shown.domains if each.domain == domain)


def row(text, domain):
    found = re.search(rf'<th scope="row">{re.escape(domain)}</th>.*?</tr>', text, re.DOTALL)
    assert found, domain
    return [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[0])]


def test_what_was_retrieved_and_not_cited_is_counted(browser, stand):
    retrieved(stand)
    shown = documents.portrait(stand.house, stand.hands().date().replace(day=1), stand.hands().date())
    own, unsaid = (named(shown, name) for name in ("www.quarn.example", "unsaid.example"))
    assert (unsaid.citations, unsaid.retrieved_only) == (0, shown.answers)
    assert own.retrieved_only == shown.answers - own.answers
    text = browser.get(f"{stand.home}/sources?{PERIOD}").text
    assert row(text, "unsaid.example")[1:4] == ["0", "0", str(shown.answers)]
    assert "citations of 3 domains" in text or "citations of 2 domains" in text


def test_the_page_says_rates_with_intervals_and_who_comes_and_goes(browser, stand):
    text = browser.get(f"{stand.home}/sources?{PERIOD}").text
    assert "Answers that cite each name" in text
    assert re.search(r"\d+-\d+ %, n = \d+", text)
    assert row(text, "www.quarn.example")[-1] == "not core"


def test_wrong_facts_beside_a_domain_lead_to_their_answers(browser, stand):
    text = browser.get(f"{stand.home}/sources?{PERIOD}").text
    for link, count in re.findall(r'href="([^"]*measure=beside_wrong[^"]*)">(\d+)</a>', text):
        found = browser.get(html.unescape(link)).text
        assert f"<strong>{count} answer" in found


def test_what_was_retrieved_leads_to_its_answers(browser, stand):
    retrieved(stand)
    text = browser.get(f"{stand.home}/sources?{PERIOD}").text
    links = re.findall(r'href="([^"]*measure=retrieved[^"]*)">(\d+)</a>', text)
    assert len(links) == 2, "two domains were retrieved without being cited"
    for link, count in links:
        found = browser.get(html.unescape(link)).text
        assert f"<strong>{count} answers</strong>" in found
        assert "that do not cite it" in found


def test_the_domains_that_are_listed_and_left_out_add_up_to_those_that_are_told(browser, stand, monkeypatch):
    retrieved(stand)
    monkeypatch.setattr("monitor.web.pages.sources._MOST", 1)
    text = re.sub(r"<[^>]+>", "", browser.get(f"{stand.home}/sources?{PERIOD}").text)
    assert "of 2 domains in 32 answers; 1 other domain was retrieved and never cited." in text
    assert "2 more are in the tables of a report, 1 of them never cited." in text
