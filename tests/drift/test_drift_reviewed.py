from datetime import UTC, datetime
from decimal import Decimal

import pytest

from monitor.domain.measures import Rate
from monitor.domain.opinions import JudgeVerdict, Opinion, Question
from monitor.domain.readings import Span, Verdict
from monitor.domain.reviews import Decision, Review, SecondReader
from monitor.domain.wording import Wording, WordingKind
from monitor.drift.reviewed import reviewed

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _wording(subject, number):
    return Wording(kind=WordingKind.FACT, subject=subject, phrase=f"words {number}")


def _review(number, *, right, subject="price"):
    said = _wording(subject, number)
    decision = Decision.CONFIRMED if right else Decision.DISMISSED
    return Review(id=said.id("Q"), brand="Q", wording=said, decision=decision, reviewed_at=NOW)


def _opinion(number, verdict, cost="0.01", model="judge-1"):
    question = Question(
        id=f"q{number}",
        answer_id="a",
        wording=_wording("price", number),
        span=Span(start=0, end=1),
        found=Verdict.CONTRADICTED,
    )
    known = None if cost is None else Decimal(cost)
    return Opinion(question=question, verdict=verdict, model=model, cost=known, asked_at=NOW)


def test_precision_has_its_n_and_an_interval():
    found = reviewed([_review(n, right=n != 3, subject=f"fact{n % 6}") for n in range(12)], [])
    assert found.right == Rate(hits=11, of=12)
    assert found.interval.low < 11 / 12 < found.interval.high
    assert found.readers == ()


def test_findings_on_one_fact_tell_less_than_as_many_on_several():
    alike = reviewed([_review(n, right=n > 3, subject="price") for n in range(12)], [])
    apart = reviewed([_review(n, right=n > 3, subject=f"fact{n}") for n in range(12)], [])
    assert alike.interval.high - alike.interval.low > apart.interval.high - apart.interval.low


def test_where_nobody_looked_there_is_nothing():
    assert reviewed([], []) is None


def test_opinions_without_reviews_claim_no_precision():
    found = reviewed([], [_opinion(1, JudgeVerdict.OUTDATED)])
    assert found.right.value is None
    assert found.interval is None


def test_each_judge_is_counted_apart():
    verdicts = (JudgeVerdict.CONTRADICTED, JudgeVerdict.SUPPORTED, JudgeVerdict.INCONCLUSIVE)
    found = reviewed([], [_opinion(n, v) for n, v in enumerate(verdicts)] + [_opinion(9, verdicts[0], None, "anna")])
    assert found.readers == (
        SecondReader(model="anna", asked=1, agrees=1, disagrees=0, undecided=0, cost=None),
        SecondReader(model="judge-1", asked=3, agrees=1, disagrees=1, undecided=1, cost=Decimal("0.03")),
    )


@pytest.mark.parametrize("right", [0, 12])
def test_all_or_nothing_still_has_an_interval(right):
    found = reviewed([_review(n, right=n < right, subject=f"fact{n}") for n in range(12)], [])
    assert 0 <= found.interval.low < found.interval.high <= 1
