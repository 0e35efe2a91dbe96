from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.measures import Measure
from monitor.domain.readings import Outcome, StanceLabel, Verdict
from monitor.domain.rounds import AttemptState, MissReason, Round, RoundKind, RoundState
from monitor.drift import detect, digested, measures
from monitor.drift.order import is_due
from tests.support.digests import digests_of


@pytest.fixture
def settings(made):
    assistants = tuple(AssistantSettings(id=name, use="replay", model=name) for name in ("gpt", "claude"))
    return Settings(sheet=made.SHEET, assistants=assistants, version="v1")


@pytest.fixture
def portray(made, settings):
    def of(observations, *, days=28, rounds=(), rounds_due=0, **parts: object):
        tallies = measures.tallies(observations, settings.sheet, settings_version="v1")
        start, known = made.MONDAY.date(), {one.answer_id: one for one in observations}
        return digested.portrait(
            digests_of(observations, tallies),
            settings,
            start=start,
            end=start + timedelta(days=days - 1),
            beside=digested.Beside(rounds=rounds, rounds_due=rounds_due, **parts),
            fetch=lambda ids: {id_: known[id_] for id_ in ids},
        )

    return of


def test_nothing_measured_is_a_portrait_without_numbers(portray):
    found = portray([])
    assert (found.answers, found.claims, found.visibility, found.panels, found.cost) == (0, 0, (), (), None)
    assert [fact.supported for fact in found.facts] == [0, 0]
    assert found.notes


def test_panels_count_what_was_asked_and_why_nothing_came(made, portray):
    seen = [
        made.observe(made.reading(["Quillmark"]), searched=True),
        made.observe(sample=1, state=AttemptState.REFUSED),
        made.observe(sample=2, miss=MissReason.TIMEOUT),
        made.observe(sample=3, miss=MissReason.TIMEOUT),
        made.observe(sample=4, truncated=True, searched=False),
        made.observe(made.reading(outcome=Outcome.EMPTY), sample=5),
        replace(made.observe(assistant="claude", model="c"), cost=Decimal("0.02")),
    ]
    gpt, claude = portray(seen).panels
    assert (gpt.asked, gpt.answered, gpt.refused, gpt.missed, gpt.cut_off, gpt.searched) == (6, 1, 1, 3, 1, 1)
    assert gpt.misses == {"timeout": 2, "empty": 1}
    assert (gpt.label, gpt.cost, claude.cost, claude.models) == ("OpenAI API, gpt", None, Decimal("0.02"), ("c",))


def test_estimates_come_in_the_order_of_file_and_sheet(made, portray):
    names = [["Quillmark"], ["Penfold", "Inkwell"]]
    seen = [
        made.observe(made.reading(n), assistant=a, sample=s) for a in ("claude", "gpt") for s, n in enumerate(names)
    ]
    found = portray(seen).visibility
    assert [(each.series.assistant_id, each.series.subject) for each in found] == [
        (assistant, name) for assistant in ("gpt", "claude") for name in ("Quillmark", "Penfold", "Inkwell")
    ]
    assert all(each.rate.value == 0.5 and each.answers == 2 for each in found)


def test_facts_are_counted_by_worst_verdict_with_wrong_quotes_first(made, portray):
    kinds = [
        [made.claim("$99", start=16)],
        [made.claim("79", Verdict.SUPPORTED)],
        [made.claim("59", Verdict.OUTDATED)],
        [made.claim("?", Verdict.UNVERIFIED)],
        [],
    ]
    found = portray([made.observe(made.reading(claims=c), number=n) for n, c in enumerate(kinds)])
    price = found.facts[0]
    assert (price.supported, price.contradicted, price.outdated, price.unverified) == (1, 1, 1, 1)
    assert (found.claims, found.checkable) == (4, 3)
    assert price.by_assistant[0].rate.value == pytest.approx(2 / 3)
    first = price.quotes[0]
    assert [first.text[mark.start : mark.end] for mark in first.marks] == ["$99"]


def test_statements_in_other_words_are_one(made, portray):
    gists = ["recall steam valve", "recall valve burst", "recall battery fire"]
    seen = [
        made.observe(made.reading(statements=[replace(made.statement(), gist=gist)]), sample=n, text=f"Recall {n}.")
        for n, gist in enumerate(gists)
    ]
    assert [(each.topic, each.answers) for each in portray(seen).statements] == [("recall", 2), ("recall", 1)]


def test_domains_are_ordered_by_the_answers_that_cite_them(made, portray):
    own, blog = made.citation("quillmark.example", entity="Quillmark"), made.citation("blog.example")
    seen = [
        made.observe(made.reading(citations=[blog, blog, blog]), searched=True),
        made.observe(made.reading(citations=[own]), searched=True, sample=1),
        made.observe(made.reading(citations=[own]), searched=True, sample=2),
    ]
    found = portray(seen).domains
    assert [(each.domain, each.owner, each.answers, each.citations) for each in found] == [
        ("quillmark.example", "own", 2, 2),
        ("blog.example", "other", 1, 3),
    ]


def test_a_prompt_is_barren_when_none_of_its_answers_names_anybody(made, portray):
    seen = [
        made.observe(made.reading(["Penfold"])),
        made.observe(made.reading(), sample=1),
        made.observe(made.reading(), prompt=made.OTHER),
        made.observe(made.reading(), prompt=made.OTHER, sample=1),
    ]
    assert [(each.prompt_id, each.answers) for each in portray(seen).barren] == [("other", 2)]


def test_lines_have_gaps_where_nothing_was_measured(made, portray):
    seen = [made.observe(made.reading(["Quillmark"]), number=number) for number in (0, 1, 16, 27)]
    chart = portray(seen).lines["visibility:gpt:api"]
    assert chart[0].label == "Quillmark, OpenAI API, gpt"
    assert [point.estimate is not None for point in chart[0].points] == [True, False, True, True]
    daily = portray(seen, days=3).lines["visibility:gpt:api"][0]
    assert [point.estimate is not None for point in daily.points] == [True, True, False]


def test_lines_and_notes_name_a_new_model(made, portray):
    models = {0: "gpt-5", 1: "gpt-5", 15: "gpt-5.1", 16: "gpt-5.1"}
    found = portray([made.observe(made.reading(["Quillmark"]), number=n, model=m) for n, m in models.items()])
    assert found.lines["visibility:gpt:api"][0].regimes == ((date(2026, 3, 17), "since gpt-5.1 was served"),)
    assert [note for note in found.notes if "gpt-5.1" in note] == [
        "OpenAI API, gpt: since gpt-5.1 was served, first seen on 17 March 2026; the numbers of this period hold both."
    ]


def test_samples_that_repeat_each_other_are_told(made, portray):
    seen = [made.observe(made.reading(["Quillmark"]), sample=n) for n in range(3)]
    assert any("2 of 3 answers repeat another sample" in note for note in portray(seen).notes)


def test_what_is_outside_the_period_or_asked_for_a_reason_is_left_out(made, portray):
    seen = [
        made.observe(made.reading(["Quillmark"])),
        made.observe(made.reading(["Quillmark"]), number=40),
        made.observe(made.reading(["Quillmark"]), sample=1, kind=RoundKind.CONFIRMING),
    ]
    found = portray(seen)
    assert (found.answers, found.panels[0].asked) == (1, 1)


def test_rounds_that_ran_are_counted_beside_those_that_were_due(made, portray):
    def round_(number, kind=RoundKind.SCHEDULED, state=RoundState.COMPLETE):
        return Round(
            id=f"r{number}", brand="Quillmark", kind=kind, key=str(number), opened_at=made.at(number), state=state
        )

    rounds = [
        round_(0),
        round_(1, state=RoundState.PARTIAL),
        round_(2, RoundKind.MANUAL),
        round_(3, state=RoundState.OPEN),
    ]
    due = portray([], rounds=rounds, rounds_due=3)
    assert (due.rounds_due, due.rounds_run, due.rounds_partial) == (3, 2, 1)
    assert portray([], rounds=rounds).rounds_run == 3


def test_shifts_of_the_period_come_newest_first(made, portray):
    seen = [
        made.observe(
            made.reading(["Quillmark"] if n < 14 or p == 0 else ["Penfold"]),
            number=n,
            prompt=replace(made.OPEN, id=f"p{p}"),
        )
        for n in range(28)
        for p in range(8)
    ]
    tallies = measures.tallies(seen, made.SHEET, settings_version="v1")
    found = portray(seen, shifts=detect.shifts(tallies))
    visible = [shift for shift in found.shifts if shift.series.measure is Measure.VISIBILITY]
    assert {shift.series.subject for shift in visible} == {"Quillmark", "Penfold"}
    assert {shift.since for shift in visible} == {made.at(14).date()}


def test_a_stance_is_averaged_over_answers_that_have_one(made, portray):
    labels = [StanceLabel.POSITIVE, StanceLabel.NEGATIVE, StanceLabel.NEGATIVE, StanceLabel.NONE]
    seen = [made.observe(made.reading(stance={"Quillmark": label}), sample=n) for n, label in enumerate(labels)]
    (found,) = portray(seen).net_stance
    assert (found.rate.value, found.answers) == (pytest.approx(-1 / 3), 3)
    assert -1 <= found.interval.low < found.rate.value < found.interval.high <= 1


def test_prompts_that_name_somebody_are_told(made, portray):
    seen = [made.observe(made.reading(["Quillmark"]), prompt=made.BRANDED)]
    assert any("Questions that name Quillmark count for the visibility of the others" in n for n in portray(seen).notes)
    assert portray(seen).visibility[0].series.subject == "Penfold"


def test_a_rate_says_how_small_a_fall_would_show(made, portray):
    prompts = [replace(made.OPEN, id=f"p{number}") for number in range(20)]
    seen = [
        made.observe(made.reading(["Quillmark"] if number % 2 else []), number=day, prompt=prompt)
        for day in range(14)
        for number, prompt in enumerate(prompts)
    ]
    (own,) = [each for each in portray(seen).visibility if each.series.subject == "Quillmark"]
    assert own.detectable == detect.detectable(20, 1, 30, 0.5)
    assert 0 < own.detectable < 0.25


def test_a_rate_of_nought_cannot_fall(made, portray):
    assert {each.detectable for each in portray([made.observe(number=day) for day in range(3)]).visibility} == {None}


@pytest.mark.parametrize(
    ("kind", "due", "counts"),
    [
        (RoundKind.SCHEDULED, 3, True),
        (RoundKind.MANUAL, 3, False),
        (RoundKind.MANUAL, 0, True),
        (RoundKind.IMPORTED, 0, False),
    ],
)
def test_an_import_is_no_round_that_ran(kind: RoundKind, due: int, counts: bool) -> None:  # noqa: FBT001 -- a table
    round_ = Round(id="r", brand="B", kind=kind, key="k", opened_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert is_due(round_, due) is counts
