from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import checked, dismissals, rules
from monitor.domain import wording
from monitor.domain.alerts import NoticeReason
from monitor.domain.opinions import JudgeVerdict, Opinion, Question
from monitor.domain.readings import Verdict
from monitor.domain.reviews import Decision
from monitor.domain.rounds import RoundKind
from monitor.domain.wording import phrase


def _round(made, number, value="99", count=4):
    read = made.reading(["Quillmark"], claims=[made.claim(value)], statements=[made.statement()])
    return [made.observe(read, number=number, sample=sample) for sample in range(count)]


def _signals(view):
    return [signal for name in ("wrong_fact", "new_statement") for signal in rules.ALL[name].find(view)]


def _words(observations):
    """How all findings of these observations are put."""
    claims = [wording.of_claim(o.text, c) for o in observations for c in o.reading.claims if c.verdict.wrong]
    return frozenset(claims) | {wording.of_statement(o.text, s) for o in observations for s in o.reading.new_statements}


@pytest.fixture
def opened(made, view, new_id, decide):
    """A wrong fact and a new statement, found in the round before, with their alerts."""
    seen = _round(made, 1)
    now = view(seen)
    changes = decide(now, _signals(now), [], new_id=new_id)
    assert [change.alert.signal.rule for change in changes] == ["new_statement", "wrong_fact"]
    return seen, [change.alert for change in changes]


def test_every_quote_says_how_its_finding_is_put(opened):
    seen, alerts = opened
    quoted = {each for alert in alerts for quote in alert.signal.quotes for each in quote.wordings}
    assert quoted == _words(seen)


def test_dismissed_words_make_no_signal(made, view, opened):
    seen, _ = opened
    assert _signals(view(list(dismissals.without(seen, _words(seen))))) == []


def test_what_is_dismissed_is_unverified_and_no_proof_of_the_right_value(made, opened):
    seen, _ = opened
    (left, *_) = dismissals.without(seen, _words(seen))
    assert [claim.verdict for claim in left.reading.claims] == [Verdict.UNVERIFIED]
    assert left.reading.verdict_on("price") is None
    assert left.reading.new_statements == ()
    assert dismissals.without(seen, frozenset()) == tuple(seen)


def test_a_right_claim_in_dismissed_words_stays(made):
    right = made.observe(made.reading(["Quillmark"], claims=[made.claim("79", Verdict.SUPPORTED)]), number=1)
    said = frozenset({wording.of_claim(right.text, right.reading.claims[0])})
    assert dismissals.without([right], said) == (right,)


def test_an_alert_whose_every_quote_was_dismissed_is_closed_with_its_reason(made, view, opened, new_id, decide):
    seen, alerts = opened
    later = _round(made, 2)
    words = _words([*seen, *later])
    now = replace(view([*dismissals.without([*seen, *later], words)]), dismissed=words)
    changes = decide(now, _signals(now), alerts, new_id=new_id)
    assert [change.reason for change in changes] == [NoticeReason.RESOLVED] * 2
    assert {change.alert.why for change in changes} == {dismissals.WHY}
    assert decide(now, _signals(now), [change.alert for change in changes], new_id=new_id) == []


def test_an_alert_with_one_quote_left_stays(opened):
    seen, alerts = opened
    (fact,) = [alert for alert in alerts if alert.signal.rule == "wrong_fact"]
    words = _words(seen)
    assert dismissals.is_dismissed(fact, words)
    other = replace(fact.signal.quotes[0], wordings=(replace(next(iter(words)), phrase="other words"),))
    more = replace(fact, signal=replace(fact.signal, quotes=(*fact.signal.quotes, other)))
    assert not dismissals.is_dismissed(more, words)


@pytest.mark.parametrize("quotes", [(), "without wordings"])
def test_an_alert_that_quotes_nothing_is_never_dismissed(opened, quotes):
    seen, (alert, *_) = opened
    bare = tuple(replace(quote, wordings=()) for quote in alert.signal.quotes) if quotes else ()
    assert not dismissals.is_dismissed(replace(alert, signal=replace(alert.signal, quotes=bare)), _words(seen))


def test_an_import_opens_and_closes_nothing(made, view, opened, new_id, decide):
    seen, alerts = opened
    words = _words(seen)
    imported = replace(view(seen, kind=RoundKind.IMPORTED), dismissed=words)
    assert decide(imported, [], alerts, new_id=new_id) == []


def _opinion(made, alert, verdict, *, model="judge-1", number=0, days=0):
    quote = alert.signal.quotes[number]
    question = Question(
        id=f"q{number}",
        answer_id=quote.answer_id,
        wording=quote.wordings[0],
        span=quote.marks[0],
        found=Verdict.CONTRADICTED,
    )
    asked = made.at(1) + timedelta(days=days)
    return Opinion(question=question, verdict=verdict, model=model, cost=Decimal(0), asked_at=asked)


@pytest.fixture
def told(opened):
    """What is said beside the wrong fact's alert, given opinions and reviews."""
    _, alerts = opened
    (alert,) = [each for each in alerts if each.signal.rule == "wrong_fact"]
    change = dismissals.closed(alert, alert.opened_at)

    def of(*opinions: Opinion, decided=None):
        return checked.told(change, opinions, decided or {}).alert.signal.checked

    of.alert = alert
    return of


def test_without_other_eyes_nothing_is_said(told):
    assert told() == ""


def test_one_word_where_all_opinions_are_alike(made, told):
    wrong = JudgeVerdict.CONTRADICTED
    both = [_opinion(made, told.alert, wrong, number=number) for number in (0, 1)]
    assert told(*both) == "second opinion by judge-1: agrees"
    assert told(_opinion(made, told.alert, JudgeVerdict.SUPPORTED)) == "second opinion by judge-1: disagrees"
    assert told(_opinion(made, told.alert, JudgeVerdict.INCONCLUSIVE)) == "second opinion by judge-1: undecided"


def test_numbers_where_they_differ(made, told):
    verdicts = (JudgeVerdict.CONTRADICTED, JudgeVerdict.OUTDATED, JudgeVerdict.SUPPORTED)
    said = [_opinion(made, told.alert, verdict, number=number) for number, verdict in enumerate(verdicts)]
    assert told(*said) == "second opinion by judge-1: agrees on 2 of 3 quotes, disagrees on 1"


def test_the_newest_opinion_of_each_judge_counts(made, told):
    old, new = JudgeVerdict.SUPPORTED, JudgeVerdict.CONTRADICTED
    said = [_opinion(made, told.alert, new, days=1), _opinion(made, told.alert, old)]
    assert told(*said) == "second opinion by judge-1: agrees"
    anna = _opinion(made, told.alert, old, model="anna", days=2)
    assert told(*said, anna) == "second opinion by judge-1: agrees; second opinion by anna: disagrees"


def test_opinions_on_other_findings_are_not_told(made, told):
    other = _opinion(made, told.alert, JudgeVerdict.SUPPORTED)
    elsewhere = replace(other, question=replace(other.question, answer_id="elsewhere"))
    assert told(elsewhere) == ""


def test_a_person_s_word_is_told(told):
    words = told.alert.signal.quotes[0].wordings[0]
    assert told(decided={words: Decision.CONFIRMED}) == "confirmed by a person"
    assert told(decided={words: Decision.DISMISSED}) == ""


@given(st.text())
def test_a_phrase_of_a_phrase_is_itself(text):
    assert phrase(phrase(text)) == phrase(text)


@given(st.lists(st.from_regex(r"[a-z]{1,8}|[0-9]{1,4}", fullmatch=True), min_size=1), st.sampled_from(["**", "_", "`"]))
def test_marks_case_and_white_space_make_no_other_phrase(words, mark):
    plain = " ".join(words)
    loud = f"  {mark}{words[0].upper()}{mark} " + " \n".join(words[1:]) + "!"
    assert phrase(loud) == phrase(plain)
