"""Which recording is given."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.rounds import Miss, MissReason, Probe
from probes import assistants

REPLAY = assistants.ALL["replay"]


@pytest.fixture
def recall(tmp_path):
    path = tmp_path / "recordings.jsonl"

    def write(*rows: Any):
        lines = [row if isinstance(row, str) else json.dumps({"assistant": "a", "prompt": "p", **row}) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def give(now, *rows: Any, sample=0):
        write(*rows)
        settings = AssistantSettings(id="a", use="replay", model="m", options={"file": str(path)})
        probe = Probe(id="x", round_id="r", prompt=Prompt(id="p", text="?"), assistant=settings, sample=sample)
        found = REPLAY.recall(probe, datetime.fromisoformat(now).replace(tzinfo=UTC))
        return found if isinstance(found, Miss) else REPLAY.read(found).text

    give.path = path
    return give


def at(moment, text, **more: Any):
    return {"asked_at": moment, "text": text, **more}


TWO = (at("2026-11-02T06:00:00Z", "second"), at("2026-11-01T06:00:00Z", "first"))


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-11-01T06:00:00", "first"),
        ("2026-11-01T23:00:00", "first"),
        ("2026-11-02T05:00:00", "second"),
        ("2026-11-09T00:00:00", "second"),
    ],
    ids=["the moment", "later that day", "a little earlier the same day", "a week later"],
)
def test_the_last_recording_up_to_now_is_given_one_of_today_first(recall, now, text):
    assert recall(now, *TWO) == text


def test_what_lies_in_the_future_is_not_known(recall):
    found = recall("2026-10-31T12:00:00", *TWO)
    assert found.reason is MissReason.NOT_RECORDED
    assert "2026-10-31" in found.detail


def test_samples_are_kept_apart(recall):
    rows = (at("2026-11-01", "one"), at("2026-11-01", "two", sample=1))
    assert recall("2026-11-01T12:00:00", *rows, sample=1) == "two"
    assert recall("2026-11-01T12:00:00", *rows, sample=2).reason is MissReason.NOT_RECORDED


@pytest.mark.parametrize("moment", ["2026-11-01T07:30:00+02:00", "2026-11-01T05:30:00", "2026-11-01"])
def test_moments_are_read_with_a_zone_without_or_as_days(recall, moment):
    assert recall("2026-11-01T12:00:00", at(moment, "first")) == "first"


def test_lines_that_are_no_recording_are_left_out(recall):
    junk = ("", "{", "[]", "null", '{"assistant": "a"}', json.dumps({"assistant": "a", "prompt": "p", "asked_at": 7}))
    assert recall("2026-11-01T12:00:00", *junk, at("2026-11-01", "first")) == "first"


def test_a_file_that_grew_is_read_again(recall):
    assert recall("2026-11-03T00:00:00", TWO[1]) == "first"
    os.utime(recall.path, ns=(1, 1))
    assert recall("2026-11-03T00:00:00", *TWO) == "second"


def test_a_missing_file_is_a_miss_that_names_it(recall, tmp_path):
    recall("2026-11-01T00:00:00", *TWO)
    settings = AssistantSettings(id="a", use="replay", model="m", options={"file": str(tmp_path / "gone.jsonl")})
    probe = Probe(id="x", round_id="r", prompt=Prompt(id="p", text="?"), assistant=settings)
    missed = REPLAY.recall(replace(probe), datetime(2026, 11, 1, tzinfo=UTC))
    assert missed.reason is MissReason.NOT_RECORDED
    assert "gone.jsonl" in missed.detail
