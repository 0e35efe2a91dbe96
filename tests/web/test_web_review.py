"""A review leaves its trace beside every quote, in the counts and in evidence; and it is undone."""

import re
import time

import pytest

from monitor.domain.accounts import Role
from monitor.domain.documents import Asked, Edition
from monitor.service import documents, portraits, proving, reviewing

FOUNDED = re.compile(r'<th scope="row"><a href="[^"]*/facts/founded\?.*?</tr>', re.DOTALL)


@pytest.fixture(name="anna")
def signed_in(stand):
    return stand.signed_in(Role.EDITOR, email="anna@quarn.example")


@pytest.fixture(name="finding")
def founding_year(stand):
    return next(each for each in reviewing.open_findings(stand.house) if each.wording.subject == "founded")


def decide(browser, stand, form_key, finding, decision):
    sent = {"form_key": form_key(browser, f"{stand.home}/review"), "finding": finding, "decision": decision}
    assert browser.post(f"{stand.home}/review", data=sent).status_code == 303


def counts(browser, stand):
    """Right, out of date, wrong, not checkable."""
    row = FOUNDED.search(browser.get(f"{stand.home}/facts?last=30d").text)
    assert row
    return [int(n) for n in re.findall(r'<td class="n"[^>]*>(?:<a [^>]*>)?(\d+)', row[0])]


def until(wanted, seen):
    end = time.monotonic() + 30
    while seen() != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return seen()


def test_a_dismissal_is_told_beside_the_quote_and_leaves_the_counts(anna, stand, form_key, finding):
    before = counts(anna, stand)
    assert before[2] == 4
    decide(anna, stand, form_key, finding.id, "dismiss")
    said = "Dismissed by anna, 8 March 2026"
    assert said in anna.get(f"{stand.home}/review").text
    alert = anna.get(f"{stand.home}/alerts/{finding.alert.id}").text
    assert said in alert
    assert "not reviewed" not in alert
    assert said in anna.get(f"{stand.home}/answers/{finding.quote.answer_id}").text
    assert until([before[0], before[1], 0, before[3] + 4], lambda: counts(anna, stand))[2] == 0


def test_what_was_dismissed_is_no_evidence_and_what_was_confirmed_is_marked(stand, finding):
    asked = Asked(start=stand.hands().date().replace(day=1), end=stand.hands().date(), edition=Edition.EVIDENCE)
    assert {each.fact for each in proving.exhibits(stand.house, asked)} == {"founding year"}
    reviewing.decide(stand.house, confirm=[finding.id], by="Anna")
    assert [each.by for shown in proving.exhibits(stand.house, asked) for each in shown.quote.reviewed] == ["Anna"] * 4
    reviewing.decide(stand.house, dismiss=[finding.id], by="Anna")
    assert proving.exhibits(stand.house, asked) == []


def test_a_decision_is_taken_back_and_all_is_as_before(anna, stand, form_key, finding):
    before = counts(anna, stand)
    decide(anna, stand, form_key, finding.id, "dismiss")
    until(0, lambda: counts(anna, stand)[2])
    assert "resolved" in anna.get(f"{stand.home}/alerts/{finding.alert.id}").text
    decide(anna, stand, form_key, finding.id, "undo")
    assert until(before, lambda: counts(anna, stand)) == before
    assert finding.id in {each.id for each in reviewing.open_findings(stand.house)}
    shown = anna.get(f"{stand.home}/review").text
    assert "Taken back by anna" in shown
    assert "Read by machine, not reviewed." in anna.get(f"{stand.home}/alerts/{finding.alert.id}").text


def test_who_may_only_look_sees_the_decisions_and_takes_nothing_back(stand, finding):
    reviewing.decide(stand.house, confirm=[finding.id], by="Anna")
    shown = stand.signed_in(Role.VIEWER).get(f"{stand.home}/review").text
    assert "Confirmed by Anna" in shown
    assert "Take it back" not in shown


def test_a_report_of_the_days_quoted_says_that_they_were_reviewed(stand, finding):
    start, end = stand.hands().date().replace(day=1), stand.hands().date()
    unseen = portraits.portrait(stand.house, start, end)
    assert "No person has reviewed these findings." in unseen.notes
    reviewing.decide(stand.house, confirm=[finding.id], by="Anna")
    stand.hands.now = stand.hands.now.replace(month=4)
    shown = documents.portrait(stand.house, start, end)
    assert shown.reviewed
    assert shown.reviewed.right.of == 1
    (note,) = [note for note in shown.notes if "reviewed" in note]
    assert note.startswith("Persons reviewed 1 of the findings: 1 confirmed, 0 dismissed")
