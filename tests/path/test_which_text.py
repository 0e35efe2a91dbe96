"""A brand's file and what was made of it on the pages: neither undoes the other silently."""

import asyncio
from datetime import timedelta

import pytest

from monitor.domain.errors import Mistake
from monitor.service import build, editing, exports, serving, which_text
from monitor.service.brandfiles import BrandFiles
from monitor.service.desk import Desk
from monitor.service.environment import Environment

FILE = """\
brand: {name: Tamarrow, domains: [tamarrow.example]}
facts: [{id: founded, kind: year, about: founding year, value: 2011, says: Founded in 2011.}]
prompts: [{id: who, text: What is Tamarrow?}]
assistants: [{id: one, use: replay, model: paper-1, options: {file: answers.jsonl}}]
schedule: {cron: "0 * * * *", timezone: UTC}
"""


class Workplace:
    """A brand file, a store, and a clock that goes on by a minute at each look."""

    def __init__(self, folder, store) -> None:
        self.file = folder / "brand.yaml"
        self.store = store
        self.now = build.utc_now() - timedelta(hours=1)
        self.file.write_text(FILE)

    def clock(self):
        self.now += timedelta(minutes=1)
        return self.now

    def take(self):
        return which_text.take(self.store, build.read_brand(self.file), self.file, self.clock())

    def change(self, old, new):
        self.file.write_text(self.file.read_text().replace(old, new))

    def edit(self, old, new):
        """Change the newest text on a page."""
        desk = Desk(store=self.store, environment=Environment(), files=(self.file,), clock=self.clock)
        house = desk.house("Tamarrow")
        now = house.settings
        return editing.save(house, now.source.replace(old, new), base=now.version, by="Ada")

    def asked(self):
        return self.take().settings.prompts[0].text


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIKENESS_DATABASE_URL", f"sqlite:///{tmp_path / 'likeness.db'}")
    with build.open_store(Environment()) as store:
        made = Workplace(tmp_path, store)
        made.take()
        yield made


def test_an_edit_on_the_page_counts_while_the_file_stays_as_it_was(place):
    place.edit("What is Tamarrow?", "Who is Tamarrow?")
    assert place.asked() == "Who is Tamarrow?"
    assert place.asked() == "Who is Tamarrow?"
    assert not place.take().refused


def test_a_file_changed_and_put_back_counts_where_no_page_was_used(place):
    place.change("What is", "Where is")
    assert place.asked() == "Where is Tamarrow?"
    place.change("Where is", "What is")
    assert place.asked() == "What is Tamarrow?"


def test_a_file_that_changed_after_the_page_is_refused_with_both_ways_out(place):
    made = place.edit("What is Tamarrow?", "Who is Tamarrow?")
    place.change("value: 2011", "value: 2012")
    found = place.take()
    assert found.settings.prompts[0].text == "Who is Tamarrow?"
    assert f"likeness apply {place.file} --base {made.version}" in found.refused
    with pytest.raises(Mistake, match="changed after Tamarrow had been edited"):
        which_text.insisted(place.store, build.read_brand(place.file), place.file, place.clock())
    exports.apply(place.file, made.version)
    assert not place.take().refused
    assert place.take().settings.sheet.facts[0].value == 2012
    assert place.asked() == "What is Tamarrow?"


def test_an_exported_text_that_is_edited_further_is_taken(place):
    made = place.edit("What is Tamarrow?", "Who is Tamarrow?")
    place.file.write_text(f"{which_text.BASE}{made.version}\n{made.source}")
    assert not place.take().on_page
    place.change("value: 2011", "value: 2012")
    assert not place.take().refused
    assert place.take().settings.sheet.facts[0].value == 2012


def test_work_that_still_runs_by_an_older_text_brings_it_not_back(place):
    older = place.take().settings
    place.edit("What is Tamarrow?", "Who is Tamarrow?")
    with place.store.transaction() as tx:
        which_text.brands.keep(tx, older, place.clock())
    assert place.asked() == "Who is Tamarrow?"


def test_the_clock_asks_what_was_edited(place):
    asked = []

    def built(settings):
        asked.append(settings.prompts[0].text)
        raise Mistake("enough was seen")

    served = serving.Served(build_house=built, texts=which_text.Watchful(store=place.store))
    files = BrandFiles([place.file])

    async def tick():
        await served.tick(files)
        await served.end()

    place.edit("What is Tamarrow?", "Who is Tamarrow?")
    asyncio.run(tick())
    place.change("value: 2011", "value: 2012")
    asyncio.run(tick())
    assert asked == ["Who is Tamarrow?"] * 2


def test_a_brand_started_on_a_page_is_served_without_a_file(place):
    alone = build.parse_brand(FILE.replace("Tamarrow", "Corvane"), place.file)
    with place.store.transaction() as tx:
        which_text.brands.use_settings(tx, alone, place.clock(), by="Ada")
    watchful = which_text.Watchful(store=place.store)
    assert [each.brand for each in watchful.on_pages({"Tamarrow"})] == ["Corvane"]
    assert watchful.on_pages({"Corvane", "Tamarrow"}) == []
