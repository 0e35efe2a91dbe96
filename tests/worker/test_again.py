"""When a job that could not be done is tried again."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from monitor.worker import tasks
from storage import queueing
from storage.errors import StoreError


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 4), (8, 512), (60, 600), (5_000, 600)])
def test_a_full_disk_is_outlived_however_often_a_job_met_it(attempts, seconds):
    full = StoreError("The database cannot grow.", retry=True)
    before = datetime.now(UTC)
    decision = tasks.Again().get_retry_decision(exception=full, job=SimpleNamespace(attempts=attempts, task_name="t"))
    assert decision.retry_at - before == pytest.approx(timedelta(seconds=seconds), abs=timedelta(seconds=5))


def test_a_fault_is_not_tried_for_ever():
    job = SimpleNamespace(attempts=8, task_name="t")
    assert tasks.Again().get_retry_decision(exception=ValueError("a fault"), job=job) is None


def test_a_job_that_a_clock_put_off_which_was_set_back_is_taken_up(works):
    works.plan(works.brand(prompts=2))
    with works.store.transaction() as tx:
        tx.connection().execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day'"))
        assert queueing.hasten(tx, timedelta(minutes=20)) == 1
        assert queueing.hasten(tx, timedelta(minutes=20)) == 0
