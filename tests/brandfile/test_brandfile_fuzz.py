"""Whatever stands in a file, it is read or refused with a message; nothing else comes out, and it comes soon."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import brandfile
from monitor.brandfile import BrandFileError, yaml_nodes

GOOD = brandfile.starter("Acme")
LINES = [line for line in GOOD.splitlines() if line] + [
    "- a",
    "a: &a [*a]",
    "? b",
    "brand: {name: 1.10}",
    "{",
    "]",
    '"',
    "facts:",
    "  - id: x",
    "    value: 9e999",
    "    value: .nan",
    "\t",
    "---",
    "%YAML 1.1",
    "!!binary x",
    "|",
    ">",
]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request, monkeypatch):
    """Both of PyYAML's scanners: libyaml's, and the one in Python for builds without it."""
    monkeypatch.setattr(yaml_nodes, "_LOADER", getattr(yaml_nodes.yaml, request.param))


def _read_or_refused(source, known):
    """Fails where anything but BrandFileError comes out, or a line of its message has no place or no remedy."""
    told = _told(lambda: brandfile.parse(source, "brand.yaml", **known))
    assert [one for one in told if not (one.startswith("brand.yaml") and "; " in one)] == []


def _told(reads):
    try:
        got = reads()
    except BrandFileError as error:
        return str(error).splitlines()
    assert got.brand
    assert got.sheet.facts
    return []


FUZZ = settings(max_examples=100, deadline=5_000, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.usefixtures("loader")
@FUZZ
@given(st.text(st.characters(codec=None)))
def test_any_text_is_read_or_refused(known, source):
    _read_or_refused(source, known)


@pytest.mark.usefixtures("loader")
@FUZZ
@given(st.lists(st.sampled_from(LINES) | st.text(st.sampled_from("{}[]:,-&*!|>'\"%@`#? \t\nab01.~\\")), max_size=12))
def test_any_mixture_of_lines_is_read_or_refused(known, lines):
    _read_or_refused("\n".join(lines), known)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["openai", "year", "UTC"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["id", "value", "cron"]), inner)
    ),
    max_leaves=12,
)
KEYS = ["brand", "competitors", "facts", "watch", "prompts", "assistants", "schedule", "budget", "alerts", "reports"]


@pytest.mark.usefixtures("loader")
@FUZZ
@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*KEYS, "judge", "as_of"], VALUES)))
def test_any_json_is_read_or_refused(known, tree):
    _read_or_refused(json.dumps(tree), known)


@FUZZ
@given(st.binary())
def test_any_bytes_are_read_or_refused(tmp_path, known, raw):
    path = tmp_path / "brand.yaml"
    path.write_bytes(raw)
    assert [one for one in _told(lambda: brandfile.read(path, **known)) if not one.startswith(str(path))] == []


@FUZZ
@given(st.lists(st.sampled_from(range(len(GOOD))), max_size=6), st.sampled_from("\t\n:{}[]&*'\"-, x0"))
def test_a_good_file_with_a_few_characters_changed_is_read_or_refused(known, places, character):
    changed = list(GOOD)
    for place in places:
        changed[place] = character
    _read_or_refused("".join(changed), known)
