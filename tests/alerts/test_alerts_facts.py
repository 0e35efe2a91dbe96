from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.alerts import clearing, facts, rules
from monitor.domain.alerts import Alert, AlertState, Voice
from monitor.domain.answers import Surface
from monitor.domain.brand import Fact, FormerValue
from monitor.domain.measures import Rate
from monitor.domain.readings import Span, Verdict

WRONG, OUTDATED = rules.ALL["wrong_fact"], rules.ALL["outdated_fact"]


def _says(made, value, number=0, *, sample=0, assistant="gpt"):
    verdict, start = (Verdict.SUPPORTED, 0) if value == "79" else (Verdict.CONTRADICTED, 16)
    read = made.reading(claims=[made.claim(value, verdict, start=start)])
    return made.observe(read, number=number, sample=sample, assistant=assistant)


def test_a_single_slip_is_in_the_report_only(made, view):
    rounds = [_says(made, "99"), *(_says(made, "79", sample=n) for n in range(1, 9))]
    assert WRONG.find(view(rounds)) == []


def test_two_different_slips_are_no_finding(made, view):
    assert WRONG.find(view([_says(made, "99"), _says(made, "59", sample=1)])) == []


def test_two_answers_of_one_round_are_a_finding(made, view):
    (signal,) = WRONG.find(view([_says(made, "99"), _says(made, "99", sample=1), _says(made, "79", sample=2)]))
    assert signal.key == "wrong_fact:price"
    assert signal.headline == "gpt (OpenAI API) says your price is $99: it is $79"
    assert (signal.said, signal.truth) == ("$99", "Quillmark costs $79.")
    assert signal.voices[0].rate == Rate(hits=2, of=3)


def test_the_truth_is_the_one_of_the_rounds_day(made, view):
    day = made.at(0).date()
    price = made.SHEET.fact("price")
    changed = replace(
        price, since=day + timedelta(days=1), value=89, says="Now $89.", before=(FormerValue(value=79, until=day),)
    )
    sheet = replace(made.SHEET, facts=(changed,))
    (signal,) = WRONG.find(view([_says(made, "99"), _says(made, "99", sample=1)], sheet=sheet))
    assert signal.headline == "gpt (OpenAI API) says your price is $99: it is $79"
    assert signal.truth == "Price: $79"
    later = [_says(made, "99", 1), _says(made, "99", 1, sample=1)]
    (signal,) = WRONG.find(view(later, sheet=sheet))
    assert signal.truth == "Now $89."


def test_one_in_this_round_and_one_in_the_last_are_a_finding(made, view):
    (signal,) = WRONG.find(view([_says(made, "79", 0), _says(made, "99", 1), _says(made, "99", 2)]))
    voice = signal.voices[0]
    assert (voice.first_seen, voice.last_clean) == (made.at(1), made.at(0))


def test_findings_two_rounds_apart_are_none(made, view):
    assert WRONG.find(view([_says(made, "99", 0), _says(made, "79", 1), _says(made, "99", 2)])) == []


def test_two_in_the_last_round_and_none_in_this_are_none(made, view):
    rounds = [_says(made, "99", 1), _says(made, "99", 1, sample=1), _says(made, "79", 2)]
    assert WRONG.find(view(rounds)) == []


def test_hedged_words_alone_accuse_nobody(made, view):
    hedged = made.reading(claims=[made.claim("99", hedged=True)])
    assert WRONG.find(view([made.observe(hedged, sample=n) for n in range(3)])) == []


def test_several_assistants_are_counted(made, view):
    says = [("99", "gpt"), ("99", "claude"), ("99", "gemini"), ("79", "sonar")]
    (signal,) = WRONG.find(view([_says(made, value, assistant=name) for value, name in says]))
    assert signal.headline == "Three of four assistants say your price is $99: it is $79"
    assert [voice.assistant_id for voice in signal.voices] == ["claude", "gemini", "gpt"]


def test_all_of_them_and_since_when():
    fact = Fact(id="ceo", kind="person", about="chief executive", value="Ann Lee", since=date(2026, 5, 1))
    voices = [Voice(assistant_id=n, label=n, surface=Surface.API, rate=Rate(hits=1, of=1)) for n in "ab"]
    line = facts.headline(fact, "Bob Ray", voices, 2, still=True)
    assert line == "Both assistants still say your chief executive is Bob Ray: it is Ann Lee since 1 May 2026"


@pytest.mark.parametrize(
    ("fact", "said", "line"),
    [
        (Fact(id="x", kind="flag", about="free returns", value=True), "no", "“no” on “free returns”: it is “yes”"),
        (Fact(id="x", kind="set", about="founders", value=("A", "B")), "C", "your founders are C: they are A and B"),
        (Fact(id="x", kind="percent", about="share", value=82), "70 %", "your share is 70 %: it is 82 %"),
        (
            Fact(id="x", kind="money", unit="SEK", about="fee", value=1200),
            "9 SEK",
            "your fee is 9 SEK: it is 1,200 SEK",
        ),
        (
            Fact(id="x", kind="year", about="founding year", value=1994),
            "1989",
            "your founding year is 1989: it is 1994",
        ),
    ],
)
def test_each_kind_of_fact_makes_a_sentence(fact, said, line):
    voice = Voice(assistant_id="m", label="OpenAI API, m", surface=Surface.API, rate=Rate(hits=2, of=2))
    assert facts.headline(fact, said, [voice], 1).endswith(line)


def test_the_quote_marks_the_words_and_names_the_page_beside_them(made, view):
    cited = made.citation("forum.example", supports=Span(start=0, end=26))
    far = made.citation("far.example", supports=Span(start=27, end=39))
    read = made.reading(claims=[made.claim("$99", start=16)], citations=[cited, far])
    (signal,) = WRONG.find(view([made.observe(read, sample=n) for n in range(2)]))
    quote = signal.quotes[0]
    assert quote.text == "Quillmark costs $99 today."
    assert [quote.text[mark.start : mark.end] for mark in quote.marks] == ["$99"]
    assert quote.cited == ("https://forum.example/page",)
    assert "https://forum.example/page" in signal.advice[0]


def test_a_former_value_is_outdated_and_not_wrong(made, view):
    old = made.reading(claims=[made.claim("59", Verdict.OUTDATED)])
    now = view([made.observe(old, sample=n) for n in range(2)])
    assert WRONG.find(now) == []
    assert "still says your price is $59: it is $79" in OUTDATED.find(now)[0].headline


@pytest.fixture
def opened(made, view):
    """An open alert on the price, wrong in `hits` of `of` answers of round 0."""

    def of(hits, of_answers):
        rounds = [_says(made, "99" if n < hits else "79", sample=n) for n in range(of_answers)]
        (signal,) = WRONG.find(view(rounds))
        key = signal.key
        return rounds, Alert(
            id="a", brand="Quillmark", key=key, state=AlertState.OPEN, opened_at=made.at(0), signal=signal
        )

    return of


def test_one_clean_round_is_not_enough(made, view, opened):
    rounds, alert = opened(4, 4)
    assert WRONG.clean(view([*rounds, _says(made, "79", 1)]), alert) is False
    assert WRONG.clean(view([*rounds, _says(made, "79", 1), _says(made, "79", 2)]), alert) is True


def test_a_rare_error_needs_many_clean_answers(made, view, opened):
    rounds, alert = opened(2, 10)
    clean = [_says(made, "79", 1 + n // 4, sample=n % 4) for n in range(16)]
    assert WRONG.clean(view([*rounds, *clean[:12]]), alert) is False
    assert WRONG.clean(view([*rounds, *clean]), alert) is True


def test_an_answer_that_says_nothing_on_it_is_no_check(made, view, opened):
    rounds, alert = opened(4, 4)
    silent = [made.observe(made.reading(["Quillmark"]), number=n) for n in (1, 2, 3)]
    assert WRONG.clean(view([*rounds, *silent]), alert) is None


def test_every_assistant_that_said_it_must_have_been_asked(made, view):
    both = [_says(made, "99", assistant=name) for name in ("gpt", "claude")]
    (signal,) = WRONG.find(view(both))
    alert = Alert(id="a", brand="Quillmark", key=signal.key, state=AlertState.OPEN, opened_at=made.at(0), signal=signal)
    only_one = [_says(made, "79", number) for number in (1, 2, 3)]
    assert WRONG.clean(view([*both, *only_one]), alert) is False


def test_a_fact_that_left_the_sheet_gives_nothing(made, view):
    sheet = replace(made.SHEET, facts=())
    assert WRONG.find(view([_says(made, "99"), _says(made, "99", sample=1)], sheet=sheet)) == []


def test_enough_grows_as_the_error_gets_rarer():
    assert [clearing.enough(rate) for rate in (0.0, 0.1, 0.3, 0.9, 1.0)] == [1, 29, 9, 2, 1]


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("seats in the Pro plan", "your seats in the Pro plan are 30 seats: they are 25 seats"),
        ("size of the Pro plan", "your size of the Pro plan is 30 seats: it is 25 seats"),
    ],
)
def test_several_things_are_spoken_of_as_several(about, line):
    fact = Fact(id="seats", kind="number", about=about, value=25, unit="seats")
    voice = Voice(assistant_id="a", label="a", surface=Surface.API, rate=Rate(hits=2, of=2))
    assert facts.headline(fact, "30 seats", [voice], 1) == f"a says {line}"
