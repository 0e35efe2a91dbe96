import re
from datetime import date

import pytest
import yaml

from monitor import brandfile, calendar
from monitor.analysis import kinds
from probes import assistants

NAMES = [
    "Acme",
    "C++",
    "Yahoo!",
    "O'Neil & <b>",
    "AT&amp;T",
    'a"b\\1 \\g<0> {{x}}',
    "NO",
    "1.10",
    "宜家",
    "🙂" * 300,
    "#",
]


def read_as_the_program_does(source):
    return brandfile.parse_with_warnings(
        source,
        "brand.yaml",
        kinds=kinds.ALL,
        assistants=assistants.ALL,
        check_cron=calendar.check_cron,
        today=date(2026, 11, 22),
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_starter_reads_as_it_stands_whatever_the_brand_is_called(name):
    got = read_as_the_program_does(brandfile.starter(name))
    assert got.warnings == ()
    assert got.settings.brand == name[:200]
    named = [prompt.id for prompt in got.settings.prompts if prompt.names]
    assert named == ["who", "prices", "trust"]


@pytest.mark.parametrize(("name", "kept"), [("a\r\nBcc: b", "a Bcc: b"), ("", "Your brand"), ("\ud800\u202ex", "x")])
def test_what_no_name_may_hold_does_not_get_into_the_file(name, kept):
    assert read_as_the_program_does(brandfile.starter(name)).settings.brand == kept


def test_the_starter_shows_every_kind_of_fact_and_every_section():
    settings = read_as_the_program_does(brandfile.starter("Acme")).settings
    assert {fact.kind for fact in settings.sheet.facts} == set(kinds.ALL)
    brandfile.require(settings, "competitors", "prompts", "assistants", "schedule", "budget", "alerts", "reports")
    assert len(settings.assistants) == 2
    assert "recall" in settings.sheet.watch
    assert [fact.id for fact in settings.sheet.facts if kinds.ALL[fact.kind].advice(fact)] == []


def test_the_starter_holds_nothing_that_is_written_as_if_it_were_the_brand():
    assert "ACME" not in brandfile.starter("Zorblax")
    assert brandfile.starter("Zorblax").count("Zorblax") > 10


def test_what_is_commented_out_in_the_starter_is_valid_too():
    source = brandfile.starter("Acme")
    enabled = re.sub(r"^( *)# (site:|confidential:|judge:)", r"\1\2", source, flags=re.MULTILINE)
    settings = read_as_the_program_does(enabled).settings
    assert settings.site
    assert settings.judge is not None
    assert settings.sheet.facts[-1].confidential


def test_a_usual_loader_reads_the_starter_too():
    assert yaml.safe_load(brandfile.starter("Acme"))["brand"]["name"] == "Acme"
