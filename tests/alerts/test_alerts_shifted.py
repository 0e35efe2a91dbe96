from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts import rules
from monitor.domain import days
from monitor.domain.alerts import Alert, AlertState
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Shift
from monitor.domain.readings import Evidence, Outcome, Span


@pytest.fixture
def shift(made):
    def of(measure, before, after, *, subject="Quillmark", since=1, found=1, cause="", assistant="gpt"):
        series = Series(measure=measure, assistant_id=assistant, surface=Surface.API, subject=subject)

        def estimate(value):
            within = Interval(low=value - 0.1, high=value + 0.1)
            return Estimate(
                series=series, rate=Rate(hits=100 * value, of=100), interval=within, answers=100, prompts=10
            )

        return Shift(
            series=series,
            before=estimate(before),
            after=estimate(after),
            since=made.at(since).date(),
            found=made.at(found).date(),
            evidence=5000,
            test="a test",
            cause=cause,
        )

    return of


def _signals(name, view, observations, *shifts: Shift):
    return rules.ALL[name].find(view(observations, shifts=shifts))


def test_it_is_told_with_numbers_interval_cause_and_test(made, view, shift):
    seen = [made.observe(made.reading(["Penfold"]), number=1)]
    moved = shift(Measure.RECOMMENDED, 0.52, 0.3, cause="since gpt-5.1 was served")
    (signal,) = _signals("recommended_drop", view, seen, moved)
    assert signal.headline == (
        "gpt (OpenAI API) recommends Quillmark less often: 52 % → 30 % of answers, since gpt-5.1 was served"
    )
    assert signal.said == "Recommended in 30 of 100 answers (30 %, 95 % interval 20-40 %) since 3 March 2026."
    assert signal.truth == "Before: recommended in 52 of 100 answers (52 %, 95 % interval 42-62 %)."
    assert signal.test == "A test. Without a change, chance shows this at most once in 5,000 tries."
    assert (signal.severity, signal.changed_on, signal.series) == (Severity.MAJOR, moved.since, moved.series)


def test_an_improvement_opens_nothing(made, view, shift):
    seen = [made.observe(made.reading(["Quillmark"]), number=1)]
    for name, measure, before, after in (
        ("recommended_drop", Measure.RECOMMENDED, 0.3, 0.6),
        ("position_drop", Measure.POSITION, 3.0, 1.5),
        ("overtaken", Measure.LEAD, -0.3, 0.3),
    ):
        subject = "Penfold" if measure is Measure.LEAD else "Quillmark"
        assert _signals(name, view, seen, shift(measure, before, after, subject=subject)) == []


def test_what_follows_from_being_named_less_is_minor(made, view, shift):
    seen = [made.observe(made.reading(["Penfold"]), number=1)]
    recommended, seen_less = shift(Measure.RECOMMENDED, 0.5, 0.3), shift(Measure.VISIBILITY, 0.5, 0.3, since=0)
    elsewhere = shift(Measure.VISIBILITY, 0.5, 0.3, assistant="claude")
    (alone,) = _signals("recommended_drop", view, seen, recommended, elsewhere)
    (along,) = _signals("recommended_drop", view, seen, recommended, seen_less)
    assert (alone.severity, along.severity) == (Severity.MAJOR, Severity.MINOR)


def test_a_shift_of_last_month_is_history(made, view, shift):
    seen = [made.observe(made.reading(["Penfold"]), number=40)]
    assert _signals("recommended_drop", view, seen, shift(Measure.RECOMMENDED, 0.5, 0.3, found=32)) == []
    assert _signals("recommended_drop", view, seen, shift(Measure.RECOMMENDED, 0.5, 0.3, found=33))


def test_a_day_of_empty_answers_is_not_said_to_be_without_it(made, view, shift):
    past = [
        made.observe(made.reading(["Quillmark"]), number=0),
        made.observe(made.reading(outcome=Outcome.EMPTY), number=1),
        made.observe(made.reading(["Penfold"]), number=2),
    ]
    seen = [*past, made.observe(made.reading(["Penfold"]), number=3)]
    (signal,) = _signals("recommended_drop", view, seen, shift(Measure.RECOMMENDED, 0.5, 0.3, since=2, found=3))
    (voice,) = signal.voices
    assert (voice.first_seen, voice.last_clean) == (made.at(2), made.at(0))


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Vienna", "Pacific/Kiritimati"])
def test_it_was_first_seen_on_the_day_of_the_brand_since_which_it_is_so(made, view, shift, zone):
    seen = [made.observe(made.reading(["Penfold"]), number=number) for number in range(4)]
    moved = replace(shift(Measure.RECOMMENDED, 0.5, 0.3), since=days.day(made.at(2), zone))
    here = replace(view(seen, shifts=[moved]), zone=zone)
    (signal,) = rules.ALL["recommended_drop"].find(here)
    (voice,) = signal.voices
    assert (voice.first_seen, voice.last_clean) == (made.at(2), made.at(1))
    assert here.day(voice.first_seen) == signal.changed_on


def test_a_smaller_lead_is_not_a_lost_one(made, view, shift):
    seen = [made.observe(made.reading(["Penfold"]), number=1)]
    smaller, unsure, lost = (shift(Measure.LEAD, 0.4, after, subject="Penfold") for after in (0.2, -0.05, -0.2))
    assert _signals("overtaken", view, seen, smaller) == _signals("overtaken", view, seen, unsure) == []
    (signal,) = _signals("overtaken", view, seen, lost)
    assert signal.headline.startswith("gpt (OpenAI API) now names Penfold more often than Quillmark")
    assert signal.headline.endswith("; lead: +40 → -20 points since 3 March 2026")
    assert signal.truth == "Before: lead of +40 points over 100 answers (95 % interval +30 to +50)."
    assert [quote.text[mark.start : mark.end] for quote in signal.quotes for mark in quote.marks] == ["Quill"]


def test_of_sources_the_own_one_weighs_more(made, view, shift):
    seen = [made.observe(made.reading(["Penfold"]), number=1, searched=True)]
    found = _signals(
        "source_lost",
        view,
        seen,
        shift(Measure.CITED, 0.9, 0.1, subject="quillmark.example"),
        shift(Measure.CITED, 0.9, 0.0, subject="pens.example"),
        shift(Measure.CITED, 0.9, 0.5, subject="half.example"),
    )
    assert {signal.key: signal.severity for signal in found} == {
        "source_lost:gpt:quillmark.example": Severity.MAJOR,
        "source_lost:gpt:pens.example": Severity.MINOR,
    }


def test_the_answers_behind_it_are_quoted(made, view, shift):
    evidence = Evidence(recommended={"Penfold": Span(start=27, end=38)})
    read = made.reading(["Quillmark"], recommended=["Penfold"])
    seen = [made.observe(type(read)(**{**vars(read), "evidence": evidence}), number=1)]
    (signal,) = _signals("recommended_drop", view, seen, shift(Measure.RECOMMENDED, 0.5, 0.3))
    (quote,) = signal.quotes
    assert quote.text[quote.marks[0].start : quote.marks[0].end] == "It is a pen"


def test_a_rise_of_a_facts_errors_names_the_fact(made, view, shift):
    seen = [made.observe(made.reading(claims=[made.claim("99")]), number=1)]
    moved = shift(Measure.CONTRADICTED_RATE, 0.1, 0.4, subject="price")
    (signal,) = _signals("contradicted_rise", view, seen, moved)
    assert "contradicts your sheet on the price more often: 10 % → 40 % of answers" in signal.headline
    assert signal.quotes


def test_a_source_beside_wrong_statements_is_news_once(made, view):
    def read(domain):
        beside = [made.citation(domain, supports=Span(start=0, end=26))]
        return made.reading(claims=[made.claim("99")], citations=beside)

    old = [made.observe(read("old.example"), number=n, sample=s) for n in range(3) for s in range(2)]
    new = [made.observe(read(name), number=3, sample=s) for name in ("old.example", "new.example") for s in range(2)]
    (signal,) = rules.ALL["wrong_source"].find(view([*old, *new]))
    assert signal.key == "wrong_source:price:new.example"
    assert signal.severity is Severity.MINOR
    assert signal.headline.startswith("new.example is now cited beside wrong statements")


def test_a_source_that_is_no_longer_beside_them_closes_with_what_shows_it(made, view):
    beside = [made.citation("new.example", supports=Span(start=0, end=26))]
    old = [made.observe(made.reading(claims=[made.claim("99")]), number=0)]
    wrong = [
        made.observe(made.reading(claims=[made.claim("99")], citations=beside), number=1, sample=s) for s in (0, 1)
    ]
    rule = rules.ALL["wrong_source"]
    (signal,) = rule.find(view([*old, *wrong]))
    since = [made.observe(made.reading(claims=[made.claim("99")]), number=n) for n in (2, 3)]
    cleared = rule.evidence(view([*old, *wrong, *since]), _alert(signal, made))
    assert [voice.rate for voice in cleared.voices] == [Rate(hits=0, of=2)]


def test_it_closes_with_a_change_for_the_better_only(made, view, shift):
    rule = rules.ALL["position_drop"]
    seen = [made.observe(made.reading(["Quillmark"]), number=n) for n in (1, 9)]
    worse, better = shift(Measure.POSITION, 1.5, 3.0), shift(Measure.POSITION, 3.0, 1.2, since=8, found=9)
    (signal,) = rule.find(view(seen[:1], shifts=[worse]))
    alert = _alert(signal, made)
    assert rule.clean(view(seen, shifts=[worse]), alert) is False
    assert rule.clean(view(seen, shifts=[worse, better]), alert) is True
    silent = [seen[0], made.observe(made.reading(), number=9, assistant="other")]
    assert rule.clean(view(silent, shifts=[worse, better]), alert) is None


def _alert(signal, made):
    opened = made.at(1) + timedelta(minutes=5)
    return Alert(id="a1", brand="Quillmark", key=signal.key, state=AlertState.OPEN, opened_at=opened, signal=signal)
