"""What a report says once, of whom, and without letters that run into each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from monitor.domain.alerts import Signal
from monitor.domain.documents import Edition
from monitor.domain.portrait import Line, Portrait
from reports import charts, figures, report, summary
from reports.lively import lively
from reports.trend import trend

_WIDE = 45  # pixels of a day below a chart


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def told_of(portrait: Portrait) -> Signal:
    return portrait.alerts[0].signal


def with_signal(portrait: Portrait, signal: Signal) -> Portrait:
    return replace(portrait, alerts=(replace(portrait.alerts[0], signal=signal),))


def test_imported_answers_did_not_come_back_from_rounds(empty: Portrait) -> None:
    some = replace(empty, rounds_run=7, answers=290, imported=6)
    assert summary.summary(some).sentences[-1] == (
        "7 of 7 scheduled rounds ran; in all, 284 answers came back, and 6 were imported."
    )
    one = replace(some, answers=1, imported=1)
    assert summary.summary(one).sentences[-1].endswith("no answers came back, and 1 was imported.")


def test_each_finding_says_when_it_was_told_and_todays_value_its_day(portrait: Portrait, now: datetime) -> None:
    text = plain(report.html(portrait, made_at=now))
    told = [alert.last_notice_at or alert.since for alert in portrait.alerts]
    assert f"As told on {told[0].day} {told[0]:%B} {told[0].year}," in text
    moved = replace(told_of(portrait), series=portrait.shifts[0].series)
    text = plain(report.html(with_signal(portrait, moved), made_at=now))
    assert f"By {portrait.end.day} {portrait.end:%B %Y}:" in text


def test_leaders_read_what_to_do_under_each_finding_and_who_is_drawn(portrait: Portrait, now: datetime) -> None:
    first = next(alert for alert in portrait.alerts if alert.signal.advice)
    twice = replace(portrait, alerts=(first, replace(first, id="other")))
    text = plain(report.html(twice, made_at=now, edition=Edition.LEADERSHIP))
    assert text.count(first.signal.advice[0]) == 1
    assert text.count("The same is to be done here.") == 1
    names = {each.series.subject for each in portrait.visibility}
    more = [replace(each, series=replace(each.series, subject=f"Rival {n}")) for n in range(5)
            for each in portrait.visibility[:1]]  # fmt: skip
    assert len(names) <= 4
    assert "unasked:" not in text
    crowded = replace(twice, visibility=(*portrait.visibility, *more))
    assert f"unasked: {portrait.brand}, who changed, and who is named most" in plain(
        report.html(crowded, made_at=now, edition=Edition.LEADERSHIP)
    )


def test_days_under_a_chart_of_a_week_keep_apart(portrait: Portrait) -> None:
    line = portrait.lines["accuracy"][0]
    start = date(2026, 10, 12)
    days = [replace(point, day=start + timedelta(days=n)) for n, point in enumerate(line.points[:7])]
    week = [replace(line, label=name, points=tuple(days), regimes=()) for name in ("one", "other")]
    drawn = charts.svg(trend(week, title="%"))
    label = r'text-anchor="(\w+)" transform="translate\(([\d.]+),[\d.]+\)"[^>]*>(\d+ Oct)<'
    found = [(float(at), anchor, said) for anchor, at, said in re.findall(label, drawn)]
    assert [said for _, _, said in found] == ["12 Oct", "14 Oct", "16 Oct", "18 Oct"] * 2
    left = {"start": 0.0, "middle": 0.5, "end": 1.0}
    begins = [at - left[anchor] * _WIDE for at, anchor, _ in found[:4]]
    assert all(later - begun > _WIDE for begun, later in pairwise(begins))


def test_a_point_of_several_days_says_that_it_may_mix_models(portrait: Portrait) -> None:
    name = next(name for name, lines in portrait.lines.items() if any(line.regimes for line in lines))
    lines = portrait.lines[name]
    weeks = replace(portrait, lines={name: tuple(map(_weekly, lines))})
    measure = next(each.estimate.series.measure for line in lines for each in line.points if each.estimate)
    (daily,) = figures.trends(portrait, measure, title="t", axis="%")
    (weekly,) = figures.trends(weeks, measure, title="t", axis="%")
    assert "mixes what was before and after" in weekly.note
    assert "mixes" not in daily.note


def _weekly(line: Line) -> Line:
    start = line.points[0].day
    return replace(
        line, points=tuple(replace(each, day=start + timedelta(weeks=n)) for n, each in enumerate(line.points))
    )


def test_the_days_below_a_chart_that_is_explored_follow_what_is_looked_at(portrait: Portrait) -> None:
    spec = trend(portrait.lines["accuracy"][:1], title="%")
    axes = [each for each in nested(lively(spec, room=800), "axes") if each.get("orient") == "bottom"]
    assert axes
    assert not any("values" in axis for axis in axes)


def nested(part: object, name: str) -> Iterator[dict[str, object]]:
    if isinstance(part, dict):
        yield from part.get(name, [])
        for each in part.values():
            yield from nested(each, name)
    elif isinstance(part, list):
        for each in part:
            yield from nested(each, name)
