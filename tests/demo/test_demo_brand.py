from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from monitor import calendar, demo
from monitor.demo import plot
from monitor.domain.brand import Schedule

BRAND = Path(demo.__file__).with_name("brand.yaml")


@pytest.fixture(scope="module")
def brand():
    return yaml.safe_load(BRAND.read_text("utf-8"))


def test_the_schedule_asks_when_the_recordings_answer(brand):
    schedule = Schedule(cron=brand["schedule"]["cron"], timezone=brand["schedule"]["timezone"])
    start = datetime.combine(plot.START, datetime.min.time(), tzinfo=UTC)
    slots = calendar.slots(schedule, start, start + timedelta(weeks=plot.WEEKS))
    assert [slot.at for slot in slots] == [moment.at for moment in plot.moments()]


def test_the_recordings_answer_the_prompts_of_the_file(brand):
    assert tuple(prompt["id"] for prompt in brand["prompts"]) == plot.PROMPTS
    assert tuple(assistant["id"] for assistant in brand["assistants"]) == plot.ASSISTANTS
    assert all(assistant["use"] == "replay" for assistant in brand["assistants"])


def test_all_ten_kinds_of_fact_are_on_the_sheet(brand):
    kinds = {"year", "date", "money", "number", "percent", "person", "place", "set", "flag", "text"}
    assert {fact["kind"] for fact in brand["facts"]} == kinds


def test_price_and_chief_executive_have_former_values(brand):
    before = {fact["id"]: fact["before"][0]["value"] for fact in brand["facts"] if "before" in fact}
    assert before["price-one"] == 549
    assert before["ceo"] == "Anselm Torvik"


def test_every_domain_is_an_example(brand):
    entities = [brand["brand"], *brand["competitors"]]
    assert all(domain.endswith(".example") for entity in entities for domain in entity["domains"])
