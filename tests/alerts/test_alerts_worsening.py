"""An alert is worse by more assistants, a higher rate, a higher severity or other words; each is told once."""

from dataclasses import replace

import pytest

from monitor.alerts import inhibiting, worsening
from monitor.domain.alerts import HeldReason, Quote, Signal, Told, Voice
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval, Rate
from monitor.domain.readings import Span
from monitor.domain.rounds import MissReason


def _voice(name="gpt", hits=3, low=0.2, high=0.5):
    return Voice(
        assistant_id=name,
        label=f"OpenAI API, {name}",
        surface=Surface.API,
        rate=Rate(hits=hits, of=10),
        interval=Interval(low=low, high=high),
    )


def _signal(*voices: Voice, rule="wrong_fact", severity=Severity.MAJOR, values=("$99",)):
    return Signal(
        rule=rule, subject="price", key=f"{rule}:price", severity=severity, headline="h", voices=voices, values=values
    )


TOLD = worsening.told(Told(), _signal(_voice()))


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        (_signal(_voice()), ""),
        (_signal(_voice(low=0.45, high=0.8)), ""),
        (_signal(_voice(hits=8, low=0.6, high=0.9)), "gpt (OpenAI API) says it more often: 8 of 10 answers (80 %"),
        (_signal(_voice(), _voice("claude")), "claude (OpenAI API) says it now as well."),
        (_signal(_voice(), _voice("claude", hits=1)), ""),
        (_signal(_voice(), severity=Severity.CRITICAL), "Your sheet now calls it critical; it was major."),
        (_signal(_voice(), severity=Severity.MINOR), ""),
        (
            _signal(_voice(), values=("$99", "$59")),
            "Another wrong answer has come up beside the one that was told: $59.",
        ),
        (_signal(_voice(), values=("$99", "about $99")), ""),
        (
            _signal(_voice(), values=("$99", "about 59 eur")),
            "Another wrong answer has come up beside the one that was told: about €59.",
        ),
    ],
)
def test_worse_than_told(signal, said):
    assert worsening.worse(TOLD, signal, grows=True).startswith(said)
    assert bool(worsening.worse(TOLD, signal, grows=True)) is bool(said)
    assert worsening.worse(worsening.told(TOLD, signal), signal, grows=True) == ""


def test_a_higher_rate_is_not_worse_everywhere():
    assert worsening.worse(TOLD, _signal(_voice(hits=8, low=0.6, high=0.9)), grows=False) == ""


def test_of_an_alert_whose_telling_was_not_written_down_nothing_is_worse():
    assert worsening.worse(Told(), _signal(_voice(), severity=Severity.CRITICAL), grows=True) == ""


def test_what_follows_from_missing_answers_is_held_back(made, view):
    missed = [made.observe(miss=MissReason.TIMEOUT, sample=n) for n in range(3)]
    now = view([*missed, made.observe(sample=4), *(made.observe(assistant="claude", sample=n) for n in range(4))])
    fell, said = _signal(_voice(), rule="visibility_drop"), _signal(_voice())
    elsewhere = _signal(_voice("claude"), rule="visibility_drop")
    kept, (held,) = inhibiting.split(now, [fell, said, elsewhere])
    assert kept == [said, elsewhere]
    assert (held.reason, held.key) == (HeldReason.INHIBITED, "visibility_drop:price")
    assert held.why.startswith("gpt (OpenAI API) answered only 1 of 4 questions in this round")
    assert inhibiting.split(now, [replace(said, voices=())])[1] == []


def test_other_words_are_told_as_the_answer_writes_them():
    quoted = Quote(answer_id="a", text="Anselm Torvik runs it.", marks=(Span(start=0, end=13),))
    said = replace(_signal(_voice(), values=("$99", "anselm torvik")), quotes=(quoted,))
    assert worsening.worse(TOLD, said, grows=True).endswith("the one that was told: Anselm Torvik.")
