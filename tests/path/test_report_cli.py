"""Reports as a user asks for them on the command line."""

import json

from monitor.brandfile import editing as text
from monitor.service import build, editing
from monitor.service.environment import Environment


def test_an_edition_of_one_assistant_beside_the_days_before_with_its_files(workplace, likeness):
    likeness("run")
    first = likeness("report", "--last", "7d", "--out", "whole", "--format", "csv,jsonl")
    assert first.code == 0, first.err
    assert "Beside it: whole/" in first.out
    rows = next(workplace.glob("whole/*-answers.jsonl")).read_text(encoding="utf-8").splitlines()
    assert json.loads(rows[0])
    short = likeness("report", "--last", "7d", "--out", "short", "--edition", "leadership", "--compare", "--format", "")
    assert short.code == 0, short.err
    assert [path.suffix for path in workplace.glob("short/*")] == [".html"]
    html = next(workplace.glob("short/*.html")).read_text(encoding="utf-8")
    assert "Each assistant at a glance" in html
    assert "compared with" in html


def test_what_is_not_in_the_brand_file_is_refused_with_what_is(workplace, likeness):
    for asked, told in (("--assistant", "No assistant is called 'nobody'"), ("--topic", "No topic is called 'nobody'")):
        refused = likeness("report", asked, "nobody")
        assert refused.code == 2
        assert told in " ".join(refused.err.split())
    refused = likeness("report", "--format", "docx")
    assert refused.code == 2
    assert "docx" in refused.err
    assert not list(workplace.glob("reports/*"))


def test_what_was_edited_on_the_pages_counts_in_a_report_too(workplace, likeness):
    """A report of the terminal is of the text of which the pages are, in its zone."""
    likeness("run")
    settings, environment = build.read_brand(workplace / "brand.yaml"), Environment()
    with build.open_store(environment) as store:
        house = build.build(settings, environment, store=store)
        moved = {"cron": "0 6 * * *", "timezone": "Asia/Tokyo", "samples": 2}
        editing.save(house, text.put_section(settings.source, "schedule", moved), base=settings.version, by="anna")
    assert likeness("report", "--last", "7d", "--out", "moved").code == 0
    html = next(workplace.glob("moved/*.html")).read_text(encoding="utf-8")
    assert "Asia/Tokyo" in html
    assert "Times are Asia/Tokyo." in likeness("rounds").out
