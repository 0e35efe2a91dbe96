import csv
import io
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.alerts import Quote
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Rate, Series
from monitor.domain.portrait import Portrait
from monitor.domain.readings import Span
from reports import report

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></svg>{{7*7}}\0\u202e=1+1"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def _page(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


def _words(html: str) -> str:
    text = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_the_report_says_what_was_found(portrait: Portrait, now: datetime) -> None:
    words = _words(report.html(portrait, made_at=now, site="https://likeness.tolvane.example"))
    for said in (
        "How AI assistants portray Tolvane",
        "24 October to 22 November 2026",
        "29 of 30 scheduled rounds ran, 1 of them in part",
        "Of 410 claims, 318 could be checked against the sheet.",
        "94 answers: 61 right, 9 out of date and 24 wrong; in 12 more answers it could not be checked.",
        "Not measured: 6 answers speak of it, but not so that it could be checked.",
        "visibility of Tolvane went from 52 % to 38 % since gpt-5.1 was served (10 November 2026).",
        "Said in 11 answers.",
        "radblatt.example",
        "Brisken (a competitor's)".replace("'", "&#39;"),
        "What should I mind when buying a cargo bike?",
        "the vendor was overloaded (28)",
        "259 of 262 answers really searched the web",
        "An API&#39;s answer is not what a person sees in the vendor&#39;s app.",
        "no answer in time (3) and asked too fast (1)",
        "OpenAI API, gpt-5 with search",
        "not measured",
    ):
        assert said in words


def test_it_fetches_nothing_and_runs_nothing(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now)
    page = _page(html)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert [value for _, name, value in page.attributes if name in {"src", "srcset", "xlink:href", "action"}] == []
    assert {tag for tag, name, _ in page.attributes if name == "href"} == {"a"}
    assert not re.search(r"@import|url\((?!#)", html)
    assert "default-src 'none'" in html


def test_charts_do_not_share_identifiers(portrait: Portrait, now: datetime) -> None:
    found = [value for _, name, value in _page(report.html(portrait, made_at=now)).attributes if name == "id"]
    assert len(found) == len(set(found))


def test_every_chart_has_its_table(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now)
    figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    assert len(figures) == html.count("<svg")
    assert all("<table>" in figure and 'role="img"' in figure for figure in figures)


@pytest.mark.parametrize("sample", ["empty", "one_point"])
def test_little_data_is_shown_as_little(sample: str, now: datetime, request: pytest.FixtureRequest) -> None:
    words = _words(report.html(request.getfixturevalue(sample), made_at=now))
    assert " 0 %" not in words
    assert "ot measured" in words
    assert "of 7 scheduled rounds ran" in words


def test_nothing_measured_is_never_zero(portrait: Portrait, now: datetime) -> None:
    series = Series(
        measure=Measure.VISIBILITY, assistant_id="gpt5-search", surface=Surface.API_SEARCH, subject="Ostvik"
    )
    unmeasured = replace(portrait.visibility[0], series=series, rate=Rate(hits=0, of=0), interval=None)
    only = replace(portrait, visibility=(unmeasured,), lines={})
    html = report.html(only, made_at=now)
    row = re.search(r"<tr[^>]*><th scope=\"row\">Ostvik</th>.*?</tr>", html)
    assert row
    assert "not measured" in row.group()
    assert "0 %" not in row.group()


def test_confidential_facts_are_shown_only_when_asked_for(portrait: Portrait, now: datetime) -> None:
    outside = report.html(portrait, made_at=now)
    assert "supplier" not in outside
    assert "Quellmark" not in outside
    assert "1 confidential fact is left out of this report." in outside
    assert not any("supplier" in text or "Quellmark" in text for text in report.tables(portrait).values())
    inside = report.html(portrait, made_at=now, confidential=True)
    assert "Quellmark" in inside
    assert "supplier" in report.tables(portrait, confidential=True)["facts.csv"]


def test_tables_hold_the_numbers_of_the_charts(portrait: Portrait) -> None:
    tables = report.tables(portrait)
    rows = list(csv.DictReader(io.StringIO(tables["visibility.csv"])))
    own = next(row for row in rows if row["subject"] == "Tolvane")
    assert (own["assistant"], own["hits"], own["of"]) == ("OpenAI API, gpt-5 with search", "34", "90")
    over_time = list(csv.DictReader(io.StringIO(tables["over_time.csv"])))
    gaps = [row for row in over_time if row["value"] == ""]
    assert gaps
    assert all(row["of"] == "" for row in gaps)
    assert set(tables) >= {"facts.csv", "sources.csv", "alerts.csv", "changes.csv", "misses.csv", "assistants.csv"}


def _attacked(portrait: Portrait, attack: str) -> Portrait:
    quote = Quote(
        answer_id=attack, text=attack, marks=(Span(start=0, end=3),), question=attack, assistant_label=attack,
        cited=(attack, "javascript:alert(1)"),
    )  # fmt: skip
    signal = replace(portrait.alerts[0].signal, headline=attack, truth=attack, quotes=(quote,), rule=attack)
    fact = replace(portrait.facts[0].fact, about=attack, says=attack, source="javascript:alert(1)")
    labels = [replace(panel, label=attack + panel.assistant_id, models=(attack,)) for panel in portrait.panels]
    rivals = [replace(each, series=replace(each.series, subject=attack)) for each in portrait.visibility[:2]]
    return replace(
        portrait,
        brand=attack,
        panels=tuple(labels),
        facts=(replace(portrait.facts[0], fact=fact, quotes=(quote,)),),
        statements=(replace(portrait.statements[0], topic=attack, quotes=(quote,)),),
        alerts=(replace(portrait.alerts[0], signal=signal),),
        visibility=tuple(rivals),
        lines={
            name: tuple(replace(line, label=attack, regimes=((line.points[0].day, attack),)) for line in lines)
            for name, lines in portrait.lines.items()
        },
        domains=(replace(portrait.domains[2], domain=attack, entity=attack),),
        barren=(replace(portrait.barren[0], text=attack, prompt_id=attack),),
        shifts=(replace(portrait.shifts[0], cause=attack, test=attack),),
        notes=(attack,),
    )


def _is_harmless(html: str) -> None:
    page = _page(html)
    assert not {"script", "img", "iframe", "object", "link", "form"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    links = [value for tag, name, value in page.attributes if tag == "a" and name == "href"]
    assert all(link.startswith(("https://", "http://", "#")) for link in links)
    assert "\0" not in html
    assert "\u202e" not in html


def test_hostile_names_answers_and_charts_are_shown_as_text(portrait: Portrait, now: datetime) -> None:
    attacked = _attacked(portrait, HOSTILE)
    _is_harmless(report.html(attacked, made_at=now, site=HOSTILE))
    for text in report.tables(attacked).values():
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert "\0" not in text


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=st.text(st.characters(codec=None), min_size=1, max_size=40))
def test_no_text_ever_becomes_a_tag(portrait: Portrait, now: datetime, attack: str) -> None:
    _is_harmless(report.html(_attacked(portrait, attack), made_at=now))
