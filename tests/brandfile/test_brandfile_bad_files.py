"""One bad file per row: the line that must be named and the words that must be said."""

import time

import pytest

from monitor.brandfile import yaml_nodes

GOOD = """\
brand: {name: Acme}
facts:
  - {id: founded, kind: year, about: founding year, value: 1987}
"""

# what the row shows -> (text put below GOOD, line, words)
ADDED = {
    "unknown section": ("promts: []\n", 4, "'promts'; did you mean prompts?"),
    "nothing close": ("zzzzzz: 1\n", 4, "write one of"),
    "secret in the file": ("assistants: [{id: a, use: openai, model: m, api_key: sk-1}]", 4, "environment only"),
    "secret among options": (
        "assistants: [{id: a, use: openai, model: m, options: {x: sk-abc}}]",
        4,
        "looks like a key",
    ),
    "secret as a variable": ("assistants: [{id: a, use: openai, model: m, key_env: sk-abc}]", 4, "OPENAI_API_KEY"),
    "a key twice": ("watch: [a]\nwatch: [b]\n", 5, "stands twice, first on line 4"),
    "zero samples": ('schedule: {cron: "0 6 * * *", samples: 0}', 4, "samples: 0 is out of range"),
    "negative samples": ('schedule: {cron: "0 6 * * *", samples: -1}', 4, "samples: -1 is out of range"),
    "a billion samples": ('schedule: {cron: "0 6 * * *", samples: 1000000000}', 4, "samples: 1,000,000,000"),
    "half a sample": ('schedule: {cron: "0 6 * * *", samples: 1.5}', 4, "1.5 is not a whole number"),
    "samples as text": ('schedule: {cron: "0 6 * * *", samples: "3"}', 4, "without quotes"),
    "bad cron": ('schedule: {cron: "0 25 * * *"}', 4, "wrong hour field"),
    "four fields": ('schedule: {cron: "0 6 * *"}', 4, "five fields"),
    "30 February": ('schedule: {cron: "0 6 30 2 *"}', 4, "never comes"),
    "zone on its own line": ("schedule:\n  cron: x\n  timezone: Y/Z\n", 6, "there is no time zone 'Y/Z'"),
    "no cron": ("schedule: {timezone: UTC}", 4, "schedule has no cron"),
    "unknown zone": ('schedule: {cron: "0 6 * * *", timezone: Europe/Stokholm}', 4, "did you mean Europe/Stockholm?"),
    "zone in a locale": ("assistants: [{id: a, use: openai, model: m, locale: {timezone: X}}]", 4, "no time zone 'X'"),
    "Norway as false": (
        "assistants: [{id: a, use: openai, model: m, locale: {country: NO}}]",
        4,
        'quote it: write "NO"',
    ),
    "catch_up": ('schedule: {cron: "0 6 * * *", catch_up: lates}', 4, "did you mean latest?"),
    "unknown assistant": ("assistants: [{id: a, use: opnai, model: m}]", 4, "did you mean openai?"),
    "no model": ("assistants: [{id: a, use: openai}]", 4, "this assistant has no model"),
    "cannot search": ("assistants: [{id: a, use: memory, model: m, search: true}]", 4, "memory cannot search"),
    "search as text": ('assistants: [{id: a, use: openai, model: m, search: "yes"}]', 4, "neither true nor false"),
    "assistant ids": (
        "assistants:\n  - {id: a, use: openai, model: m}\n  - {id: a, use: openai, model: n}\n",
        6,
        "'a' of assistants stands twice, first on line 5",
    ),
    "prompt ids": ("prompts:\n  - {id: p, text: x}\n  - {id: p, text: y}\n", 6, "first on line 5"),
    "prompt without text": ("prompts: [{id: p}]", 4, "this prompt has no text"),
    "prompt with empty text": ('prompts: [{id: p, text: " "}]', 4, "the text is empty"),
    "an endless prompt": (f"prompts: [{{id: p, text: {'x' * 10_001}}}]", 4, "10,001 characters"),
    "prompts as words": ("prompts: [What is Acme]", 4, "keys and values are wanted here"),
    "id with a space": ("prompts: [{id: a b, text: x}]", 4, "cannot be an id"),
    "id as a number": ("prompts: [{id: 12, text: x}]", 4, 'quote it: write "12"'),
    "mail address": ("alerts: {to: [brand at example.com]}", 4, "not a mail address"),
    "mail header": ('alerts: {to: ["a@example.com\\nBcc: b@example.com"]}', 4, "line break"),
    "mail to nobody": ("alerts: {from: a@example.com}", 4, "go to nobody"),
    "mail server in the file": ("alerts: {to: [a@example.com], smtp: smtp://u:p@h}", 4, "write one of env, folder"),
    "report period": ('reports: [{cron: "0 8 * * MON", period: weekly}]', 4, "did you mean week?"),
    "report format": ('reports: [{cron: "0 8 * * MON", formats: [docx]}]', 4, "write one of csv, html, pdf"),
    "report cron": ("reports: [{cron: monday}]", 4, "five fields"),
    "no budget": ("budget: {per_month: 0}", 4, "0 is no budget"),
    "negative budget": ("budget: {per_round: -3}", 4, "-3 is no budget"),
    "budget in euros": ("budget: {per_month: 5, currency: EUR}", 4, "prices are in US dollars"),
    "budget with a sign": ("budget: {per_month: 5 USD}", 4, "'5 USD' is not a number"),
    "judge": ("judge: {use: nobody, model: m}", 4, "use: 'nobody' is not known"),
    "shared alias": ("competitors: [{name: Other, aliases: [ACME]}]", 4, "'ACME' also belongs to 'Acme' on line 1"),
    "shared domain": (
        "competitors:\n  - {name: A, domains: [x.example]}\n  - {name: B, domains: [X.example]}\n",
        6,
        "'x.example' also belongs to 'A' on line 5",
    ),
    "domain with a path": (
        "competitors: [{name: A, domains: ['https://a.example/x']}]",
        4,
        "without https:// and path",
    ),
    "date": ("as_of: 30 February", 4, "as_of: '30 February' is not a date"),
    "30 February as a date": ("as_of: 2026-02-30", 4, "there is no day 2026-02-30"),
    "a list for a word": ("as_of: [2026]", 4, "a list stands where one value is wanted"),
    "a word for a section": ("budget: 50", 4, "keys and values are wanted here"),
    "an anchor": ("watch: &w [recall]", 4, "the anchor &w is not allowed"),
    "merging": ("budget: {<<: {per_month: 3}}", 4, "merging is not allowed"),
    "a tag": ("watch: !!python/object:os.system [x]", 4, "is not allowed; remove it"),
    "a list as a key": ("? [a]\n: b", 4, "a key must be one word"),
    "a second document": ("---\nbrand: {name: B}", 4, "a second document"),
    "a tab": ("budget:\n\tper_month: 3", 5, "spaces, not with tabs"),
    "an open bracket": ("watch: [recall\n", 5, "']' of what begins on line 4; close the bracket"),
    "a colon in text": ("prompts:\n  - text: Which: one: two\n", 5, "in quotes"),
    "a percent sign": ("watch: [%]", 4, "put the value in quotes"),
    "NUL": ("watch: [a\x00b]", 4, "'\\x00' cannot be kept"),
    "a lone surrogate": ("watch: [a\ud800b]", 4, "cannot be kept"),
    "text turned around": ('watch: ["a\\u202eb"]', 4, "control character"),
}


@pytest.mark.parametrize("row", ADDED)
def test_a_bad_addition_is_told_with_its_line(row, mistakes):
    added, line, words = ADDED[row]
    told = mistakes(GOOD + added)
    assert any(one.startswith(f"brand.yaml:{line}: ") and words in one for one in told), told
    assert all("; " in one for one in told), "every mistake has a remedy"


# what the row shows -> (one fact's further keys, words); the fact stands on line 3
FACTS = {
    "no kind": ("value: 3", "this fact has no kind"),
    "unknown kind": ("kind: yeer, value: 3", "did you mean year?"),
    "no value": ("kind: year", "this fact has no value"),
    "empty value": ("kind: text, value: ", "this fact has no value"),
    "tilde": ("kind: text, value: ~", "this fact has no value"),
    "NO for a text": ("kind: text, value: NO", "YAML reads 'NO' as false; quote it"),
    "a version": ("kind: text, value: 1.10", 'as the number 1.1; quote it: write "1.10"'),
    "a time of day": ("kind: text, value: 12:30", "a number to the base 60"),
    "a longer time": ("kind: text, value: 12:30:00", "a number to the base 60"),
    "a time for a number": ("kind: number, value: 12:30", "base 60"),
    "a number in quotes": ('kind: year, value: "1987"', "without quotes"),
    "thousands": ("kind: number, value: 1.000.000", "digits only"),
    "an amount with its sign": ("kind: money, value: 9.90 €, unit: EUR", "a currency or unit under unit"),
    "an octal": ("kind: number, value: 0644", "an octal number"),
    "5,000 digits": (f"kind: number, value: {'9' * 5000}", "has 5,000 characters"),
    "5,000 digits for a text": (f"kind: text, value: {'9' * 5000}", "put it in quotes"),
    "not a number": ("kind: number, value: .nan", "'.nan' is not a number"),
    "JSON's not a number": ("kind: number, value: NaN", "'NaN' is not a number"),
    "endless": ("kind: number, value: -.inf", "'-.inf' is not a number"),
    "too large": ("kind: number, value: 1e999", "1e999 is too large"),
    "a flag": ("kind: flag, value: maybe", "neither true nor false"),
    "an impossible date": ("kind: date, value: 2026-02-30", "there is no day 2026-02-30"),
    "a date in words": ("kind: date, value: 3 May 2026", "write it as 2017-09-01"),
    "an empty set": ("kind: set, value: []", "the list is empty"),
    "a set of sections": ("kind: set, value: [{a: b}]", "a section stands where one value"),
    "its kind says no": ("kind: year, value: 123456", "x: A year has one to four digits; correct it"),
    "no currency": ("kind: money, value: 3", "x: Money needs a currency"),
    "unit mismatch": ("kind: percent, value: 3, unit: EUR", "no other unit than %"),
    "former is present": ("kind: year, value: 3, before: [{value: 3}]", "a former value is the present one"),
    "former without value": ("kind: year, value: 3, before: [{until: 2016}]", "this former value has no value"),
    "former with a bad date": ("kind: year, value: 3, before: [{value: 4, until: 2016-13}]", "no day 2016-13"),
    "former unknown key": ("kind: year, value: 3, before: [{value: 4, till: 2016}]", "did you mean until?"),
    "ends before it begins": ("kind: year, value: 3, from: 2020, until: 2019", "it ends before it begins"),
    "severity": ("kind: year, value: 3, severity: Critical", "did you mean critical?"),
    "tolerance in percent": ("kind: number, value: 3, tolerance: 5", "such as 0.05 for 5 %"),
    "tolerance as text": ("kind: number, value: 3, tolerance: 5 %", "'5 %' is not a number"),
    "negative tolerance": ("kind: number, value: 3, tolerance: -0.1", "out of range"),
    "source": ("kind: year, value: 3, source: example.com", "not a web address"),
    "source with a password": ("kind: year, value: 3, source: 'https://u:p@example.com'", "user name or password"),
    "a script as source": ("kind: year, value: 3, source: 'javascript:alert(1)'", "not a web address"),
    "applies to Norway": ("kind: year, value: 3, applies_to: {region: NO}", 'quote it: write "NO"'),
    "unknown key": ("kind: year, value: 3, confidental: true", "did you mean confidential?"),
}


@pytest.mark.parametrize("row", FACTS)
def test_a_bad_fact_is_told_with_its_line(row, mistakes):
    keys, words = FACTS[row]
    told = mistakes(f"brand: {{name: Acme}}\nfacts:\n  - {{id: x, about: something, {keys}}}\n")
    assert any(one.startswith("brand.yaml:3: ") and words in one for one in told), told


WHOLE = {
    "an empty file": ("", "brand.yaml: this is no brand file; `likeness init` writes one"),
    "only a comment": ("# nothing\n", "brand.yaml: this is no brand file"),
    "a list": ("- a\n- b\n", "brand.yaml: this is no brand file"),
    "a word": ("brand", "brand.yaml: this is no brand file"),
    "no brand": ("facts: [{id: a, kind: year, about: b, value: 3}]", "brand.yaml:1: the file has no brand"),
    "a brand without a name": ("brand: {}\nfacts: []", "brand.yaml:1: brand has no name"),
    "a name over two lines": ('brand: {name: "a\\r\\nBcc: b"}\nfacts: []', "brand.yaml:1: name: 'a\\r\\nBcc: b' holds"),
    "a name that is a number": ("brand: {name: 1984}\nfacts: []", "as the number 1984; quote it"),
    "its own look-alike": ("brand: {name: Acme, not: [ACME]}", "not: 'ACME' is the brand's own name"),
    "no sheet": ("brand: {name: Acme}", "brand.yaml:1: the sheet has no facts"),
    "an empty sheet": ("brand: {name: Acme}\nfacts: []", "brand.yaml:2: the sheet has no facts"),
    "a bomb of aliases": ("a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]", "the alias *c is not allowed"),
    "deep brackets": ("[" * 100_000, "nested more than 20 levels deep"),
    "deep JSON": ('{"a":' * 100_000, "nested more than 20 levels deep"),
    "deep dashes": ("- " * 100_000, "nested more than 20 levels deep"),
    "a megabyte": ("#" * 1_000_001, "brand.yaml: the file has more than 1,000,000 characters"),
    "a hundred thousand values": ("[" + "a," * 100_001 + "]", "more than 100,000 values"),
    "a lone surrogate in JSON": ('{"brand": {"name": "\\ud800"}}', "not YAML"),
}


@pytest.mark.parametrize("row", WHOLE)
def test_a_bad_file_is_told(row, mistakes):
    source, words = WHOLE[row]
    begun = time.perf_counter()
    told = mistakes(source)
    assert any(words in one for one in told), told
    assert time.perf_counter() - begun < 5


def test_two_facts_with_one_id_name_both_lines(mistakes):
    rows = "\n".join(f"  - {{id: a, kind: year, about: about {line}, value: 3}}" for line in (3, 4, 5))
    told = mistakes(f"brand: {{name: Acme}}\nfacts:\n{rows}")
    assert told == [
        "brand.yaml:4: the id 'a' of facts stands twice, first on line 3; rename one",
        "brand.yaml:5: the id 'a' of facts stands twice, first on line 3; rename one",
    ]


CONTRADICTIONS = {
    "another value": ("value: 4", True),
    "the same value": ("value: 3", False),
    "another plan": ("value: 4, applies_to: {plan: Pro}", False),
    "a time before": ("value: 4, until: 2019", False),
    "an overlapping time": ("value: 4, until: 2020", True),
    "another kind": ("value: 3, kind: number", True),
}


@pytest.mark.parametrize("row", CONTRADICTIONS)
def test_facts_must_not_contradict_each_other(row, read, mistakes):
    keys, wrong = CONTRADICTIONS[row]
    kind = "" if "kind" in keys else "kind: year, "
    source = (
        "brand: {name: Acme}\nfacts:\n"
        "  - {id: a, kind: year, about: Founding  Year, value: 3, from: 2020}\n"
        f"  - {{id: b, {kind}about: founding year, {keys}}}\n"
    )
    if wrong:
        (told,) = mistakes(source)
        assert told.startswith("brand.yaml:4: b: 'founding year' is also told by 'a' on line 3, with another value; ")
    else:
        assert len(read(source).warnings) == (row == "the same value")


def test_all_mistakes_come_in_one_message_in_the_order_of_the_file(mistakes):
    told = mistakes(
        "brand: {name: 1.10, alises: []}\nfacts:\n  - {id: a b, kind: yeer, value: NO}\n"
        "schedule: {cron: x, samples: 0}\nalerts: {to: [nobody]}\n"
    )
    lines = [int(one.split(":")[1]) for one in told]
    assert lines == sorted(lines)
    assert {1, 3, 4, 5} == set(lines)
    assert len(told) >= 8


def test_a_hopeless_file_is_not_told_without_end(mistakes):
    told = mistakes("brand: {name: Acme}\nfacts:\n" + "".join(f"  - {{id: f{n}}}\n" for n in range(2000)))
    assert len(told) == 501
    assert "further ones are not shown" in told[-1]


def test_one_wrong_value_is_told_once(mistakes):
    source = "brand: {name: Acme}\nfacts:\n  - {id: a, kind: year, about: x, value: soon, before: [{value: 3}]}\n"
    assert len(mistakes(source)) == 1


PURE = {
    "a question mark": ("prompts: [{id: p, text: Who is it?}]", "put text with a question mark in quotes"),
    "half a character": ('watch: ["\\ud800"]', "half of a character stands here"),
    "an open bracket": ("watch: [recall\n", "close the bracket"),
    "a tab": ("budget:\n\tper_month: 3", "spaces, not with tabs"),
}


@pytest.mark.parametrize("row", PURE)
def test_where_pyyaml_came_without_libyaml_the_remedy_is_told_as_well(row, mistakes, monkeypatch):
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml_nodes.yaml.SafeLoader)
    added, words = PURE[row]
    assert words in mistakes(GOOD + added)[-1]
