"""A fault of the program in one brand's round is told, keeps nobody else up, and the round is finished all the same."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from monitor.service import build
from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.service.serving import Served

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FILE = """\
brand: {{name: {name}, domains: [{name}.example]}}
facts: [{{id: founded, kind: year, about: founding year, value: 2011, says: Founded in 2011.}}]
prompts: [{{id: who, text: What is it?}}]
assistants: [{{id: one, use: replay, model: paper-1, options: {{file: answers.jsonl}}}}]
schedule: {{cron: "0 * * * *", timezone: UTC}}
alerts: {{to: [team@{name}.example], from: likeness@{name}.example, smtp: folder}}
"""
ANSWER = (
    '{"assistant": "one", "prompt": "who", "sample": 0, "text": "From 2011.", "asked_at": "2026-01-01T00:00:00Z"}\n'
)


class Faulty:
    """A reader that stumbles over the first answer it is given."""

    def __init__(self, reader, faults) -> None:
        self._reader, self._faults = reader, faults
        self.version = reader.version

    def read(self, answer):
        if self._faults:
            raise RuntimeError(self._faults.pop())
        return self._reader.read(answer)


@pytest.fixture
def brands(tmp_path):
    folder = tmp_path / "brands"
    folder.mkdir()
    (folder / "answers.jsonl").write_text(ANSWER)
    for name in ("faulty", "sound"):
        (folder / f"{name}.yaml").write_text(FILE.format(name=name))
    return folder


def test_a_fault_is_told_and_the_round_is_taken_up_at_the_next_tick(brands, tmp_path, capsys):
    environment = Environment(database_url=SecretStr(f"sqlite:///{tmp_path}/likeness.db"), mail_folder=tmp_path)
    now, faults = [NOON], ["a fault of ours"]

    def house(settings):
        made = build.build(settings, environment, store=store, clock=lambda: now[0])
        return replace(made, reader=Faulty(made.reader, faults)) if settings.brand == "faulty" else made

    async def live():
        served, files = Served(build_house=house), BrandFiles([brands])
        for hours in (0.0, 1.0, 1.1):
            now[0] = NOON + timedelta(hours=hours)
            await served.tick(files)
            await served.end()

    with build.open_store(environment) as store:
        asyncio.run(live())
    assert "a fault of ours" in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "likeness.db")) as rows:
        found = rows.execute("SELECT brand, state FROM rounds WHERE kind = 'scheduled' ORDER BY brand").fetchall()
    assert found == [("faulty", "complete"), ("sound", "complete")]
