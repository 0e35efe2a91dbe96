"""Files of other tools are read with their own column names, and every bad line is named."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.domain.answers import Finish, Source, Surface, VendorCitation
from storage.captures import CaptureError, by_day, read_captures

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "answers-product-bench"


def jsonl(path, *rows: object):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_usual_names_need_no_mapping(tmp_path):
    row = {
        "id": 7,
        "text": "Corvane makes bags.",
        "question": "Who makes bags?",
        "assistant": "Deep Answers",
        "model": "deep-1",
        "asked_at": "2026-11-01T08:00:00+01:00",
        "run": "2",
        "surface": "SERP",
        "sources": [{"url": "https://a.example", "title": "A"}, "https://b.example"],
        "citations": [
            {"url": "https://a.example", "start": 0, "end": 7},
            {"url": "https://b.example", "start": 0, "end": 99},
        ],
        "lang": "en",
        "country": "SE",
        "topic": "bags",
    }
    (capture,) = read_captures(jsonl(tmp_path / "a.jsonl", row))
    assert capture.asked_at == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert (capture.assistant_id, capture.model, capture.surface, capture.run) == (
        "deep-answers",
        "deep-1",
        Surface.SERP,
        2,
    )
    assert capture.sources == (Source(url="https://a.example", title="A"), Source(url="https://b.example"))
    assert capture.citations == (
        VendorCitation(url="https://a.example", start=0, end=7),
        VendorCitation(url="https://b.example"),
    )
    assert (capture.searched, capture.external_id, capture.prompt.topic) == (True, "7", "bags")
    assert (capture.lang, capture.country, capture.finish) == ("en", "SE", Finish.COMPLETE)


def test_columns_may_have_other_names_lie_deeper_or_be_the_same_for_all(tmp_path):
    answers = jsonl(
        tmp_path / "a.jsonl",
        {"response": "Yes.", "query_id": "q1", "run": 3, "metadata": {"timestamp": "2026-11-01T06:00:00Z"}},
    )
    prompts = jsonl(tmp_path / "p.jsonl", {"query_id": "q1", "text": "Is it?", "category": "bags", "intent": "buy"})
    mapping = {
        "text": "response",
        "prompt_id": "query_id",
        "assistant": "=Deep Answers",
        "sample": "run",
        "asked_at": "metadata.timestamp",
    }
    (capture,) = read_captures(answers, mapping=mapping, prompts=prompts)
    assert (capture.prompt.id, capture.prompt.text, capture.prompt.topic, capture.prompt.intent) == (
        "q1",
        "Is it?",
        "bags",
        "buy",
    )
    assert (capture.assistant, capture.run, capture.asked_at) == (
        "Deep Answers",
        3,
        datetime(2026, 11, 1, 6, tzinfo=UTC),
    )
    assert (capture.surface, capture.searched) == (Surface.APP, None)


def test_a_csv_file_is_read_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeffquestion,answer,engine,timestamp,sources\r\n"
        '"Which, then?","Two\nlines, ""quoted""",Deep,2026-11-01,https://a.example https://b.example\r\n'
        'Which?,=1+1,Deep,1762000000,"[{""url"": ""https://c.example"", ""title"": ""C""}]"\r\n',
        encoding="utf-8",
    )
    first, second = read_captures(path)
    assert (first.text, first.prompt.text) == ('Two\nlines, "quoted"', "Which, then?")
    assert (first.day, first.asked_at) == (date(2026, 11, 1), datetime(2026, 11, 1, 12, tzinfo=UTC))
    assert [source.url for source in first.sources] == ["https://a.example", "https://b.example"]
    assert second.asked_at == datetime(2025, 11, 1, 12, 26, 40, tzinfo=UTC)
    assert second.sources[0].title == "C"


def test_a_json_file_is_one_list(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"text": "Yes.", "assistant": "Deep"}]', encoding="utf-8")
    (capture,) = read_captures(path)
    assert (capture.text, capture.prompt.id) == ("Yes.", "not-known")


def test_the_same_question_has_the_same_id(tmp_path):
    rows = [{"text": "a", "question": q, "assistant": "Deep"} for q in ("Which?", "Which?", "Who?")]
    ids = [capture.prompt.id for capture in read_captures(jsonl(tmp_path / "a.jsonl", *rows))]
    assert ids[0] == ids[1] != ids[2]


def test_a_column_that_names_the_assistant_does_not_name_its_model(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", {"text": "Yes.", "model": "Deep"})
    assert [(c.assistant, c.model) for c in read_captures(path)] == [("Deep", "")]


def test_every_bad_line_is_named_with_what_to_do(tmp_path):
    good = {"text": "Yes.", "assistant": "Deep"}
    path = jsonl(
        tmp_path / "a.jsonl",
        good,
        {"assistant": "Deep"},
        {"text": "Yes."},
        {**good, "asked_at": "last week"},
        {**good, "run": "two"},
        {**good, "surface": "moon"},
        {**good, "sources": "[broken"},
        {**good, "sources": {"url": "x"}},
        {**good, "question": {"text": "x"}},
        {**good, "asked_at": True},
        {**good, "asked_at": 1e30},
    )
    with pytest.raises(CaptureError) as refused:
        read_captures(path)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
    assert "--column text=THEIRS" in lines[0]
    assert "api, api+search, app, serp" in lines[4]


def test_times_that_cannot_be_are_named(tmp_path):
    good = {"text": "Yes.", "assistant": "Deep"}
    times = ("2030-01-01T00:00:00Z", "1970-01-01", 0, "2026-11-23T23:00:00Z", "2026-11-23 02:30")
    path = jsonl(tmp_path / "a.jsonl", *({**good, "asked_at": each} for each in times))
    with pytest.raises(CaptureError) as refused:
        read_captures(path, now=datetime(2026, 11, 23, 6, tzinfo=UTC))
    lines = str(refused.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["1", "2", "3"]
    assert lines[0].endswith("“2030-01-01T00:00:00Z” has not come yet; look at the date")
    assert lines[1].endswith("“1970-01-01” is long before there were assistants; look at the date")


def test_a_program_says_the_zone_of_a_time(tmp_path):
    """On the night the clocks are set back half past two is two moments, and UTC is neither."""
    good = {"text": "Yes.", "assistant": "Deep"}
    told = ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00", "2026-10-25", 1_792_900_000)
    path = jsonl(tmp_path / "a.jsonl", *({**good, "asked_at": each} for each in told))
    with pytest.raises(CaptureError) as refused:
        read_captures(path, mappable=False)
    (line,) = str(refused.value).splitlines()
    assert "a.jsonl:1: “2026-10-25 02:30” says no time zone; write it like 2026-11-22T06:00:00Z" in line
    assert len(read_captures(path)) == 4, "a command takes it as UTC"


def test_a_file_of_bad_lines_is_not_printed_whole(tmp_path):
    with pytest.raises(CaptureError, match="and 80 more lines like these") as refused:
        read_captures(jsonl(tmp_path / "a.jsonl", *[{"text": "Yes."}] * 100))
    assert len(str(refused.value).splitlines()) == 21


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", b'{"text": "x"', r"a\.jsonl:1: this is not JSON"),
        ("a.jsonl", b"\n[1]", r"a\.jsonl:2: an answer is an object"),
        ("a.jsonl", b"[" * 100_000, "this is not JSON"),
        ("a.jsonl", b'{"text": "\xff"}', r"^a\.jsonl is not UTF-8"),
        ("a.json", b'{"text": "x"}', "one list of answers"),
        ("a.csv", b"text,assistant\na,b,c\n", r"a\.csv:2: there are more cells than columns"),
        ("a.csv", b'text,assistant\n"a', "not CSV"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CaptureError, match=words):
        read_captures(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CaptureError, match="cannot be read: No such file"):
        read_captures(tmp_path / "none.jsonl")


def test_a_mapping_to_a_column_that_we_do_not_have_is_refused(tmp_path):
    with pytest.raises(CaptureError, match="no column colour to map; there are: id, text"):
        read_captures(jsonl(tmp_path / "a.jsonl"), mapping={"colour": "x"})


def test_a_prompt_that_the_second_file_does_not_have_is_named(tmp_path):
    answers = jsonl(tmp_path / "a.jsonl", {"text": "Yes.", "assistant": "Deep", "prompt_id": "q2"})
    prompts = jsonl(tmp_path / "p.jsonl", {"id": "q1", "text": "Is it?"})
    with pytest.raises(CaptureError, match="no prompt “q2” in the file of prompts"):
        read_captures(answers, prompts=prompts)
    with pytest.raises(CaptureError, match=r"p\.jsonl:2: a prompt needs an id of its own"):
        read_captures(answers, prompts=jsonl(tmp_path / "p.jsonl", *[{"id": "q2", "text": "Is it?"}] * 2))


def test_hostile_text_keeps_its_length(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a\\u0000b\\ud83dc", "assistant": "Deep"}\n{"text": " ", "assistant": "Deep"}\n')
    first, second = read_captures(path)
    assert first.text == "a\ufffdb\ufffdc"
    assert second.finish is Finish.EMPTY


def test_captures_are_grouped_by_their_day(tmp_path):
    rows = [
        {"text": str(n), "assistant": "Deep", "asked_at": at} for n, at in enumerate(["2026-11-02", "2026-11-01", ""])
    ]
    days = by_day(read_captures(jsonl(tmp_path / "a.jsonl", *rows)))
    assert {day: [c.text for c in some] for day, some in days.items()} == {
        None: ["2"],
        date(2026, 11, 1): ["1"],
        date(2026, 11, 2): ["0"],
    }


@pytest.mark.shared
def test_five_hundred_real_answers_come_in_with_a_mapping():
    if not SHARED.exists():
        pytest.skip("the recorded answers are not beside the checkout")
    mapping = {
        "text": "response",
        "prompt_id": "query_id",
        "assistant": "model",
        "sample": "run",
        "asked_at": "metadata.timestamp",
    }
    captures = read_captures(SHARED / "answers.jsonl", mapping=mapping, prompts=SHARED / "prompts.jsonl")
    assert len(captures) == 528
    assert {capture.assistant for capture in captures} == {"ChatGPT", "Google AI Mode"}
    assert all(capture.asked_at and capture.prompt.text and capture.prompt.topic for capture in captures)
    assert {len(some) for some in by_day(captures).values()} == {396, 132}
