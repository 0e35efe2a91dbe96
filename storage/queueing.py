"""Jobs as rows of the queue, written in the transaction of the rows that make them due; on PostgreSQL only."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, text
from sqlmodel import Session

from monitor.domain.jobs import Job, Share, Step
from storage.store import Store

ASKING, DESK = "ask", "desk"  # the queues: waiting for assistants, and everything else

# What is begun is ended first; a mail does not wait for a thousand probes.
_PRIORITY = {Step.TELL: 50, Step.CONCLUDE: 40, Step.READ: 30, Step.PLAN: 20, Step.REPORT: 10, Step.ASK: 0}

# Any number that nobody else takes for the same purpose: "WORKER" on a telephone's keys.
_SCHEMA_LOCK = 967537


def enqueue(tx: Session, jobs: Sequence[Job]) -> None:
    """Write jobs that become visible when this transaction commits, and never if it does not."""
    if jobs:
        tx.connection().execute(_DEFER, {"jobs": json.dumps([_row(job) for job in jobs])})


_DEFER = text(
    """
    SELECT procrastinate_defer_jobs_v1(array_agg(
        ROW(job->>'queue', job->>'task', (job->>'priority')::integer, job->>'lock', NULL, job->'args', NULL)
        ::procrastinate_job_to_defer_v1))
    FROM jsonb_array_elements(CAST(:jobs AS jsonb)) AS job
    """
)


def enqueue_once(tx: Session, jobs: Sequence[Job]) -> None:
    """Write those of the jobs that do not wait or run already; for what a clock asks for again and again."""
    keys = {key_of(job): job for job in jobs}
    known = set(tx.connection().execute(_KNOWN, {"locks": list(keys)}).scalars()) if keys else set()
    enqueue(tx, [job for key, job in keys.items() if key not in known])


_KNOWN = text("SELECT lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND lock = ANY(:locks)")


def _row(job: Job) -> Mapping[str, object]:
    return {
        "queue": ASKING if job.step is Step.ASK else DESK,
        "task": task_of(job.step),
        "priority": _PRIORITY[job.step],
        "lock": key_of(job),
        "args": {
            "brand": job.brand,
            "round_id": job.round_id,
            "number": job.share.number,
            "of": job.share.of,
        },
    }


def task_of(step: Step) -> str:
    return f"likeness.{step}"


def key_of(job: Job) -> str:
    """Return what only one worker may be at: two jobs of one key run one after the other."""
    if job.step in {Step.ASK, Step.READ}:
        return f"{job.step}:{job.round_id}:{job.share.number}/{job.share.of}"
    return f"{job.step}:{job.round_id or job.brand}"


def job_of(step: Step, args: Mapping[str, object]) -> Job:
    """Return the job that a row's arguments hold."""
    share = Share(number=int(str(args["number"])), of=int(str(args["of"])))
    return Job(step=step, brand=str(args["brand"]), round_id=str(args["round_id"]), share=share)


def has_jobs(tx: Session, round_id: str) -> bool:
    """Whether something still waits or runs for this round."""
    return tx.connection().execute(_OF_ROUND, {"round": round_id}).first() is not None


_OF_ROUND = text(
    "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args->>'round_id' = :round LIMIT 1"
)


def had_jobs(tx: Session, round_id: str) -> bool:
    """Whether workers were ever at this round; ended jobs are kept for a while. Else one program takes all steps."""
    return tx.connection().execute(_EVER, {"round": round_id}).first() is not None


_EVER = text("SELECT 1 FROM procrastinate_jobs WHERE args->>'round_id' = :round LIMIT 1")


def asks_wait(tx: Session, round_id: str) -> bool:
    """Whether a share of the round waits to be asked; one that is being asked does not count."""
    return tx.connection().execute(_ASKS, {"locks": f"{Step.ASK}:{round_id}:%"}).first() is not None


_ASKS = text("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND lock LIKE :locks LIMIT 1")


def hasten(tx: Session, longest: timedelta) -> int:
    """Let jobs try now whose next try lies further ahead than any is put off: the clock has been set back since."""
    return tx.connection().execute(_TOO_FAR, {"longest": longest}).rowcount


_TOO_FAR = text(
    """
    UPDATE procrastinate_jobs SET scheduled_at = now()
    WHERE status = 'todo' AND scheduled_at > now() + CAST(:longest AS interval)
    """
)


def forget(tx: Session, age: timedelta) -> int:
    """Delete the jobs that ended so long ago, with their events; returns how many."""
    return tx.connection().execute(_OLD, {"age": age}).rowcount


_OLD = text(
    """
    DELETE FROM procrastinate_jobs job
    WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    AND NOT EXISTS (SELECT 1 FROM procrastinate_events WHERE job_id = job.id AND at > now() - CAST(:age AS interval))
    """
)


def prepare(store: Store, schema: str, steps: Mapping[str, str]) -> None:
    """Bring procrastinate's tables up to its own version, once, however many workers start together.

    `schema` makes them from nothing; `steps` are its migrations by name. The last one taken stands in a comment.
    """
    with store.transaction() as tx:
        connection = tx.connection()
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SCHEMA_LOCK})
        last = max(steps, default="")
        there = connection.execute(_THERE).scalar()
        for name in sorted(steps) if there else ():
            if name > (there or ""):
                connection.exec_driver_sql(_verbatim(steps[name]))
        if there is None:
            connection.exec_driver_sql(_verbatim(schema))
        if there != last:
            _remember(connection, last)


# Tables without a comment were made by procrastinate's own command: then they are as new as it is.
_THERE = text(
    """
    SELECT CASE WHEN to_regclass('procrastinate_jobs') IS NULL THEN NULL
    ELSE coalesce(obj_description(to_regclass('procrastinate_jobs'), 'pg_class'), '~') END
    """
)


def _verbatim(sql: str) -> str:
    """Return SQL that holds no parameters: to the driver a per cent sign would begin one."""
    return sql.replace("%", "%%")


def _remember(connection: Connection, last: str) -> None:
    quoted = last.replace("'", "''")
    connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{quoted}'")
