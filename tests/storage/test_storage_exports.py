"""Everything goes out as plain rows, and no cell of it is computed by a spreadsheet."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from monitor.domain.readings import Citation, Claim, Mention, Outcome, Owner, Reading, Verdict
from storage import answers, exports, readings

TEXT = "=Corvane was founded in 1950 🎒. Corvane!"


@pytest.fixture
def read(store, samples, new_id):
    """One answer, read."""
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal("0.05"), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    ledger.settle(attempt, samples.outcome(TEXT, cost="0.0000005", queries=("bags",)), samples.now)
    with store.transaction() as tx:
        (answer,) = answers.unread(tx, samples.brand, analyzer="1", sheet="abc")
        reading = Reading(
            answer_id=answer.id,
            outcome=Outcome.ANSWER,
            mentions=(Mention(start=1, end=8, entity="Corvane"), Mention(start=32, end=39, entity="Corvane")),
            citations=(Citation(url="https://a.example", domain="a.example", owner=Owner.OTHER, title="@me"),),
            claims=(Claim(start=1, end=28, fact="founded", verdict=Verdict.CONTRADICTED, value="-1950", why="No."),),
            analyzer="1",
            sheet="abc",
        )
        readings.save(tx, [reading], samples.now)


def rows(store, samples, what):
    with store.snapshot() as tx:
        day = timedelta(days=1)
        return list(exports.rows(tx, samples.brand, what, samples.now, samples.now + day))


@pytest.mark.usefixtures("read")
def test_a_finding_goes_out_with_its_words(store, samples):
    assert [row["text"] for row in rows(store, samples, "mentions")] == ["Corvane", "Corvane"]
    (claim,) = rows(store, samples, "claims")
    assert claim["text"] == "Corvane was founded in 1950"
    assert (claim["verdict"], claim["assistant"], claim["surface"]) == ("contradicted", "gpt5", "api")
    (citation,) = rows(store, samples, "citations")
    assert (citation["url"], citation["start"]) == ("https://a.example", None)


@pytest.mark.usefixtures("read")
def test_an_answer_goes_out_with_everything_about_it(store, samples):
    (answer,) = rows(store, samples, "answers")
    assert (answer["text"], answer["queries"], answer["cost"]) == (TEXT, ["bags"], Decimal("0.0000005"))
    assert (answer["requested_model"], answer["model"], answer["outcome"]) == ("gpt-5", "gpt-5-2026", "answer")
    assert list(answer) == exports.ALL["answers"].names


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("what", exports.ALL)
def test_only_the_days_asked_for_go_out(store, samples, what):
    with store.snapshot() as tx:
        assert list(exports.rows(tx, samples.brand, what, samples.now - timedelta(1), samples.now)) == []
        assert list(exports.rows(tx, "Tamarrow", what, samples.now, samples.now + timedelta(1))) == []


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize("what", exports.ALL)
def test_no_cell_starts_a_formula(store, samples, what):
    out = io.StringIO(newline="")
    count = exports.write_csv(rows(store, samples, what), out)
    lines = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(lines) == count + 1
    assert lines[0] == exports.ALL[what].names
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.usefixtures("read")
def test_json_lines_keep_lists_and_exact_costs(store, samples):
    out = io.StringIO()
    assert exports.write_jsonl(rows(store, samples, "answers"), out) == 1
    row = json.loads(out.getvalue())
    assert (row["cost"], row["queries"], row["asked_at"]) == ("0.0000005", ["bags"], "2026-11-22T06:00:00+00:00")
    assert row["text"] == TEXT
