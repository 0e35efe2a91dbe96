"""When everybody disagrees with the sheet, the sheet is looked at first; closing shows the evidence."""

import pytest

from monitor.alerts import clearing, facts, rules
from monitor.domain.alerts import Alert, AlertState
from monitor.domain.readings import Span, Verdict

WRONG = rules.ALL["wrong_fact"]


def _says(made, value, number=0, *, sample=0, assistant="gpt", own=False):
    verdict, start = (Verdict.SUPPORTED, 0) if value == "79" else (Verdict.CONTRADICTED, 16)
    page = made.citation("quillmark.example", entity="Quillmark", supports=Span(start=0, end=26))
    read = made.reading(claims=[made.claim(value, verdict, start=start)], citations=[page] if own else [])
    return made.observe(read, number=number, sample=sample, assistant=assistant)


def test_nearly_all_answers_of_all_assistants_question_the_sheet(made, view):
    rounds = [_says(made, "99", sample=n, assistant=name) for n in range(3) for name in ("gpt", "claude")]
    (signal,) = WRONG.find(view(rounds))
    assert signal.sheet_first == (
        "Your sheet says $79, but 6 of 6 answers of both assistants say $99. Is your sheet up to date?"
    )
    assert signal.headline == "Check your sheet first: both assistants say your price is $99: it is $79"
    assert signal.advice[0].startswith("Look at your own fact sheet before anything else")


def test_a_page_of_your_own_that_says_it_questions_the_sheet(made, view):
    (signal,) = WRONG.find(view([_says(made, "99", sample=n, own=n == 0) for n in range(2)]))
    assert signal.sheet_first.endswith("your own page is cited for it: https://quillmark.example/page")


@pytest.mark.parametrize(
    "answers",
    [
        [("99", "gpt"), ("99", "gpt"), ("99", "claude"), ("79", "claude")],
        [("99", "gpt")] * 8,
        [("99", "gpt"), ("99", "claude")],
    ],
    ids=["one of them knows better", "one assistant alone", "too few to question it"],
)
def test_otherwise_it_is_the_assistants_affair(made, view, answers):
    rounds = [_says(made, value, sample=n, assistant=name) for n, (value, name) in enumerate(answers)]
    (signal,) = WRONG.find(view(rounds))
    assert (signal.sheet_first, signal.headline.startswith("Check")) == ("", False)


def test_a_corrected_fact_closes_with_counts_and_the_right_words(made, view):
    bad = [_says(made, "99", 0, sample=n) for n in range(3)]
    good = [_says(made, "79", number, sample=n) for number in (1, 2) for n in range(3)]
    (signal,) = WRONG.find(view(bad))
    alert = Alert(id="a", brand="Quillmark", key=signal.key, state=AlertState.OPEN, opened_at=made.at(0), signal=signal)
    cleared = clearing.cleared(
        view([*bad, *good]),
        alert,
        facts.looking("price", Verdict.CONTRADICTED),
        right=facts.looking("price", Verdict.SUPPORTED),
    )
    (voice,) = cleared.voices
    assert (voice.rate.hits, voice.rate.of) == (0, 6)
    assert len(cleared.quotes) == 2
    assert cleared.quotes[0].asked_at == made.at(2)
