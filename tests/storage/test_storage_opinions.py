"""Second opinions beside the analyzer's verdicts; calls to judges inside the budget; reviews that stay."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from monitor.domain.answers import Exchange, Reply
from monitor.domain.brand import Budget
from monitor.domain.opinions import JudgeVerdict, Opinion, Question
from monitor.domain.readings import Span, Verdict
from monitor.domain.reviews import Decision, Review
from monitor.domain.rounds import Miss, MissReason, Outcome
from monitor.domain.wording import Wording, WordingKind
from storage import judgings, migrations, opinions, reviews, spending
from storage.judgings import Judging
from storage.store import Store

DAY = timedelta(days=1)
WORDING = Wording(kind=WordingKind.FACT, subject="founded", phrase="corvane was founded in 1950")


@pytest.fixture
def opinion(answered, samples):
    question = Question(
        id="q1",
        answer_id=answered,
        wording=WORDING,
        span=Span(start=0, end=9),
        found=Verdict.CONTRADICTED,
        value="1950",
        why="The sheet says 1943.",
    )
    return Opinion(
        question=question,
        verdict=JudgeVerdict.SUPPORTED,
        quote=Span(start=2, end=5),
        why="It is told as history.",
        model="gpt-5-mini",
        cost=Decimal("0.000125"),
        asked_at=samples.now,
    )


def test_both_verdicts_come_back_as_they_went_in(store, samples, opinion):
    statement = Wording(kind=WordingKind.TOPIC, subject="recall", phrase="fork recall")
    unsure = replace(
        opinion,
        question=replace(opinion.question, id="q2", wording=statement, found=None),
        verdict=JudgeVerdict.INCONCLUSIVE,
        quote=None,
        cost=None,
    )
    with store.transaction() as tx:
        opinions.save(tx, samples.brand, [opinion, unsure])
    with store.snapshot() as tx:
        assert opinions.of_answers(tx, samples.brand, {opinion.question.answer_id}) == [opinion, unsure]
        assert opinions.opinions(tx, samples.brand, samples.now, samples.now + DAY) == [opinion, unsure]
        assert opinions.opinions(tx, samples.brand, samples.now - DAY, samples.now) == []
        assert opinions.of_answers(tx, "Another", {opinion.question.answer_id}) == []
        assert opinions.of_answers(tx, samples.brand, set()) == []


def test_a_judge_that_is_asked_again_has_one_opinion(store, samples, opinion):
    changed = replace(opinion, verdict=JudgeVerdict.CONTRADICTED, asked_at=samples.now + DAY)
    other = replace(opinion, model="anna")
    with store.transaction() as tx:
        opinions.save(tx, samples.brand, [opinion])
        opinions.save(tx, samples.brand, [changed, other])
    with store.snapshot() as tx:
        assert opinions.of_answers(tx, samples.brand, {opinion.question.answer_id}) == [other, changed]
        assert opinions.known(tx, samples.brand, model="gpt-5-mini") == {"q1"}
        assert opinions.known(tx, samples.brand, model="nobody") == set()


@pytest.fixture
def judging(samples):
    return Judging(id="j1", brand=samples.brand, model="gpt-5-mini", month=samples.now.replace(day=1), round_id="r1")


def reserve(store, samples, judging, worst, budget=None):
    with store.transaction() as tx:
        return judgings.reserve(tx, judging, None if worst is None else Decimal(worst), budget or Budget(), samples.now)


def settle(store, samples, judging, **outcome: object):
    exchange = Exchange(request="{}", response=b"\xffraw", status=200, url="https://x.example", sent_at=samples.now)
    with store.transaction() as tx:
        judgings.settle(tx, judging, Outcome(exchanges=(exchange,), **outcome), samples.now)


def taken(store, samples, judging):
    with store.snapshot() as tx:
        month = spending.of_month(tx, samples.brand, judging.month)
        return month.spent, month.held, judgings.spent(tx, samples.brand, samples.now, samples.now + DAY)


def test_a_call_takes_its_worst_case_and_then_its_cost(store, samples, judging):
    assert reserve(store, samples, judging, "0.02", Budget(per_month=Decimal("0.02"))) is None
    assert taken(store, samples, judging) == (Decimal(0), Decimal("0.02"), Decimal("0.02"))
    settle(store, samples, judging, reply=Reply(text="{}"), cost=Decimal("0.003"))
    assert taken(store, samples, judging) == (Decimal("0.003"), Decimal(0), Decimal("0.003"))


def test_what_does_not_fit_is_not_written(store, samples, judging):
    miss = reserve(store, samples, judging, "0.02", Budget(per_month=Decimal("0.01")))
    assert miss.reason is MissReason.BUDGET
    assert taken(store, samples, judging) == (Decimal(0), Decimal(0), Decimal(0))
    assert reserve(store, samples, judging, None, Budget(per_round=Decimal(1))).reason is MissReason.BUDGET
    assert reserve(store, samples, judging, None) is None


def test_a_call_that_may_have_been_charged_stays_set_aside(store, samples, judging):
    reserve(store, samples, judging, "0.02")
    settle(store, samples, judging, miss=Miss(reason=MissReason.TIMEOUT, detail="No whole reply.", charged=None))
    assert taken(store, samples, judging) == (Decimal(0), Decimal("0.02"), Decimal("0.02"))


def test_a_call_that_surely_cost_nothing_gives_its_worst_case_back(store, samples, judging):
    reserve(store, samples, judging, "0.02")
    settle(store, samples, judging, miss=Miss(reason=MissReason.CONNECT, detail="No connection.", charged=False))
    assert taken(store, samples, judging) == (Decimal(0), Decimal(0), Decimal(0))


@pytest.fixture
def review(samples):
    return Review(
        id=WORDING.id(samples.brand),
        brand=samples.brand,
        wording=WORDING,
        decision=Decision.DISMISSED,
        quote="Corvane was founded in 1950.",
        answer_id="a",
        alert_id="al",
        reviewed_at=samples.now,
    )


def test_a_dismissal_is_kept_by_its_words(store, samples, review):
    with store.transaction() as tx:
        reviews.save(tx, [review])
    with store.snapshot() as tx:
        assert reviews.dismissed(tx, samples.brand) == {WORDING}
        assert reviews.decided(tx, samples.brand) == {WORDING: Decision.DISMISSED}
        assert reviews.dismissed(tx, "Another") == frozenset()
        assert reviews.reviews(tx, samples.brand, samples.now, samples.now + DAY) == [review]
        assert reviews.find(tx, samples.brand, review.id) == review
        assert reviews.find(tx, samples.brand, "none") is None


def test_the_last_word_on_the_same_words_counts(store, samples, review):
    later = replace(review, decision=Decision.CONFIRMED, reviewed_at=samples.now + DAY)
    with store.transaction() as tx:
        reviews.save(tx, [review])
        reviews.save(tx, [later])
    with store.snapshot() as tx:
        assert reviews.dismissed(tx, samples.brand) == frozenset()
        assert reviews.reviews(tx, samples.brand, samples.now, samples.now + 2 * DAY) == [later]


def test_a_long_phrase_is_kept_whole(store, samples, review):
    long = replace(WORDING, phrase="a very long sentence " * 1000)
    with store.transaction() as tx:
        reviews.save(tx, [replace(review, id=long.id(samples.brand), wording=long)])
    with store.snapshot() as tx:
        assert reviews.dismissed(tx, samples.brand) == {long}


def test_a_store_of_the_first_version_keeps_its_alerts(tmp_path):
    """What was written before there were reviews is there after the migration."""
    path = tmp_path / "likeness.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as old:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = old
        command.upgrade(config, "0001")
        old.execute(
            text(
                "INSERT INTO alerts (id, brand, key, state, rule, severity, opened_at, signal) "
                "VALUES ('a', 'Corvane', 'k', 'open', 'wrong_fact', 'major', '2026-11-01 00:00:00', '{}')"
            )
        )
    engine.dispose()
    opened = Store.open(f"sqlite:///{path}")
    with opened.snapshot() as tx:
        assert tx.connection().execute(text("SELECT id, why FROM alerts")).all() == [("a", "")]
        assert reviews.dismissed(tx, "Corvane") == frozenset()
    opened.close()
