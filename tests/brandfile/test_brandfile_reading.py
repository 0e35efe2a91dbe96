import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from monitor import brandfile
from monitor.brandfile import BrandFileError
from monitor.domain.brand import CatchUp, FormerValue, Severity, Surface

WHOLE = """\
brand:
  name: Acme
  aliases: [Acme, Acme Inc., アクメ]
  not: [acme of art]
  domains: [WWW.Acme.Example, acme.example]
  site: https://likeness.example.com
competitors:
  - {name: Bolt & Co, aliases: [Bolt], domains: [bolt.example]}
  - name: C++
as_of: 2026-11-01
facts:
  - id: founded
    kind: year
    about: founding year
    value: 1943
    says: Acme was founded in 1943.
    before: [{value: 1942, until: 2016}, {value: 1941, until: "2015-02"}, {value: 1940, until: 2014-05-03}, {value: 1}]
    severity: critical
    source: https://acme.example/about
    cues: [set up, "no"]
    approved_by: legal
    confidential: yes
  - {id: price, kind: money, about: price, value: 9.90, unit: EUR, tolerance: 0.05, applies_to: {plan: Pro}}
  - {id: opened, kind: date, about: opening, value: 1958-10, from: 2026-05, until: 2027}
  - {id: staff, kind: number, about: staff, value: 216_000, unit: people, tolerance: 0}
  - {id: share, kind: percent, about: share, value: 97.8}
  - {id: boss, kind: person, about: chief, value: "No"}
  - {id: seat, kind: place, about: seat, value: "Delft, Netherlands"}
  - {id: parts, kind: set, about: parts, value: [a, b, a], before: [{value: the family}]}
  - {id: listed, kind: flag, about: listed, value: no, before: [{value: true, until: 2022}]}
  - {id: goal, kind: text, about: goal, value: net zero by 2040}
watch: [recall, lawsuit]
prompts:
  - {id: who, text: What is ACME and how does it differ from bolt?, topic: facts, intent: informational}
  - {id: best, text: Which shops are best?}
  - {id: art, text: What is the acme of art?, leading: true}
  - {id: like, text: Is C++ better than boltzmann?}
assistants:
  - {id: gpt, use: openai, model: gpt-5, search: true, locale: {country: se, language: en-GB, city: Lund}}
  - {id: own, use: elsewhere, model: m, base_url: "http://127.0.0.1:1/v1", key_env: MY_KEY, options: {top: 3, on: NO}}
schedule: {cron: "0 6 * * *", timezone: Europe/Stockholm, samples: 3, catch_up: all}
budget: {per_month: 50.10, per_round: 2}
alerts: {to: [a@example.com, b@example.com], from: likeness@example.com, smtp: folder}
reports: [{cron: "0 8 * * MON", period: month, to: c@example.com, formats: [html, pdf]}]
judge: {use: openai, model: gpt-5-mini}
"""


def test_a_whole_file_becomes_settings(read):
    got = read(WHOLE).settings
    assert got.brand == "Acme"
    assert got.sheet.brand.aliases == ("Acme Inc.", "アクメ")
    assert got.sheet.brand.domains == ("acme.example",)
    assert got.site == "https://likeness.example.com"
    assert [rival.name for rival in got.sheet.competitors] == ["Bolt & Co", "C++"]
    assert got.sheet.as_of == date(2026, 11, 1)
    assert got.sheet.watch == ("recall", "lawsuit")
    assert got.schedule is not None
    assert (got.schedule.samples, got.schedule.catch_up) == (3, CatchUp.ALL)
    assert (got.budget.per_month, got.budget.per_round) == (Decimal("50.10"), Decimal(2))
    assert got.alerts is not None
    assert got.alerts.to == ("a@example.com", "b@example.com")
    assert (got.reports[0].to, got.reports[0].formats) == (("c@example.com",), ("html", "pdf"))
    assert got.judge is not None
    assert got.source == WHOLE
    assert got.version == brandfile.version(WHOLE)


def test_facts_keep_the_type_of_their_kind(read):
    facts = {fact.id: fact for fact in read(WHOLE).settings.sheet.facts}
    assert {name: fact.value for name, fact in facts.items()} == {
        "founded": 1943,
        "price": 9.9,
        "opened": "1958-10",
        "staff": 216000,
        "share": 97.8,
        "boss": "No",
        "seat": "Delft, Netherlands",
        "parts": ("a", "b"),
        "listed": False,
        "goal": "net zero by 2040",
    }
    assert facts["listed"].value is False
    assert facts["founded"].severity is Severity.CRITICAL
    assert facts["founded"].cues == ("set up", "no")
    assert facts["founded"].confidential is True
    assert facts["price"].applies_to == {"plan": "Pro"}
    assert facts["staff"].tolerance == 0
    assert facts["share"].tolerance is None
    assert (facts["opened"].since, facts["opened"].until) == (date(2026, 5, 1), date(2027, 12, 31))


def test_a_former_value_ends_on_the_last_day_of_what_is_written(read):
    facts = {fact.id: fact for fact in read(WHOLE).settings.sheet.facts}
    assert facts["founded"].before == (
        FormerValue(value=1942, until=date(2016, 12, 31)),
        FormerValue(value=1941, until=date(2015, 2, 28)),
        FormerValue(value=1940, until=date(2014, 5, 3)),
        FormerValue(value=1),
    )
    assert facts["parts"].before == (FormerValue(value=("the family",)),)


def test_prompts_know_whom_they_name(read):
    names = {prompt.id: prompt.names for prompt in read(WHOLE).settings.prompts}
    assert names == {"who": {"Acme", "Bolt & Co"}, "best": set(), "art": set(), "like": {"C++"}}


def test_assistants_keep_their_surface_and_options(read):
    gpt, own = read(WHOLE).settings.assistants
    assert gpt.surface is Surface.API_SEARCH
    assert (gpt.locale.country, gpt.locale.language, gpt.locale.city) == ("SE", "en", "Lund")
    assert (own.base_url, own.key_env) == ("http://127.0.0.1:1/v1", "MY_KEY")
    assert own.options == {"top": "3", "on": "NO"}


def test_brand_and_facts_are_enough(read):
    got = read("brand: {name: Acme}\nfacts: [{id: a, kind: year, about: b, value: 3}]\nprompts:\nas_of: null\n")
    assert got.warnings == ()
    assert got.settings.prompts == ()
    assert got.settings.schedule is None
    brandfile.require(got.settings)
    with pytest.raises(BrandFileError, match=r"has no prompts; add prompts: - \{id: .*\n.*has no schedule; add"):
        brandfile.require(got.settings, "prompts", "schedule")


def test_what_is_required_and_there_passes(read):
    sections = ("competitors", "prompts", "assistants", "schedule", "alerts", "reports", "judge", "budget")
    brandfile.require(read(WHOLE).settings, *sections)


def test_json_is_yaml_with_tabs_and_escaped_pairs(read):
    sheet = {
        "brand": {"name": "Acme 🙂", "aliases": ["a\\ud83d", "\t"[:0] + "b"]},
        "as_of": None,
        "facts": [{"id": "a", "kind": "year", "about": "b", "value": 3, "unit": None, "before": []}],
    }
    for indent in (None, 1, "\t"):
        for ascii_only in (True, False):
            got = read(json.dumps(sheet, indent=indent, ensure_ascii=ascii_only)).settings
            assert got.brand == "Acme 🙂"
            assert got.sheet.brand.aliases == ("a\\ud83d", "b")


def test_what_is_allowed_but_odd_is_a_warning(read):
    source = (
        "brand: {name: Acme}\nfacts:\n"
        "  - {id: a, kind: number, about: b, value: 100, tolerance: 0.1, before: [{value: 95}], until: 2020}\n"
        "prompts:\n  - {id: p, text: Who is it?}\n  - {id: q, text: who  is it?}\n"
        "assistants: [{id: r, use: elsewhere, model: m}]\n"
    )
    indistinct = (
        "the former value '95' cannot be told from the present one; narrow the tolerance, or remove it from before"
    )
    assert read(source, date(2026, 1, 1)).warnings == (
        f"brand.yaml:3: a: {indistinct}",
        "brand.yaml:3: a: the value expired on 2020-12-31; write the new value and move this one to before",
        "brand.yaml:6: this prompt was asked on line 5 already; remove one, or raise samples",
        "brand.yaml:7: r cannot be asked: It has no base_url; the other assistants are asked",
    )
    assert len(read(source, date(2020, 12, 31)).warnings) == 3
    assert len(read(source).warnings) == 3


def test_a_file_is_read_from_disk_with_or_without_a_mark_of_its_order(tmp_path, known):
    path = tmp_path / "brand.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert brandfile.read(path, **known).brand == "Acme"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"brand: {name: A}\nfacts: \xff", ":2: this is not UTF-8 text; save the file as UTF-8"),
        ("brand: {name: A}".encode("utf-16"), ":1: this is not UTF-8 text"),
        (b"#" * 4_000_001, ": the file has more than 4,000,000 bytes"),
        (b"", ": this is no brand file"),
    ],
)
def test_a_file_that_is_no_text_is_refused(raw, words, tmp_path, known):
    path = tmp_path / "brand.yaml"
    path.write_bytes(raw)
    with pytest.raises(BrandFileError) as caught:
        brandfile.read(path, **known)
    assert str(caught.value).startswith(f"{path}{words}")


def test_a_file_that_is_not_there_is_told(tmp_path, known):
    for path, words in ((tmp_path / "no.yaml", "`likeness init` writes one"), (tmp_path, "cannot be read")):
        with pytest.raises(BrandFileError, match=words):
            brandfile.read(path, **known)
    with pytest.raises(BrandFileError, match="cannot be read"):
        brandfile.read(Path("a\0b"), **known)


def test_no_calls_a_minute_are_no_limit(read):
    asking = "asking: {requests_per_minute: 0, tokens_per_minute: 0}\n"
    stated = read(f"brand: {{name: A}}\nfacts: [{{id: a, kind: year, about: b, value: 1}}]\n{asking}").settings.asking
    assert (stated.requests_per_minute, stated.tokens_per_minute) == (0, 0)
