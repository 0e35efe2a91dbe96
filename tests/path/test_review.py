"""A person's word on findings: what is dismissed does not alarm again, what is confirmed is counted."""

import contextlib
import json
import os
import pty
import re
import select
import sqlite3
import subprocess
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.path.conftest import LIST, recording

LIKENESS = str(Path(sys.executable).with_name("likeness"))


@pytest.fixture
def wrong_round(workplace, likeness, answers_turn_wrong):
    """A clean round, then one in which every assistant gives the wrong year."""
    likeness("run")
    answers_turn_wrong()
    likeness("run")
    return workplace


def ids(said):
    return re.findall(r"^([0-9a-f]{10}) ", said, re.MULTILINE)


def subjects(folder):
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("mail/*.eml")]
    return [str(mail["Subject"]) for mail in mails]


def text_of(folder, start):
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("mail/*.eml")]
    (found,) = [mail for mail in mails if str(mail["Subject"]).startswith(start)]
    return " ".join(found.get_body(("plain",)).get_content().split())


def alerts(folder):
    with sqlite3.connect(folder / "likeness.db") as store:
        return store.execute("SELECT state, why FROM alerts WHERE rule = 'wrong_fact' ORDER BY opened_at").fetchall()


def turn(folder, text):
    rows = [json.loads(line) for line in (folder / "answers.jsonl").read_text().splitlines()]
    for row in rows:
        row["text"] = text
    (folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_open_findings_are_listed_with_quote_truth_and_reason(wrong_round, likeness):
    listed = likeness("review")
    assert listed.code == 0, listed.err
    assert len(ids(listed.out)) == 1, "four answers that put it alike are one finding"
    assert "Veloria was founded in [[1987]]." in listed.out
    assert "Veloria was founded in 2011." in listed.out
    assert "4 answers put it so" in listed.out
    assert "Why:" in listed.out


def test_what_an_answer_says_cannot_steer_the_terminal(workplace, likeness):
    likeness("run")
    turn(workplace, "Veloria was \x1b[2J\x1b]0;owned\x07founded in 1987. [red]loud[/red]")
    likeness("run")
    listed = likeness("review").out
    assert "1987" in listed
    assert "\x1b" not in listed
    assert "\x07" not in listed


def test_a_dismissed_finding_closes_its_alert_and_alarms_no_more(wrong_round, likeness):
    (found,) = ids(likeness("review").out)
    dismissed = likeness("review", "--dismiss", found)
    assert dismissed.code == 0, dismissed.err
    assert "Closed, nothing is left of it" in dismissed.out
    ((state, why),) = alerts(wrong_round)
    assert state == "resolved"
    assert "A person reviewed it" in why
    before = subjects(wrong_round)
    likeness("run")
    likeness("run")
    assert len(alerts(wrong_round)) == 1
    told = [subject for subject in subjects(wrong_round) if subject not in before]
    assert [subject.startswith("Resolved: ") for subject in told] == [True]
    assert "A person looked at this and dismissed it." in text_of(wrong_round, "Resolved: ")
    assert "No finding waits" in likeness("review").out


def test_other_words_for_the_same_alarm_again(wrong_round, likeness):
    likeness("review", "--dismiss", ids(likeness("review").out)[0])
    turn(wrong_round, "The founding year of Veloria is 1987.")
    likeness("run")
    assert [state for state, _ in alerts(wrong_round)] == ["resolved", "open"]


def test_marks_and_case_make_no_other_words(wrong_round, likeness):
    likeness("review", "--dismiss", ids(likeness("review").out)[0])
    turn(wrong_round, "**VELORIA** was founded in  1987!")
    likeness("run")
    assert [state for state, _ in alerts(wrong_round)] == ["resolved"]


def test_a_confirmed_finding_stays_open_and_is_not_listed_again(wrong_round, likeness):
    (found,) = ids(likeness("review").out)
    assert f"{found} confirmed." in likeness("review", "--confirm", found).out
    assert alerts(wrong_round) == [("open", "")]
    assert "No finding waits" in likeness("review").out
    html = report(wrong_round, likeness)
    assert "Of 1 reviewed finding 1 was right (100 %, 95 % interval" in html


def report(folder, likeness):
    likeness("report", "--last", "7d", "--out", "reports")
    return next(folder.glob("reports/*.html")).read_text(encoding="utf-8")


def test_a_later_word_takes_the_place_of_an_earlier_one(wrong_round, likeness):
    (found,) = ids(likeness("review").out)
    likeness("review", "--dismiss", found)
    assert likeness("review", "--confirm", found).code == 0
    assert [state for state, _ in alerts(wrong_round)] == ["open"], "what the dismissal closed stands again"
    assert "Of 1 reviewed finding 1 was right" in report(wrong_round, likeness)


def test_a_decision_is_listed_with_who_and_taken_back(wrong_round, likeness):
    (found,) = ids(likeness("review").out)
    likeness("review", "--dismiss", found, "--by", "Anna")
    assert "Dismissed by Anna" in likeness("review", "--decided").out
    undone = likeness("review", "--undo", found, "--by", "Ben")
    assert undone.code == 0, undone.err
    assert "Open again" in undone.out
    assert [state for state, _ in alerts(wrong_round)] == ["open"]
    assert ids(likeness("review").out) == [found]
    assert "Taken back by Ben" in likeness("review", "--decided").out
    assert likeness("review", "--undo", found).code == 2, "there is nothing left to take back"


def test_an_id_that_is_none_is_one_sentence_and_writes_nothing(wrong_round, likeness):
    (found,) = ids(likeness("review").out)
    refused = likeness("review", "--confirm", found, "--dismiss", "0123456789")
    assert refused.code == 2
    assert "0123456789" in refused.err
    assert ids(likeness("review").out) == [found]
    assert likeness("review", "--confirm", found, "--dismiss", found).code == 2


@pytest.mark.parametrize(("keys", "state"), [("xn", "resolved"), ("y", "open"), ("s", "open"), ("q", "open")])
def test_on_a_terminal_one_key_is_enough(wrong_round, likeness, keys, state):
    said = on_a_terminal(wrong_round, keys)
    assert "it is right" in said
    assert [state for state, _ in alerts(wrong_round)] == [state]
    left = 1 if keys in {"s", "q"} else 0
    assert len(ids(likeness("review").out)) == left


def on_a_terminal(folder, keys):
    """Run `likeness review` on a pseudo-terminal and press the keys once it asks."""
    master, slave = pty.openpty()
    running = subprocess.Popen([LIKENESS, "review"], cwd=folder, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    said, waiting, until = "", list(keys), time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([master], [], [], 0.2)[0]:
            if waiting and "[q]uit" in said:
                os.write(master, waiting.pop(0).encode())
            elif running.poll() is not None:
                break
            continue
        piece = b""
        with contextlib.suppress(OSError):  # the other end is closed
            piece = os.read(master, 65536)
        if not piece:
            break
        said += piece.decode("utf-8", "replace")
    os.close(master)
    assert running.wait(timeout=30) == 0, said
    return said


def test_an_alert_stands_while_other_answers_say_it_in_words_that_nobody_dismissed(workplace, likeness):
    told = ("was founded", "was set up", "was established", "was started", "was created", "began")
    brand = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(brand.replace("samples: 2", f"samples: {len(told)}"))
    rows = [
        recording(assistant, prompt, sample, f"Veloria {words} in 1987." if prompt == "who" else LIST)
        for assistant in ("one", "two")
        for prompt in ("who", "best")
        for sample, words in enumerate(told)
    ]
    (workplace / "answers.jsonl").write_text("\n".join(rows))
    likeness("run")
    seen = 0
    while waiting := ids(likeness("review").out):
        assert [state for state, _ in alerts(workplace)] == ["open"]
        seen += len(waiting)
        likeness("review", *(word for one in waiting for word in ("--dismiss", one)))
    assert seen == len(told), "what the alert had no room to quote is offered once the rest is dismissed"
    assert [state for state, _ in alerts(workplace)] == ["resolved"]
