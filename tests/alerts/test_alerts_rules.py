"""What is particular to the rules that are not about facts; what all share is in test_every_rule.py."""

from dataclasses import replace

import pytest

from monitor.alerts import rules
from monitor.domain.alerts import Alert, AlertState
from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Shift
from monitor.domain.rounds import AttemptState, MissReason

NEW, SILENT, DROP = (rules.ALL[name] for name in ("new_statement", "silent_assistant", "visibility_drop"))


def _told(made, *, sample=0, topic="recall"):
    read = made.reading(["Quillmark"], statements=[made.statement(topic)])
    return made.observe(read, sample=sample)


def test_a_statement_once_is_in_the_report_only(made, view):
    quiet = [made.observe(made.reading(["Quillmark"]), sample=n) for n in range(1, 5)]
    assert NEW.find(view([_told(made), *quiet])) == []


def test_a_statement_twice_names_topic_and_counts(made, view):
    quiet = [made.observe(made.reading(["Quillmark"]), sample=n) for n in range(2, 6)]
    (signal,) = NEW.find(view([_told(made), _told(made, sample=1), *quiet]))
    assert signal.headline == "gpt (OpenAI API) speaks of “recall” at Quillmark, which is not on your sheet"
    assert signal.key == "new_statement:recall"
    assert signal.voices[0].rate == Rate(hits=2, of=6)


def test_topics_do_not_add_up(made, view):
    assert NEW.find(view([_told(made), _told(made, sample=1, topic="lawsuit")])) == []


def test_a_silent_assistant_is_told_with_its_reasons(made, view):
    probes = [made.observe(assistant="mute", miss=MissReason.QUOTA, sample=n) for n in range(3)]
    late = made.observe(assistant="mute", miss=MissReason.TIMEOUT, sample=3)
    (signal,) = SILENT.find(view([*probes, late]))
    assert signal.headline == "mute (OpenAI API) did not answer: none of 4 questions"
    assert signal.said == "Its account has no money left (3) and it did not answer in time (1)."
    assert signal.advice == ("Add money to its account, or take it out of the brand file.",)


def test_where_nothing_is_known_to_help_it_says_what_comes_next(made, view):
    (signal,) = SILENT.find(view([made.observe(miss=MissReason.TIMEOUT)]))
    assert signal.advice[0].startswith("Nothing yet: the next round asks it again.")


def test_a_refusal_is_an_answer_of_a_kind(made, view):
    refused = made.observe(state=AttemptState.REFUSED)
    assert SILENT.find(view([refused, made.observe(miss=MissReason.TIMEOUT, sample=1)])) == []


def test_a_round_that_was_stopped_makes_nobody_silent(made, view):
    assert SILENT.find(view([made.observe(miss=MissReason.STOPPED, sample=n) for n in range(3)])) == []


def _shift(made, before, after, *, found=3, measure=Measure.VISIBILITY, subject="Quillmark", cause=""):
    series = Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject=subject)
    first, second = (
        Estimate(
            series=series,
            rate=Rate(hits=100 * rate, of=100),
            interval=Interval(low=rate - 0.1, high=rate + 0.1),
            answers=100,
            prompts=10,
        )
        for rate in (before, after)
    )
    since, day = made.at(found - 2).date(), made.at(found).date()
    return Shift(
        series=series, before=first, after=second, since=since, found=day, evidence=9000, test="a test", cause=cause
    )


@pytest.fixture
def asked(made):
    return [made.observe(made.reading(["Penfold"]), number=n) for n in range(4)]


def test_a_drop_says_from_what_to_what_and_since_when(made, view, asked):
    (signal,) = DROP.find(view(asked, shifts=[_shift(made, 0.6, 0.3)]))
    assert signal.headline == "gpt (OpenAI API) names Quillmark less often: 60 % → 30 % of answers since 3 March 2026"
    assert signal.said == "Named in 30 of 100 answers (30 %, 95 % interval 20-40 %) since 3 March 2026."
    voice = signal.voices[0]
    assert (voice.first_seen, voice.last_clean) == (made.at(1), made.at(0))


def test_a_drop_with_a_cause_names_it(made, view, asked):
    (signal,) = DROP.find(view(asked, shifts=[_shift(made, 0.6, 0.3, cause="since gpt-5.1 was served")]))
    assert signal.headline.endswith("60 % → 30 % of answers, since gpt-5.1 was served")


@pytest.mark.parametrize(
    "change",
    [
        {"before": 0.3, "after": 0.6},
        {"before": 0.6, "after": 0.3, "subject": "Penfold"},
        {"before": 0.6, "after": 0.3, "measure": Measure.CITATION_RATE},
    ],
)
def test_only_a_fall_of_the_brands_own_visibility_is_told(made, view, asked, change):
    assert DROP.find(view(asked, shifts=[_shift(made, **change)])) == []


def test_an_old_shift_does_not_open_an_alert_again(made, view, asked):
    assert DROP.find(view(asked, shifts=[_shift(made, 0.6, 0.3)], later=8)) == []


def test_a_drop_of_an_assistant_that_is_silent_is_not_told(made, view, asked):
    silent = [made.observe(number=4, miss=MissReason.TIMEOUT)]
    now = view([*asked, *silent], shifts=[_shift(made, 0.6, 0.3)])
    assert DROP.find(now) == []
    assert [signal.subject for signal in SILENT.find(now)] == ["gpt"]


def test_a_drop_stays_until_a_rise_has_passed_the_test(made, view, asked):
    fall = _shift(made, 0.6, 0.3)
    (signal,) = DROP.find(view(asked, shifts=[fall]))
    alert = Alert(id="a", brand="Quillmark", key=signal.key, state=AlertState.OPEN, opened_at=made.at(3), signal=signal)
    later = [*asked, made.observe(made.reading(["Quillmark"]), number=9)]
    assert DROP.clean(view(later, shifts=[fall]), alert) is False
    assert DROP.clean(view(later, shifts=[fall, _shift(made, 0.3, 0.6, found=9)]), alert) is True
    assert DROP.clean(view([*asked, made.observe(number=9, prompt=made.BRANDED)], shifts=[fall]), alert) is None


def test_a_label_without_a_vendor_is_left_as_it_is(made, view):
    probes = [replace(made.observe(miss=MissReason.NO_KEY), assistant_label="")]
    assert SILENT.find(view(probes))[0].headline.startswith("gpt did not answer")
