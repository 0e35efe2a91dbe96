"""What a brand manager reads holds none of the program's own words."""

import html
import re

import pytest

from storage.tables import AnswerRow, ReadingRow, table

ROOMS = ("overview", "alerts", "facts", "facts/founded", "answers?missed=true", "answers", "prompts", "prompts/edit",
         "rivals", "sources", "rounds", "rounds/new", "reports", "watch", "review", "settings", "why",
         "sheet")  # fmt: skip
INNER = re.compile(r"\b(?:probes?|slots?|regimes?|tall(?:y|ies)|api\+search|enters? no series)\b", re.IGNORECASE)


@pytest.mark.parametrize("room", ROOMS)
def test_no_inner_word_is_shown(browser, stand, room):
    text = re.sub(
        r"<svg.*?</svg>|<pre.*?</pre>|<head>.*?</head>", "", browser.get(f"{stand.home}/{room}").text, flags=re.DOTALL
    )
    shown = html.unescape(re.sub(r"<[^>]+>", " ", text))
    assert INNER.findall(shown) == []


def test_what_came_back_empty_stands_among_what_has_no_answer(browser, stand):
    assert "<strong>No questions without an answer</strong>" in browser.get(f"{stand.home}/answers?missed=true").text
    answers, readings = table(AnswerRow), table(ReadingRow)
    with stand.store.transaction() as tx:
        one = tx.connection().execute(readings.select().limit(1)).one()
        tx.connection().execute(answers.update().where(answers.c.id == one.answer_id).values(text=""))
        tx.connection().execute(readings.update().where(readings.c.answer_id == one.answer_id).values(outcome="empty"))
    text = browser.get(f"{stand.home}/answers?missed=true").text
    assert "<strong>1 question without an answer</strong>" in text
    assert "came back empty" in text
