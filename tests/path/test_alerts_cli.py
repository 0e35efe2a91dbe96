"""Alerts from the command line: listed, acknowledged, silenced, explained."""

import re
from contextlib import closing
from datetime import UTC, datetime

import pytest

from monitor.domain.alerts import Alert, AlertState, Held, HeldReason, Signal
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure, Series
from storage import alerts, held
from storage.store import Store


@pytest.fixture
def wrong_round(workplace, likeness):
    """A brand about which the second round is wrong."""
    likeness("run")
    file = workplace / "answers.jsonl"
    file.write_text(file.read_text().replace("2011", "1987"))
    assert "opened" in likeness("run").out
    return workplace


def the_id(said):
    return re.search(r"^([0-9a-f]{8})  ", said, re.MULTILINE)[1]


def test_an_alert_is_listed_acknowledged_silenced_and_both_are_taken_back(wrong_round, likeness):
    listed = likeness("alerts")
    name = the_id(listed.out)
    assert "1987" in listed.out
    assert "critical, since" in listed.out
    assert likeness("acknowledge", name[:6], "--note", "asked them", "--by", "Ann").out.startswith("Acknowledged")
    assert "acknowledged by Ann (asked them)" in likeness("alerts").out
    assert likeness("silence", name, "--until", "2099-01-01", "--by", "Bob").out.startswith(
        "Silenced until 1 January 2099"
    )
    assert "silenced until 1 January 2099 by Bob" in " ".join(likeness("alerts").out.split())
    likeness("silence", name, "--undo")
    likeness("acknowledge", name, "--undo")
    assert re.search(r"critical, since \d+ \w+ \d{4}, open$", likeness("alerts").out, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["acknowledge", "0xnone"], "no alert of Veloria has this id; `likeness alerts` lists those that are open."),
        (["silence", "NAME"], "Write --until and a day such as 2026-12-01"),
        (["silence", "NAME", "--until", "2020-01-01"], "2020-01-01 has begun already; name a later day."),
        (["why", "nonsense"], "no fact, watched topic or measure is called so; there are founded, price, recall"),
        (["why", "--assistant", "three"], "the brand file has no such assistant; it has one, two."),
    ],
)
def test_a_slip_of_the_hand_is_one_sentence(wrong_round, likeness, arguments, said):
    name = the_id(likeness("alerts").out)
    ended = likeness(*(name if one == "NAME" else one for one in arguments))
    assert ended.code == 2
    assert said in ended.err


def test_why_says_what_was_seen_what_would_be_told_and_what_was_held_back(wrong_round, likeness):
    fact = likeness("why", "founded").out
    assert "said “1987”" in fact
    assert "asked for again at once: 6 times" in fact
    assert "It could not be asked for again: these are recorded answers" in fact
    assert "Open since" in fact
    assert "nothing of the kind was said" in likeness("why", "recall").out
    assert likeness("why", "Recall").out == likeness("why", "recall").out
    assert "A baseline is still being built" in likeness("why", "visibility", "--assistant", "one").out
    overview = likeness("why").out
    assert "numbers are watched" in overview
    assert "Open since" in overview


@pytest.mark.parametrize(
    ("rule", "measure"),
    [
        ("stance_drop", Measure.NET_STANCE),
        ("rank_drop", Measure.LIST_RANK),
        ("overtaken", Measure.LEAD),
        ("source_lost", Measure.CITED),
        ("visibility_drop", Measure.VISIBILITY),
    ],
)
def test_why_a_measure_tells_of_its_alerts_whatever_their_rule_is_called(wrong_round, likeness, rule, measure):
    keep(rule, measure, datetime.now(UTC))
    said = likeness("why", measure.value).out
    assert "one does something less often. It closes when a move back passes the same test." in said
    assert "one does it less often. It follows from missing answers." in said
    other = likeness("why", "first_choice").out
    assert "less often" not in other


def keep(rule, measure, now):
    series = Series(measure=measure, assistant_id="one", surface=Surface.API_SEARCH, subject="Veloria")
    found = {"rule": rule, "subject": "one", "key": f"{rule}:one", "severity": Severity.MAJOR, "series": series}
    signal = Signal(**found, headline="one does something less often")
    alert = Alert(
        id="abc",
        brand="Veloria",
        key=signal.key,
        state=AlertState.OPEN,
        opened_at=now,
        signal=signal,
        last_notice_at=now,
    )
    back = {"brand": "Veloria", "round_id": "r", "key": signal.key, "reason": HeldReason.INHIBITED, "at": now}
    with closing(Store.open("sqlite:///likeness.db")) as store, store.transaction() as tx:
        alerts.keep(tx, [alert])
        held.keep(tx, [Held(**back, headline="one does it less often.", why="It follows from missing answers.")])


def test_why_says_how_many_clean_answers_close_an_alert(wrong_round, likeness):
    said = " ".join(likeness("why", "founded").out.split())
    assert (
        "It closes after two clean rounds of each assistant that said it, with this many clean answers at least: "
        in said
    )
    assert re.search(r"at least: \d+ of paper-1 with search \(Recorded answers\) and \d+ of paper-2", said)
