"""With `mask: true` nothing personal leaves in exports, mails, reports, on pages or by the API; the store keeps it."""

import json
import sqlite3

import pytest
from starlette.testclient import TestClient

from monitor.service import build
from monitor.service.desk import Desk, brand_key
from monitor.service.environment import Environment
from monitor.web.app import create

PERSON, CARD, DESK = "ann.lee@mail.example", "4111 1111 1111 1111", "press@veloria.example"
SAID = f"Write to {PERSON} ({CARD}) or {DESK}: Veloria was founded in 1987, says {PERSON} herself."


@pytest.fixture
def masked(workplace, likeness):
    """Two rounds in which everybody repeats somebody's address beside a wrong year."""
    path, file = workplace / "brand.yaml", workplace / "answers.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + f"mask: {{except: [{DESK}]}}\n", encoding="utf-8")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    said = [row | {"text": SAID} if row["prompt"] == "who" else row for row in rows]
    file.write_text("\n".join(map(json.dumps, said)) + "\n", encoding="utf-8")
    for _ in range(2):
        assert likeness("run").code == 0
    return workplace


def is_masked(text):
    return PERSON not in text and CARD not in text


def test_exports_hold_masks_of_the_same_length(masked, likeness):
    (row, *_) = [json.loads(line) for line in likeness("export", "claims", "--format", "jsonl").out.splitlines()]
    assert "1987" in row["text"]
    shown = likeness("export", "answers", "--format", "jsonl").out
    assert is_masked(shown)
    texts = [json.loads(line)["text"] for line in shown.splitlines()]
    (text, *_) = [text for text in texts if "founded" in text]
    assert len(text) == len(SAID)
    assert DESK in text
    assert text[row["start"] : row["end"]] == row["text"]
    first = text.index("[mail ")
    assert text.count(text[first : first + len(PERSON)]) == 2, "the same mask for the same value"
    assert is_masked(likeness("export", "answers", "--format", "csv").out)
    with sqlite3.connect(masked / "likeness.db") as kept:
        assert kept.execute("SELECT count(*) FROM answers WHERE text = ?", [SAID]).fetchone()[0] > 0


def test_mails_and_reports_hold_masks(masked, likeness):
    assert likeness("report", "--out", "out").code == 0
    mails = [path.read_text(encoding="utf-8") for path in (masked / "mail").glob("*.eml")]
    pages = [path.read_text(encoding="utf-8") for path in (masked / "out").rglob("*.html")]
    assert mails
    assert pages
    for text in (*mails, *pages):
        assert is_masked(text.replace("=\n", ""))
    assert any("[mail " in text.replace("=\n", "") for text in mails)


def test_pages_and_the_api_hold_masks(masked):
    environment = Environment()
    with build.open_store(environment) as store:
        desk = Desk(store=store, environment=environment, files=(masked / "brand.yaml",))
        browser = TestClient(create(desk))
        home, api = f"/b/{brand_key('Veloria')}", f"/api/v1/brands/{brand_key('Veloria')}"
        (answer, *_) = [each for each in browser.get(f"{api}/answers").json()["answers"] if "1987" in each["opening"]]
        (alert, *_) = browser.get(f"{api}/alerts").json()["alerts"]
        for place in (
            *(f"{home}/{room}" for room in ("answers", "facts", "sources", "alerts", "review")),
            f"{home}/answers/{answer['answer_id']}",
            f"{home}/alerts/{alert['id']}",
            f"{api}/answers/{answer['answer_id']}",
            f"{api}/portrait",
            f"{api}/alerts",
        ):
            shown = browser.get(place, follow_redirects=True)
            assert shown.status_code == 200, place
            assert is_masked(shown.text), place
        assert "[mail " in browser.get(f"{home}/answers/{answer['answer_id']}").text


def test_a_key_of_ones_own_makes_other_masks(masked, likeness, monkeypatch):
    first = likeness("export", "answers").out
    assert likeness("export", "answers").out == first
    monkeypatch.setenv("LIKENESS_MASK_KEY", "a key of our own")
    assert likeness("export", "answers").out != first
