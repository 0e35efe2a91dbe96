"""Jobs are rows: there with what made them due or not at all, cut into shares that nobody holds twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import text

from monitor.domain.jobs import Job, Share, Step, asking, shares
from monitor.domain.readings import Outcome as ReadingOutcome
from monitor.domain.readings import Reading
from monitor.domain.rounds import AttemptState, RoundState
from storage import attempts, queueing, readings, rounds
from storage import shares as share_rows
from storage.errors import StoreError
from storage.store import Store


def migrations():
    return {path.name: path.read_text() for path in Path(SchemaManager.get_migrations_path()).glob("*.sql")}


@pytest.fixture
def store(empty_postgres):
    opened = Store.open(empty_postgres())
    queueing.prepare(opened, SchemaManager.get_schema(), migrations())
    yield opened
    opened.close()


def jobs(store, column="lock", where="true"):
    with store.snapshot() as tx:
        query = f"SELECT {column} FROM procrastinate_jobs WHERE {where} ORDER BY id"  # noqa: S608  -- written here
        return tx.connection().execute(text(query)).scalars().all()


def mark(store, status):
    with store.transaction() as tx:
        tx.connection().execute(text("UPDATE procrastinate_jobs SET status = :to"), {"to": status})


def test_a_job_is_there_with_its_rows_or_not_at_all(store):
    tell = Job(step=Step.TELL, brand="Corvane")
    with store.transaction() as tx:
        queueing.enqueue(tx, [tell])
        tx.rollback()
    assert jobs(store) == []
    with store.transaction() as tx:
        queueing.enqueue(tx, [tell, *asking("Corvane", "r1", 120, a_prompt=2)])
    assert jobs(store) == ["tell:Corvane", "ask:r1:0/3", "ask:r1:1/3", "ask:r1:2/3"]
    assert jobs(store, "queue_name") == ["desk", "ask", "ask", "ask"]


def test_a_job_comes_back_as_it_was(store):
    job = Job(step=Step.READ, brand="O'Neil & <b>", round_id="r%1", share=Share(number=2, of=7))
    with store.transaction() as tx:
        queueing.enqueue(tx, [job])
    (args,) = jobs(store, "args")
    assert queueing.job_of(Step.READ, args) == job


def test_what_a_clock_asks_for_again_waits_once(store):
    plan = Job(step=Step.PLAN, brand="Corvane")
    for status in ("todo", "doing"):
        mark(store, status)
        with store.transaction() as tx:
            queueing.enqueue_once(tx, [plan, plan])
        assert len(jobs(store)) == 1
    mark(store, "succeeded")
    with store.transaction() as tx:
        queueing.enqueue_once(tx, [plan])
    assert len(jobs(store)) == 2


def test_only_what_ended_long_ago_is_forgotten(store):
    with store.transaction() as tx:
        queueing.enqueue(tx, [Job(step=Step.PLAN, brand=name) for name in "abc"])
        tx.connection().execute(text("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE lock <> 'plan:c'"))
        tx.connection().execute(text("UPDATE procrastinate_events SET at = now() - interval '2 days' WHERE job_id = 1"))
        assert queueing.forget(tx, timedelta(days=1)) == 1
    assert jobs(store) == ["plan:b", "plan:c"]


def test_the_queues_tables_are_made_once_and_grow_with_their_program(store):
    queueing.prepare(store, "SELECT 1/0", migrations())
    queueing.prepare(store, "SELECT 1/0", migrations() | {"99.00.00_01_new.sql": "CREATE TABLE newer (x text)"})
    queueing.prepare(store, "SELECT 1/0", migrations() | {"99.00.00_01_new.sql": "SELECT 1/0"})
    with store.snapshot() as tx:
        assert tx.connection().execute(text("SELECT count(*) FROM newer")).scalar() == 0


@pytest.mark.parametrize("a_prompt", [1, 2, 3, 4, 6, 36])
def test_every_probe_is_in_one_share_and_every_share_asks_all_assistants(a_prompt):
    cut = shares(600, a_prompt=a_prompt)
    members = [[place for place in range(600) if place % share.of == share.number] for share in cut]
    assert sorted(place for share in members for place in share) == list(range(600))
    if 600 // len(cut) >= a_prompt:
        assert all({place % a_prompt for place in share} == set(range(a_prompt)) for share in members)


def test_a_share_is_fenced_off_its_former_holder_and_its_late_answer_is_kept(store, samples, new_id):
    probes = samples.open(store, 4)
    ledger = samples.ledger(store, new_id)
    reserved, sent, other = (ledger.reserve(probe, None, samples.now) for probe in (probes[0], probes[2], probes[1]))
    ledger.sent(sent, "hash", samples.now)
    with store.transaction() as tx:
        assert share_rows.fence(tx, "r1", Share(number=0, of=2), samples.now) == 2
    with store.transaction() as tx:
        states = [attempts.newest_of(tx, probe.id).state for probe in probes[:3]]
        assert [one.id for one in rounds.unasked(tx, "r1", share=Share(number=0, of=2))] == [probes[0].id]
    assert states == [AttemptState.MISSED, AttemptState.RESERVED, AttemptState.UNKNOWN]
    with pytest.raises(StoreError, match="given up"):
        ledger.sent(reserved, "hash", samples.now)
    ledger.settle(sent, samples.outcome(), samples.now)
    with store.transaction() as tx:
        assert attempts.newest_of(tx, probes[2].id).state is AttemptState.ANSWERED
        assert attempts.newest_of(tx, probes[1].id).id == other.id


def test_a_round_is_ready_when_nothing_more_can_come(store, samples, new_id):
    probes = samples.open(store, 2)
    ledger = samples.ledger(store, new_id)
    version = {"analyzer": "a1", "sheet": "abc"}

    def ready():
        with store.transaction() as tx:
            return share_rows.ready(tx, "r1", **version)

    first, second = (ledger.reserve(probe, None, samples.now) for probe in probes)
    ledger.sent(first, "hash", samples.now)
    ledger.sent(second, "hash", samples.now)
    ledger.settle(first, samples.outcome(), samples.now)
    assert not ready(), "a call is out"
    with store.transaction() as tx:
        attempts.lose(tx, attempts.standing(tx, second.id), samples.now)
    assert not ready(), "an answer is unread"
    with store.transaction() as tx:
        answer = tx.connection().execute(text("SELECT id FROM answers")).scalar()
        readings.save(tx, [Reading(answer_id=answer, outcome=ReadingOutcome.ANSWER, **version)], samples.now)
    assert ready()
    with store.transaction() as tx:
        rounds.close_round(tx, "r1", RoundState.PARTIAL, "", samples.now)
    assert not ready(), "it is closed"


def test_a_round_that_nothing_works_on_is_found(store, samples, new_id):
    samples.open(store, 2)
    later = samples.now + timedelta(hours=1)
    with store.snapshot() as tx:
        still, day = timedelta(minutes=1), timedelta(days=1)
        found = share_rows.quiet(tx, samples.brand, later, still=still, oldest=day)
        assert [one.id for one in found] == ["r1"]
        assert share_rows.quiet(tx, samples.brand, samples.now, still=still, oldest=day) == []
        assert share_rows.quiet(tx, samples.brand, later, still=still, oldest=timedelta()) == []
        set_back = samples.now - timedelta(hours=3)
        assert share_rows.quiet(tx, samples.brand, set_back, still=still, oldest=day) == found
        assert share_rows.size(tx, "r1") == 2
        assert not queueing.has_jobs(tx, "r1")
