"""What a round leaves behind: said in words, asked again where that costs nothing twice, and paid over the month."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from monitor import pipeline
from monitor.domain.rounds import RoundKind, Wanted
from monitor.service import build, clock
from monitor.service.environment import Environment
from storage import rounds

PRICES = """\
[[price]]
use = "replay"
model = "paper-1"
per_million_input = "0"
per_million_output = "0"
per_request = "0.10"
read_on = 2026-11-01
source = "this test"
[[price]]
use = "replay"
model = "paper-2"
per_million_input = "0"
per_million_output = "0"
per_request = "0.10"
read_on = 2026-11-01
source = "this test"
"""


TAKEN = "SELECT coalesce(sum(spent + held), 0) FROM spending WHERE scope LIKE 'month:%'"


def rows(folder, query):
    with sqlite3.connect(folder / "likeness.db") as store:
        return store.execute(query).fetchall()


@pytest.fixture
def priced(workplace, monkeypatch):
    """Every answer costs ten cents; returns what writes the budget."""
    (workplace / "prices.toml").write_text(PRICES)
    monkeypatch.setenv("LIKENESS_PRICES", "prices.toml")
    text = (workplace / "brand.yaml").read_text()

    def budget(said):
        (workplace / "brand.yaml").write_text(text.replace("budget: {per_month: 5, currency: USD}", f"budget: {said}"))

    return budget


def test_what_failed_is_asked_again_and_nothing_else(workplace, likeness):
    whole = (workplace / "answers.jsonl").read_text()
    (workplace / "answers.jsonl").write_text("\n".join(row for row in whole.splitlines() if '"two"' not in row))
    assert likeness("run").code == 3
    assert "nothing that may be asked again" not in likeness("run", "--resume").out
    (workplace / "answers.jsonl").write_text(whole)
    ran = likeness("run", "--resume")
    assert ran.code == 0, ran.out + ran.err
    assert rows(workplace, "SELECT count(*) FROM rounds") == [(1,)]
    assert rows(workplace, "SELECT count(*) FROM answers") == [(8,)]
    assert rows(workplace, "SELECT count(*) FROM attempts WHERE NOT newest") == [(8,)]
    assert "nothing that may be asked again" in likeness("run", "--resume").out


def test_what_may_have_been_charged_is_asked_again_where_the_brand_file_says_so(workplace, likeness):
    assert likeness("run").code == 0
    with sqlite3.connect(workplace / "likeness.db") as store:
        store.execute("DELETE FROM answers WHERE attempt_id = (SELECT min(id) FROM attempts)")
        store.execute("UPDATE attempts SET state = 'unknown' WHERE id = (SELECT min(id) FROM attempts)")
        store.execute("UPDATE rounds SET state = 'partial'")
    refused = likeness("run", "--resume")
    assert "nothing that may be asked again" in refused.out
    assert refused.code == 3, "the round is as partial as before"
    with (workplace / "brand.yaml").open("a") as file:
        file.write("asking: {retry_unknown: true}\n")
    ran = likeness("run", "--resume")
    assert ran.code == 0, ran.out + ran.err
    assert rows(workplace, "SELECT count(*) FROM answers") == [(8,)]


def test_a_stopped_round_counts_each_probe_once(workplace, likeness):
    assert likeness("run").code == 0
    with sqlite3.connect(workplace / "likeness.db") as store:
        store.execute("DELETE FROM answers WHERE attempt_id IN (SELECT id FROM attempts ORDER BY id LIMIT 2)")
        store.execute(
            "UPDATE attempts SET state = 'missed', miss = 'stopped' "
            "WHERE id IN (SELECT id FROM attempts ORDER BY id LIMIT 2)"
        )
    settings = build.read_brand(workplace / "brand.yaml")
    with build.open_store(Environment()) as store:
        house = build.build(settings, Environment(), store=store)
        with store.snapshot() as tx:
            (held,) = rounds.rounds(tx, settings.brand, pipeline.BEGINNING, house.clock())
        assert pipeline.close(house, held, stopped=True).why == "it was stopped; 2 questions were not asked"


def test_every_state_is_said_in_words_with_what_to_do(workplace, likeness):
    assert "No round was asked yet" in likeness("rounds").out
    lines = (workplace / "answers.jsonl").read_text().splitlines()
    (workplace / "answers.jsonl").write_text("\n".join(row for row in lines if '"two"' not in row))
    likeness("run")
    with sqlite3.connect(workplace / "likeness.db") as store:
        store.execute("UPDATE attempts SET state = 'unknown' WHERE id = (SELECT min(id) FROM attempts)")
    id_ = rows(workplace, "SELECT id FROM rounds")[0][0]
    listed = likeness("rounds").out
    assert id_[:8] in listed
    assert "partial" in listed
    shown = likeness("rounds", id_[:8]).out
    assert "`likeness run --resume` asks again" in shown
    assert "retry_unknown: true" in shown
    assert "not recorded" in shown
    assert "answers.jsonl has no recording" in " ".join(shown.split())


def test_what_may_have_been_charged_is_said_beside_the_cost(workplace, likeness):
    assert likeness("run").code == 0
    assert "+ ?" not in likeness("rounds").out
    with sqlite3.connect(workplace / "likeness.db") as store:
        store.execute("DELETE FROM answers WHERE attempt_id = (SELECT min(id) FROM attempts)")
        lost = "UPDATE attempts SET state = 'sent', owner = 'gone' WHERE id = (SELECT min(id) FROM attempts)"
        store.execute(lost)
        store.execute("UPDATE rounds SET state = 'open', closed_at = NULL")
    resumed = likeness("run", "--resume")
    assert "answer lost 1" in resumed.out
    listed = " ".join(likeness("rounds").out.split())
    assert "+ ?" in listed
    assert "the budget counts it at its worst case" in listed


def test_an_id_that_is_none_is_one_sentence(workplace, likeness):
    ran = likeness("rounds", "nothing")
    assert ran.code == 2
    assert "is no round of this brand" in ran.err


def test_a_round_that_cannot_be_paid_whole_leaves_the_second_samples_out(workplace, likeness, priced):
    priced("{per_round: 0.50}")
    ran = likeness("run")
    assert ran.code == 3
    said = " ".join(ran.out.split())
    assert "This round asks 5 questions: expected $0.5000, at worst $0.5000." in said
    assert "A round may take 0.50 USD: 3 of 8 questions are left out." in said
    asked = rows(workplace, "SELECT sample, count(*) FROM answers JOIN attempts a ON a.id = attempt_id "
                            "JOIN probes p ON p.id = a.probe_id GROUP BY sample")  # fmt: skip
    assert asked == [(0, 4), (1, 1)]
    left = rows(workplace, "SELECT count(*), min(detail) FROM attempts WHERE miss = 'budget'")
    assert left == [(3, "A round may take 0.50 USD; the more important questions go first.")]


@pytest.fixture
def month(workplace, priced):
    """A house whose clock is set by hand, and a budget that carries a third of the month."""
    priced("{per_month: 8}")
    environment = Environment()
    with build.open_store(environment) as store:
        settings = build.read_brand(workplace / "brand.yaml")
        moment = [datetime(2026, 11, 1, 5, 0, tzinfo=UTC)]
        yield build.build(settings, environment, store=store, clock=lambda: moment[0]), moment


def test_a_month_whose_budget_is_short_is_asked_to_its_end(workplace, month):
    house, moment = month
    spent = []
    for _ in range(30):
        asyncio.run(clock.tick(house, stop=asyncio.Event()))
        moment[0] += timedelta(days=1)
        spent.append(rows(workplace, TAKEN)[0][0] / 10**9)
    days = [round(after - before, 2) for before, after in zip([0, *spent], spent, strict=False)]
    assert spent[-1] == pytest.approx(8, abs=0.3)
    assert days[0] == 0, "the schedule was not known before its first slot"
    assert min(days[1:]) >= 0.2, "no day without answers"
    assert max(days[2:]) <= 0.3


def test_without_pacing_the_first_rounds_take_it_all(workplace, month):
    house, moment = month
    budget = build.replace(house.settings.budget, pace=False)
    house = build.replace(house, settings=build.replace(house.settings, budget=budget))
    for _ in range(12):
        asyncio.run(clock.tick(house, stop=asyncio.Event()))
        moment[0] += timedelta(days=1)
    assert rows(workplace, TAKEN) == [(8 * 10**9,)]


def test_what_a_spree_took_is_shared_by_the_rounds_that_are_left(month):
    house, moment = month
    moment[0] = datetime(2026, 11, 10, 6, 0, tzinfo=UTC)
    planned = pipeline.plan(house, kind=RoundKind.MANUAL, key="spree")
    asyncio.run(pipeline.ask(house, planned, on_settled=lambda *_: None, stop=asyncio.Event()))
    moment[0] = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
    last = pipeline.plan(house, kind=RoundKind.SCHEDULED, key="last")
    seen = pipeline.outlook(house, last, pipeline.to_ask(house, last))
    assert seen.room.left == Decimal("7.2"), "the last round of the month may take all that is left"
    moment[0] = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
    first = pipeline.plan(house, kind=RoundKind.SCHEDULED, key="first")
    seen = pipeline.outlook(house, first, pipeline.to_ask(house, first))
    assert seen.room.left == Decimal("7.2") / 30


def test_a_confirming_round_is_headed_with_its_own_name(workplace, likeness):
    house_of = build.read_brand(workplace / "brand.yaml")
    assert likeness("run").code == 0
    with build.open_store(Environment()) as store:
        house = build.build(house_of, Environment(), store=store)
        with store.snapshot() as tx:
            cause = rounds.last_asked(tx, "Veloria")
        wanted = [Wanted(prompt=house.settings.prompts[0], assistant=house.settings.assistants[0])]
        extra = pipeline.plan_probes(house, kind=RoundKind.CONFIRMING, key=cause.id, wanted=wanted)
        pipeline.close(house, extra)
    told = " ".join(likeness("rounds", extra.id[:8]).out.split())
    assert told.startswith(f"Round {extra.id[:8]} of ")
    assert f"Europe/Berlin, which asks again what round {cause.id[:8]} found, confirming, partial" in told
    assert "1 question was not asked." in told
