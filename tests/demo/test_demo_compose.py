import datetime as dt
import statistics
from collections import Counter

from monitor.demo import compose, plot

REAL = "Breville Sage Gaggia DeLonghi De'Longhi Rancilio Jura Nespresso Lelit Rocket Krups Philips Amazon Reddit"


def complete(recordings):
    return [row for row in recordings if row["finish"] == "complete"]


def test_the_committed_recordings_are_what_the_composer_writes(tmp_path):
    compose.write(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == compose.RECORDINGS.read_bytes()


def test_eighteen_rounds_of_eight_prompts_to_four_assistants(recordings):
    assert len(recordings) == 18 * 8 * 4
    assert len({(row["assistant"], row["prompt"], row["asked_at"]) for row in recordings}) == len(recordings)


def test_each_assistant_answers_each_prompt_three_times_a_week(recordings):
    weeks = Counter(
        (row["assistant"], row["prompt"], dt.datetime.fromisoformat(row["asked_at"]).isocalendar().week)
        for row in recordings
    )
    assert len(weeks) == 4 * 8 * 6
    assert set(weeks.values()) == {3}


def test_the_file_stays_small():
    assert compose.RECORDINGS.stat().st_size < 1_000_000


def test_every_row_has_the_same_fields(recordings):
    fields = {"assistant", "prompt", "sample", "asked_at", "model", "searched", "queries", "finish", "text"}
    assert all(set(row) - {"refusal"} == fields | {"citations", "sources"} for row in recordings)


def test_answers_have_the_length_of_answers(recordings):
    words = [len(row["text"].split()) for row in complete(recordings)]
    assert 90 <= statistics.median(words) <= 130
    assert sum(count < 60 for count in words) < 20
    assert max(words) <= 220


def test_no_two_answers_are_the_same(recordings):
    texts = [row["text"] for row in complete(recordings)]
    assert len(set(texts)) >= len(texts) - 1  # two refusals may say the same


def test_what_is_cited_stands_where_it_is_said_to_stand(recordings):
    for row in recordings:
        for citation in row["citations"]:
            if citation["start"] is not None:
                assert 0 <= citation["start"] < citation["end"] <= len(row["text"])
                assert row["text"][citation["start"] : citation["end"]].strip()


def test_openai_links_carry_the_tracking_parameter_and_lie_in_the_span(recordings):
    cited = [(row["text"], each) for row in recordings if row["assistant"] == "gpt-search" for each in row["citations"]]
    assert len(cited) > 100
    assert all("utm_source=chatgpt.com" in each["url"] for _, each in cited)
    assert all(each["url"] in text[each["start"] : each["end"]] for text, each in cited)


def test_numbers_in_an_answer_point_into_its_sources(recordings):
    rows = [row for row in recordings if row["assistant"] == "sonar" and row["citations"]]
    assert len(rows) > 60
    for row in rows:
        for citation in row["citations"]:
            number = [source["url"] for source in row["sources"]].index(citation["url"]) + 1
            assert f"[{number}]" in row["text"]


def test_an_assistant_without_search_cites_nothing(recordings):
    rows = [row for row in recordings if row["assistant"] == "claude-memory"]
    assert not any(row["citations"] or row["sources"] or row["searched"] for row in rows)


def test_pages_of_the_brand_of_competitors_and_of_others_are_cited(recordings):
    hosts = Counter(each["url"].split("/")[2] for row in recordings for each in row["citations"])
    assert hosts["ostrello.example"] > 50
    assert hosts["tavarizza.example"] > 5
    assert hosts["crematest.example"] > 30
    assert all(host.endswith(".example") for host in hosts)


def test_no_real_maker_or_shop_is_named(recordings):
    text = " ".join(row["text"] for row in recordings)
    assert [name for name in REAL.split() if f" {name} " in text] == []


def test_what_went_wrong_is_as_the_plot_has_it(recordings):
    finishes = Counter(row["finish"] for row in recordings)
    assert finishes == {"complete": 564, "empty": 9, "refused": 1, "filtered": 1, "truncated": 1}


def test_a_day_on_which_one_assistant_was_silent(recordings):
    silent = [row for row in recordings if row["finish"] == "empty" and row["asked_at"].startswith("2026-10-24")]
    assert {row["assistant"] for row in silent} == {"gemini-search"}
    assert len(silent) == len(plot.PROMPTS)
