"""The edition for leaders: one row per assistant, what moved, and nothing without its n and interval."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.domain.documents import Edition
from monitor.domain.measures import Estimate, Interval, Rate
from monitor.domain.portrait import Portrait
from reports import pages, report, words
from reports.section import Page
from reports.sections import changes, glance


def _moved(of: Estimate, value: float) -> Estimate:
    rate = Rate(hits=value * of.rate.of, of=of.rate.of)
    return replace(of, rate=rate, interval=Interval(low=value - 0.01, high=value + 0.01))


def _before(portrait: Portrait) -> Portrait:
    return replace(
        portrait,
        start=portrait.start - timedelta(days=30),
        end=portrait.start - timedelta(days=1),
        visibility=tuple(_moved(each, 0.97) for each in portrait.visibility),
    )


def _body(portrait: Portrait, now: datetime, before: Portrait | None = None) -> str:
    page = Page(portrait=portrait, made_at=now, before=before, edition=Edition.LEADERSHIP)
    return pages.render("sections/glance.html.j2", **glance.SECTION.view(page))


def test_a_value_stands_beside_the_one_before_and_is_boxed_where_the_two_are_apart(
    portrait: Portrait, now: datetime
) -> None:
    body = _body(portrait, now, _before(portrait))
    own = next(each for each in portrait.visibility if each.series.subject == portrait.brand)
    assert body.count('class="apart"') == len([e for e in portrait.visibility if e.series.subject == portrait.brand])
    assert f"97 \N{RIGHTWARDS ARROW} {words.value_of(own)}" in body.replace("\xa0", " ").replace(
        '<span class="nb">', ""
    ).replace("</span>", "")


def test_without_another_period_nothing_is_compared(portrait: Portrait, now: datetime) -> None:
    body = _body(portrait, now)
    assert "\N{RIGHTWARDS ARROW}" not in body
    assert "apart" not in body


def test_at_most_four_changes_are_told_the_brands_own_first(portrait: Portrait, now: datetime) -> None:
    many = replace(portrait, shifts=portrait.shifts[:1] * 7)
    seen = changes.SECTION.view(Page(portrait=many, made_at=now, edition=Edition.LEADERSHIP))
    short = seen["short"]
    assert isinstance(short, list)
    assert len(short) == 4
    assert seen["more"] == 3
    html = report.html(many, made_at=now, edition=Edition.LEADERSHIP)
    assert "3 further changes" in html
