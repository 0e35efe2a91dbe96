"""A folder of brands in one program: each at its own times, none in another's way."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from monitor.domain.errors import Mistake
from monitor.service import build
from monitor.service.brandfiles import BrandFiles
from monitor.service.desk import Desk
from monitor.service.environment import Environment
from monitor.service.serving import Served

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FILE = """\
brand: {{name: {name}, domains: [{domain}]}}
facts: [{{id: founded, kind: year, about: founding year, value: 2011, says: Founded in 2011., severity: critical}}]
prompts: [{{id: who, text: {question}}}]
assistants: [{{id: one, use: replay, model: paper-1, options: {{file: answers.jsonl}}}}]
schedule: {{cron: "{cron}", timezone: UTC}}
budget: {{per_month: 5, currency: USD}}
alerts: {{to: [team@{domain}], from: likeness@{domain}, smtp: folder}}
"""


class Agency:
    """A folder of brand files, served by a clock that the test sets."""

    def __init__(self, folder) -> None:
        self.folder = folder / "brands"
        self.folder.mkdir()
        (self.folder / "answers.jsonl").write_text(
            '{"assistant": "one", "prompt": "who", "sample": 0, "text": "Founded in 1987.", '
            '"asked_at": "2026-01-01T00:00:00Z", "model": "paper-1"}\n'
        )
        self.now = NOON
        self.database = folder / "likeness.db"
        self.environment = Environment(
            database_url=SecretStr(f"sqlite:///{self.database}"), mail_folder=folder / "mail"
        )
        self.files = BrandFiles([self.folder])

    def write(self, name, *, cron="0 6 * * *", question="What is it?"):
        path = self.folder / f"{name.lower()}.yaml"
        path.write_text(FILE.format(name=name, domain=f"{name.lower()}.example", cron=cron, question=question))
        return path

    def tick(self, *hours: float):
        """Let the clock tick at these hours after noon."""

        async def live():
            with build.open_store(self.environment) as store:
                served = Served(build_house=lambda settings: self.house(settings, store))
                for hour in hours:
                    self.now = NOON + timedelta(hours=hour)
                    await served.tick(self.files)
                    await served.end()

        asyncio.run(live())

    def house(self, settings, store):
        return build.build(settings, self.environment, store=store, clock=lambda: self.now)

    def rounds(self):
        with sqlite3.connect(self.database) as store:
            found = store.execute("SELECT brand, count(*) FROM rounds WHERE kind = 'scheduled' GROUP BY brand")
            return dict(found.fetchall())


@pytest.fixture
def agency(tmp_path):
    return Agency(tmp_path)


def test_fifty_brands_are_asked_in_one_tick(agency):
    names = [f"Brand{number}" for number in range(50)]
    for name in names:
        agency.write(name)
    agency.tick(0, 18)
    assert agency.rounds() == dict.fromkeys(names, 1)
    agency.tick(18.1)
    assert agency.rounds() == dict.fromkeys(names, 1)


def test_each_brand_has_its_own_times_and_tells_its_own_team(agency):
    agency.write("Daily", cron="0 6 * * *")
    agency.write("Hourly", cron="0 * * * *")
    agency.tick(0, 1, 2, 3)
    assert agency.rounds() == {"Hourly": 3}
    agency.tick(18)
    assert agency.rounds()["Daily"] == 1
    mails = "".join(path.read_text() for path in agency.environment.mail_folder.glob("*.eml"))
    assert "To: team@hourly.example" in mails
    for mail in agency.environment.mail_folder.glob("*.eml"):
        text = mail.read_text()
        assert ("likeness@daily.example" in text) is ("To: team@daily.example" in text)


def test_a_file_added_changed_or_taken_away_is_noticed_at_the_next_tick(agency):
    first = agency.write("First", cron="0 * * * *")
    agency.tick(0, 1)
    agency.write("Second", cron="0 * * * *")
    agency.write("First", cron="0 * * * *", question="What is this?")
    agency.tick(2, 3)
    assert agency.rounds() == {"First": 3, "Second": 1}
    first.unlink()
    agency.tick(4, 5)
    assert agency.rounds() == {"First": 3, "Second": 3}
    with sqlite3.connect(agency.database) as store:
        assert store.execute("SELECT count(*) FROM brand_files WHERE brand = 'First'").fetchone() == (2,)
        assert store.execute("SELECT count(*) FROM answers WHERE brand = 'First'").fetchone() == (3,)


def test_a_mistake_in_one_file_is_told_and_stops_no_other(agency, capsys):
    agency.write("Good", cron="0 * * * *")
    bad = agency.write("Bad", cron="0 * * * *")
    agency.tick(0, 1)
    bad.write_text(bad.read_text().replace("kind: year", "kind: yaer"))
    agency.tick(2)
    assert agency.rounds() == {"Good": 2, "Bad": 2}, "the last good version is asked on"
    assert any("bad.yaml:2" in why and "yaer" in why for why in agency.files.wrong())


def test_the_pages_begin_with_the_good_files_where_one_has_a_mistake(agency):
    good, bad = agency.write("Good"), agency.write("Bad")
    bad.write_text("brand: {name: Bad\n")
    (agency.folder / "later.yaml").write_text(good.read_text())
    with build.open_store(agency.environment) as store:
        desk = Desk(store=store, environment=agency.environment, files=[agency.folder])
        desk.learn()
        assert desk.names() == ["Good"]
        assert desk.file_of("Good") == good, "of two files the first"
        with pytest.raises(Mistake, match=r"bad\.yaml:2"):
            Desk(store=store, environment=agency.environment, files=[bad]).learn()


def test_two_files_of_one_brand_are_asked_once(agency):
    agency.write("Twin", cron="0 * * * *")
    (agency.folder / "again.yaml").write_text((agency.folder / "twin.yaml").read_text())
    agency.tick(0, 1)
    assert agency.rounds() == {"Twin": 1}


def test_a_folder_without_a_good_file_is_a_mistake(tmp_path):
    with pytest.raises(Mistake, match="no brand file"):
        BrandFiles([tmp_path]).checked()
    (tmp_path / "a.yaml").write_text("brand: 3\n")
    with pytest.raises(Mistake, match=r"a\.yaml:1"):
        BrandFiles([tmp_path]).checked()


def test_a_command_for_one_brand_says_which_to_name(agency, likeness, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    agency.write("Only")
    assert likeness("check", "--brand", "brands").code == 0
    agency.write("Other")
    refused = likeness("check", "--brand", "brands")
    assert refused.code == 2
    assert "--brand brands/only.yaml, --brand brands/other.yaml" in refused.err
    assert likeness("run", "--brand", "brands").code == 2
