"""What every rule keeps to: run over whatever is in the folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alerts import rules
from monitor.domain.alerts import Alert, AlertState
from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Shift
from monitor.domain.readings import Span, StanceLabel, Verdict
from monitor.domain.rounds import MissReason, RoundKind

NAMES = sorted(rules.ALL)


def _bad(made, number):
    """Answers that give every rule something to find."""
    claims = [made.claim("99"), made.claim("1989", Verdict.OUTDATED, fact="founded", start=2)]
    read = made.reading(
        ["Quillmark"],
        claims=claims,
        statements=[made.statement()],
        stance={"Quillmark": StanceLabel.NEGATIVE},
        citations=[made.citation("rumours.example", supports=Span(start=0, end=26))],
    )
    return [
        *(made.observe(read, number=number, sample=sample) for sample in range(4)),
        *(made.observe(number=number, assistant="mute", miss=MissReason.QUOTA, sample=sample) for sample in range(2)),
    ]


def _good(made, number):
    right = [made.claim("79", Verdict.SUPPORTED), made.claim("1994", Verdict.SUPPORTED, fact="founded")]
    read = made.reading(["Quillmark"], claims=right)
    return [made.observe(read, number=number, assistant=name, sample=s) for name in ("gpt", "mute") for s in range(4)]


# What each measure is about, what it was while all was well, and what it became.
MOVES = {
    Measure.VISIBILITY: ("Quillmark", 0.6, 0.3),
    Measure.RECOMMENDED: ("Quillmark", 0.6, 0.3),
    Measure.FIRST_CHOICE: ("Quillmark", 0.6, 0.3),
    Measure.POSITION: ("Quillmark", 1.5, 2.5),
    Measure.LIST_RANK: ("Quillmark", 1.5, 4.5),
    Measure.SHARE_OF_VOICE: ("Quillmark", 0.6, 0.3),
    Measure.CITATION_RATE: ("Quillmark", 0.6, 0.3),
    Measure.NET_STANCE: ("Quillmark", 0.6, -0.3),
    Measure.ACCURACY: ("", 0.9, 0.5),
    Measure.CONTRADICTED_RATE: ("price", 0.1, 0.5),
    Measure.OUTDATED_RATE: ("founded", 0.1, 0.5),
    Measure.REFUSAL_RATE: ("", 0.1, 0.5),
    Measure.MISS_RATE: ("", 0.1, 0.5),
    Measure.LEAD: ("Penfold", 0.4, -0.4),
    Measure.CITED: ("quillmark.example", 0.9, 0.1),
}


def _worse(made, number):
    return [_shift(made, number, m, about, (was, became)) for m, (about, was, became) in MOVES.items()]


def _better(made, number):
    return [_shift(made, number, m, about, (became, was)) for m, (about, was, became) in MOVES.items()]


def _shift(made, number, measure, subject, values):
    before, after = values
    series = Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject=subject)

    def estimate(rate):
        of = Rate(hits=100 * rate, of=100)
        interval = Interval(low=rate - 0.1, high=rate + 0.1)
        unit = "" if measure in {Measure.POSITION, Measure.LIST_RANK} else "%"
        return Estimate(series=series, rate=of, interval=interval, answers=100, prompts=10, unit=unit)

    return Shift(
        series=series,
        before=estimate(before),
        after=estimate(after),
        since=made.at(number - 1).date(),
        found=made.at(number).date(),
        evidence=5000,
        test="a test",
    )


@pytest.fixture
def found(made, view):
    """Every rule's signals in a round in which everything is wrong, by rule."""
    now = view([*_good(made, 0), *_bad(made, 1)], shifts=_worse(made, 1))
    return {name: rules.ALL[name].find(now) for name in NAMES}


def _alert(signal, made):
    return Alert(id="a1", brand="Quillmark", key=signal.key, state=AlertState.OPEN, opened_at=made.at(1), signal=signal)


def test_the_folder_is_the_registry():
    folder = Path(rules.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_is_named_as_its_file_and_says_what_it_is(name):
    assert rules.ALL[name].name == name


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_what_is_there(name, found):
    assert found[name]


@pytest.mark.parametrize("name", NAMES)
def test_its_signals_can_be_told(name, found, made):
    for signal in found[name]:
        assert signal.rule == name
        assert signal.key.startswith(f"{name}:")
        assert 20 < len(signal.headline) < 200
        assert "\n" not in signal.headline
        assert signal.headline[0].isupper() or signal.headline.startswith(("gpt", "mute", "rumours.example"))
        assert all(line.endswith((".", "!", "?")) for line in signal.advice)
        assert signal.said
        assert signal.voices
        assert all(voice.label and voice.rate.of > 0 for voice in signal.voices)
        for quote in signal.quotes:
            assert quote.marks
            assert all(0 <= mark.start < mark.end <= len(quote.text) for mark in quote.marks)
            assert quote.text in made.observe().text


@pytest.mark.parametrize("name", NAMES)
def test_two_rounds_without_it_resolve_it(name, found, made, view):
    rounds = [*_bad(made, 1), *_good(made, 2), *_good(made, 3), *_good(made, 4)]
    later = view(rounds, shifts=[*_worse(made, 1), *_better(made, 4)])
    for signal in found[name]:
        assert rules.ALL[name].clean(later, _alert(signal, made)) is True
    assert rules.ALL[name].find(later) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("silence", ["nothing", "others only"])
def test_not_asked_never_resolves(name, silence, found, made, view):
    others = [made.observe(made.reading(["Quillmark"]), number=3, assistant="third")]
    before = [*_bad(made, 1), *_good(made, 2)]
    later = view([*before, *(others if silence == "others only" else [])], number=3)
    for signal in found[name]:
        assert rules.ALL[name].clean(later, _alert(signal, made)) is None


@pytest.mark.parametrize("name", NAMES)
def test_what_was_asked_for_a_reason_does_not_count(name, made, view):
    confirming = [replace(o, kind=RoundKind.CONFIRMING) for o in _bad(made, 1) if o.reading is not None]
    assert rules.ALL[name].find(view([*_good(made, 0), *confirming])) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_observations_does_not_matter(name, made, view):
    rounds = [*_good(made, 0), *_bad(made, 1)]
    forth, back = view(rounds, shifts=_worse(made, 1)), view(rounds[::-1], shifts=_worse(made, 1))
    assert rules.ALL[name].find(forth) == rules.ALL[name].find(back)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_round_finds_nothing(name, view):
    assert rules.ALL[name].find(view([])) == []
