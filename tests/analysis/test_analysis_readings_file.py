import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.readings_file import (
    ReadingsFileError,
    read_answers,
    read_readings,
    reading,
    row,
    write_readings,
)
from monitor.domain import days
from monitor.domain.readings import (
    Citation,
    Claim,
    Comparison,
    Evidence,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Span,
    Stance,
    StanceLabel,
    Verdict,
)

SPAN = st.tuples(st.integers(0, 500), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))
NAME = st.sampled_from(["Brightloom", "Oakhaven", "O'Brim & <b>", "灯織"])
SPANS = SPAN.map(lambda pair: Span(start=pair[0], end=pair[1]))
READING = st.builds(
    Reading,
    answer_id=st.text(min_size=1, max_size=8),
    outcome=st.sampled_from(Outcome),
    mentions=st.lists(st.builds(lambda p, e: Mention(start=p[0], end=p[1], entity=e), SPAN, NAME)).map(tuple),
    citations=st.lists(
        st.builds(
            Citation,
            url=st.just("https://example.org/a"),
            domain=st.just("example.org"),
            owner=st.sampled_from(Owner),
            start=st.none() | st.just(3),
            end=st.none() | st.just(9),
            supports=st.none() | SPANS,
        )
    ).map(tuple),
    ranks=st.dictionaries(NAME, st.integers(1, 9)),
    recommended=st.lists(NAME, unique=True).map(tuple),
    first_choice=NAME | st.just(""),
    advised_against=st.lists(NAME, unique=True).map(tuple),
    comparisons=st.just((Comparison(start=0, end=5, better="a", worse="b", on="price"),)),
    stance=st.dictionaries(NAME, st.builds(Stance, label=st.sampled_from(StanceLabel), score=st.floats(-1, 1))),
    claims=st.just(
        (
            Claim(
                start=1,
                end=5,
                fact="f",
                verdict=Verdict.OUTDATED,
                value="9",
                hedged=True,
                why="w",
                marks=(Span(start=2, end=3),),
            ),
        )
    ),
    new_statements=st.just((NewStatement(start=1, end=4, topic="recall", gist="g"),)),
    evidence=st.builds(
        Evidence,
        outcome=st.lists(SPANS).map(tuple),
        ranks=st.dictionaries(NAME, SPANS),
        recommended=st.dictionaries(NAME, SPANS),
        stance=st.dictionaries(NAME, st.lists(SPANS).map(tuple)),
    ),
    analyzer=st.just("likeness-1"),
    sheet=st.just("abc"),
)


@settings(deadline=None)
@given(READING)
def test_a_reading_survives_its_row(found):
    assert reading(json.loads(json.dumps(row(found)))) == found


def test_a_file_of_readings_is_read_back(tmp_path):
    found = [Reading(answer_id=str(i), outcome=Outcome.ANSWER) for i in range(3)]
    write_readings(tmp_path / "r.jsonl", found)
    assert read_readings(tmp_path / "r.jsonl") == found


def test_answers_are_read_with_what_is_known(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '\ufeff{"id": 7, "text": "Hello", "asked_at": "2026-11-01T06:00:00Z", "sources": [{"url": "https://a.example"}],'
        ' "citations": [{"url": "https://b.example", "start": 0, "end": 5}, {"url": "https://c.example"}]}\n\n'
        '{"id": "x", "text": "", "question": null, "asked_at": "2026-11-01"}\n',
        encoding="utf-8",
    )
    first, second = read_answers(path)
    assert (first.id, first.text, first.asked_at) == ("7", "Hello", datetime(2026, 11, 1, 6, tzinfo=UTC))
    assert [(c.url, c.start, c.end) for c in first.citations] == [
        ("https://b.example", 0, 5),
        ("https://c.example", None, None),
    ]
    assert second.asked_at == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Vienna", "America/Los_Angeles", "Pacific/Auckland"])
def test_answers_are_read_on_the_day_of_the_brand(tmp_path, zone):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": "a", "text": "b", "asked_at": "2026-11-01"}\n'
        '{"id": "b", "text": "b", "asked_at": "2026-10-31T23:30:00Z"}\n',
        encoding="utf-8",
    )
    alone, late = read_answers(path, zone)
    assert alone.asked_at.date() == date(2026, 11, 1)
    assert late.asked_at == datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert late.asked_at.date() == days.day(late.asked_at, zone)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[1]", "a list, not an object"),
        ('{"text": "a"}', "no 'id'"),
        ('{"id": "a"}', "no 'text'"),
        ('{"id": "a", "text": 5}', "text is 5, not text"),
        ('{"id": "a", "text": "b", "sources": [1]}', "sources is not a list of objects"),
        ('{"id": "a", "text": "b", "citations": [{"url": "c", "start": "0"}]}', "start is '0', not a whole number"),
        ('{"id": "a", "text": "b", "asked_at": "yesterday"}', "write it as 2026"),
        ('{"id": "a", "text": "b", "x": NaN}', "NaN is no number"),
        ('{"id": "a", "text": "b", "x": ' + "[" * 100_000 + "}", "nested too deeply"),
        ('{"id": "a", "text": "b", "x": ' + "9" * 5_000 + "}", ":1:"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, complaint):
    path = tmp_path / "answers.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ReadingsFileError) as raised:
        read_answers(path)
    assert str(raised.value).startswith("answers.jsonl:1: ")
    assert complaint in str(raised.value)


def test_all_bad_lines_come_at_once_and_not_without_end(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text('{"id": 1, "text": "good"}\n' + "{\n" * 50, encoding="utf-8")
    with pytest.raises(ReadingsFileError) as raised:
        read_answers(path)
    lines = str(raised.value).splitlines()
    assert lines[0].startswith("answers.jsonl:2:")
    assert len(lines) == 21
    assert "30 more" in lines[-1]


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_bytes(b"\xff\xfe\x00a\n")
    with pytest.raises(ReadingsFileError, match="not UTF-8"):
        read_answers(path)
    with pytest.raises(ReadingsFileError, match="cannot be read"):
        read_answers(tmp_path / "absent.jsonl")
