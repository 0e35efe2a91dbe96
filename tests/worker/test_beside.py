"""The process beside a worker, while the database is away."""

import logging

import pytest

from monitor.domain.jobs import Job, Step
from monitor.worker import beside
from monitor.worker.rooms import Plot
from storage.errors import StoreError


def test_a_reader_that_finds_no_database_hands_the_job_back_in_one_sentence(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    with beside.pool(Plot(places=(tmp_path,)), processes=1) as pool:
        for _ in range(2):  # the process lives on
            job = pool.submit(beside.do, Job(step=Step.READ, brand="Veloria", round_id="r1"))
            with pytest.raises(StoreError, match="cannot be reached") as told:
                job.result(timeout=60)
            assert told.value.retry
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


def test_libraries_keep_to_themselves_what_we_say_in_a_line():
    names = ("psycopg", "psycopg.pool", "procrastinate")
    before = [logging.getLogger(name).level for name in names]
    beside.hush()
    assert not any(logging.getLogger(name).isEnabledFor(logging.WARNING) for name in names)
    for name, level in zip(names, before, strict=True):
        logging.getLogger(name).setLevel(level)
