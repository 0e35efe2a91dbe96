"""What is asked for again, what its samples say, and what is not told in the end."""

from dataclasses import replace

import pytest

from monitor.alerts import facts, questions, suspecting
from monitor.domain.alerts import Alert, AlertState, HeldReason, Told
from monitor.domain.brand import ConfirmSettings, Severity
from monitor.domain.confirming import Confirmation, ConfirmationState
from monitor.domain.readings import Verdict
from monitor.domain.rounds import RoundKind


def _says(made, value, number=0, **more: object):
    verdict = Verdict.SUPPORTED if value == "79" else Verdict.CONTRADICTED
    hedged = more.pop("hedged", False)
    return made.observe(made.reading(claims=[made.claim(value, verdict, hedged=hedged)]), number=number, **more)


@pytest.fixture
def confirming(view):
    """A view in which new findings are asked for again."""

    def of(observations, *, limits=None, **more: object):
        known = {name: more.pop(name) for name in ("alerts", "confirmations") if name in more}
        return replace(view(observations, **more), confirm=limits or ConfirmSettings(), **known)

    return of


def _asked(view):
    return facts.questions(view, "wrong_fact", Verdict.CONTRADICTED)


def _suspected(view):
    return suspecting.suspicions(view, _asked(view))


def _confirmation(view, **more: object):
    (one,) = _suspected(view)
    made = Confirmation(
        id="c1",
        brand="Quillmark",
        round_id=view.round.id,
        asked_in="c",
        suspicion=one,
        state=ConfirmationState.ASKED,
        planned=6,
        opened_at=view.now,
    )
    return replace(made, **more)


def _sampled(made, hits, of, number=1):
    """Extra samples in the round `c`."""
    samples = [_says(made, "99" if n < hits else "79", number, sample=10 + n) for n in range(of)]
    return [replace(one, kind=RoundKind.CONFIRMING, round_id="c") for one in samples]


def test_a_critical_fact_that_is_new_is_suspected_and_not_told(made, confirming):
    now = confirming([_says(made, "79"), _says(made, "99", 1), _says(made, "99", 1, sample=1)])
    (one,) = _suspected(now)
    assert (one.key, one.severity) == ("wrong_fact:price:99", Severity.CRITICAL)
    assert one.headline == "gpt (OpenAI API) says your price is $99: it is $79"
    assert [trigger.answer_id for trigger in one.triggers] == ["a-1-gpt-open-0", "a-1-gpt-open-1"]
    waiting = replace(now, confirmations=(_confirmation(now),))
    assert questions.signals(waiting, _asked(waiting)) == []
    assert [held.reason for held in suspecting.held(waiting, _asked(waiting))] == [HeldReason.CONFIRMING]
    assert _suspected(waiting) == []


@pytest.mark.parametrize(
    ("limits", "number"),
    [(ConfirmSettings(samples=0), 0), (ConfirmSettings(), 1), (ConfirmSettings(severity=Severity.MAJOR), 2)],
)
def test_the_brand_file_says_which_facts_are_asked_for_again(made, confirming, limits, number):
    claims = [made.claim("99"), made.claim("1989", fact="founded", start=2)]
    assert len(_suspected(confirming([made.observe(made.reading(claims=claims), number=1)], limits=limits))) == number


def test_the_opening_balance_asks_nothing_again(made, confirming):
    now = confirming([_says(made, "99", sample=n) for n in range(2)], first_round=True)
    assert _suspected(now) == []
    assert len(questions.signals(now, _asked(now))) == 1


def test_hedged_words_are_not_asked_for_again(made, confirming):
    now = confirming([_says(made, "99", 1, hedged=True)])
    assert _suspected(now) == []
    (held,) = suspecting.held(now, _asked(now))
    assert held.why == "It is only said with reservations."


def test_siblings_are_prompts_of_the_topic_that_speak_of_it(made, confirming):
    far = replace(made.BRANDED, id="far", topic="elsewhere")
    rounds = [
        _says(made, "99", 1, prompt=made.OPEN),
        _says(made, "79", 1, prompt=made.OTHER),
        _says(made, "79", 1, prompt=far),
        made.observe(made.reading(), number=1, prompt=replace(made.OTHER, id="mute")),
        _says(made, "79", 1, prompt=replace(made.OTHER, id="trap", leading=True)),
    ]
    (one,) = _suspected(confirming(rounds))
    assert [prompt.id for prompt in one.siblings] == ["other"]


@pytest.mark.parametrize(
    ("counted", "state", "said"),
    [
        ((5, 6), ConfirmationState.CONFIRMED, "5 of 6 extra samples (83 %, 95 % interval 10-90 %) said it too."),
        ((2, 6), ConfirmationState.CONFIRMED, "2 of 6 extra samples"),
        ((1, 6), ConfirmationState.SLIP, "said it too, which may be chance."),
        ((0, 6), ConfirmationState.SLIP, "none of 6 extra samples"),
        ((0, 0), ConfirmationState.UNASKED, "none of 6 extra samples spoke of it."),
        ((1, 1), ConfirmationState.UNASKED, "only 1 of 6 extra samples spoke of it."),
    ],
)
def test_what_the_samples_say(made, confirming, counted, state, said):
    hits, of = counted
    now = confirming([_says(made, "99", 1)])
    waiting = _confirmation(now)
    later = confirming([_says(made, "99", 1), *_sampled(made, hits, of)], number=1, confirmations=(waiting,))
    later = replace(later, history=tuple(one for one in _sampled(made, hits, of)))
    ended = suspecting.settled(later, _asked(later)[0], waiting)
    assert ended.state is state
    assert said in ended.why
    decided = replace(later, confirmations=(ended,))
    found = questions.signals(decided, _asked(decided))
    assert bool(found) is (state is ConfirmationState.CONFIRMED)
    if found:
        (voice,) = found[0].voices
        assert (voice.rate.hits, voice.rate.of, voice.noun) == (hits, of, "extra samples")
        assert found[0].confirmed == ended.why


def test_what_could_not_be_asked_is_told_as_without_confirmation(made, confirming):
    now = confirming([_says(made, "99", 1), _says(made, "99", 1, sample=1)])
    failed = _confirmation(now, state=ConfirmationState.UNASKED, asked_in="", why="There was no key.")
    (signal,) = questions.signals(replace(now, confirmations=(failed,)), _asked(now))
    assert signal.confirmed == "There was no key. Two answers or more say it, so it is told all the same."
    single = confirming([_says(made, "99", 1)])
    assert questions.signals(replace(single, confirmations=(failed,)), _asked(single)) == []


def test_what_later_rounds_say_again_is_told_without_more_samples(made, confirming):
    first = confirming([_says(made, "99", 1)])
    slip = _confirmation(first, state=ConfirmationState.SLIP)
    rounds = [_says(made, "99", 1), *(_says(made, "99", 2, sample=n) for n in range(2))]
    now = confirming(rounds, confirmations=(slip,))
    assert _suspected(now) == []
    (signal,) = questions.signals(now, _asked(now))
    assert signal.confirmed.startswith("It was first seen on 3 March 2026; 2 of 2 later answers")


def test_the_same_suspicion_is_asked_for_again_twice_a_week(made, confirming):
    slips = tuple(
        replace(_confirmation(confirming([_says(made, "99", day)])), id=f"c{day}", state=ConfirmationState.SLIP)
        for day in (1, 2)
    )
    rounds = [_says(made, "99", 3), *(_says(made, "79", day, sample=n) for day in (1, 2) for n in range(30))]
    assert len(_suspected(confirming(rounds, confirmations=slips[:1]))) == 1
    assert _suspected(confirming(rounds, confirmations=slips)) == []


def test_another_wrong_value_beside_an_open_alert_is_asked_for_again(made, confirming):
    (signal,) = questions.signals(
        confirming([_says(made, "99", sample=n) for n in range(2)], first_round=True), _asked(confirming([]))
    )
    alert = Alert(
        id="a",
        brand="Quillmark",
        key=signal.key,
        state=AlertState.OPEN,
        opened_at=made.at(0),
        signal=signal,
        told=Told(assistants=("gpt",), values=("99",)),
    )
    now = confirming([_says(made, "99", 1), _says(made, "59", 1, sample=1)], alerts=(alert,))
    assert [one.value for one in _suspected(now)] == ["59"]
    assert questions.signals(now, _asked(now))[0].values == ("99",)
