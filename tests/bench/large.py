"""A large store, made for measuring: one brand that asks 2,160 probes a day, and three small ones.

Three days of rounds are asked, read, measured and added up by the program's own steps; the database repeats them for
as many days as are wanted, with ids and moments of their own. A million answers take 370 days. The ids of a day begin
alike, as those of an hour do in the program.
"""

import itertools
import random
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from monitor import pipeline
from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.readings import (
    Citation,
    Claim,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Stance,
    StanceLabel,
    Verdict,
)
from monitor.domain.rounds import Outcome as Settled
from monitor.domain.rounds import Probe, Round, RoundKind, RoundState
from monitor.pipeline import digesting, recalling
from monitor.service.desk import Desk
from monitor.service.environment import Environment
from storage import readings, rounds
from storage.received import keep
from storage.store import Store

LAST = date(2026, 10, 31)
NOW = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC)
TEMPLATES = 3  # days that the program makes; all others repeat them
RIVALS = ("Fennick", "Tolvane", "Brisken", "Velmora")
FACTS = 12
# brand -> prompts, assistants, samples
BRANDS: Mapping[str, tuple[int, int, int]] = {
    "Corvane": (120, 6, 3),
    "Quillby": (20, 3, 3),
    "Marrowin": (20, 3, 3),
    "Ostrello": (20, 3, 3),
}
A_DAY = sum(prompts * assistants * samples for prompts, assistants, samples in BRANDS.values())

_BRAND = """\
brand: {{name: "{name}", domains: [{domain}.example]}}
competitors: [{rivals}]
facts:
{facts}
watch: [recall]
prompts:
{prompts}
assistants:
{assistants}
schedule: {{cron: "0 6 * * *", timezone: UTC, samples: {samples}}}
budget: {{per_month: 50000}}
alerts: {{to: [brand@quarn.example], from: likeness@quarn.example, smtp: folder}}
"""
_SAID = (
    "{a} makes lasting bags, and {b} is cheaper. {a} was founded in {year} and costs {price} dollars. "
    "People who travel a lot name {c} too; they repair what they sell, and they ship within a few days. "
)


def made(folder: Path, wanted: int) -> Desk:
    """Return a desk over a store of about so many answers; at least three days of them."""
    days = max(TEMPLATES, round(wanted / A_DAY))
    for name in BRANDS:
        _file(folder, name)
    desk = opened(folder)
    first = LAST - timedelta(days=days - 1)
    for number in range(TEMPLATES):
        for name in BRANDS:
            _asked(desk.house(name), first + timedelta(days=number), number)
    _repeated(desk.store, first, days)
    for name in BRANDS:
        house = desk.house(name)
        digesting.catch_up_courses(house, LAST - pipeline.HISTORY, LAST)
        recalling.catch_up(house, NOW - pipeline.LOOK_BACK)
    return desk


def opened(folder: Path) -> Desk:
    """Return a desk over the store that `made` filled in this folder."""
    store = Store.open(f"sqlite:///{folder / 'large.db'}")
    files = [folder / f"{name}.yaml" for name in BRANDS]
    desk = Desk(store=store, environment=Environment(), clock=lambda: NOW, files=files)
    desk.learn()
    return desk


def _file(folder: Path, name: str) -> None:
    prompts, assistants, samples = BRANDS[name]
    facts = [f'  - {{id: f{n}, kind: number, about: fact {n}, value: {n}, says: "It is {n}."}}' for n in range(FACTS)]
    asked = [f'  - {{id: q{n}, text: "Which bag is best for journey {n}?", topic: t{n % 8}}}' for n in range(prompts)]
    whom = [f"  - {{id: a{n}, use: openai, model: m{n}, search: true}}" for n in range(assistants)]
    (folder / f"{name}.yaml").write_text(
        _BRAND.format(
            name=name,
            domain=name.lower(),
            rivals=", ".join(f"{{name: {rival}, domains: [{rival.lower()}.example]}}" for rival in RIVALS),
            facts="\n".join(facts),
            prompts="\n".join(asked),
            assistants="\n".join(whom),
            samples=samples,
        )
    )


def mark(number: int) -> str:
    """Return what all ids of a day begin with."""
    return f"@{number:04}-"


def _asked(house: pipeline.House, day: date, number: int) -> None:
    """Ask, answer, read and measure one day's round."""
    opened = datetime.combine(day, time(6), tzinfo=UTC)
    settings, brand = house.settings, house.settings.brand
    rng = random.Random(f"{brand}{number}")  # noqa: S311 -- invented answers
    samples = range(settings.schedule.samples if settings.schedule else 1)
    whole = itertools.product(settings.prompts, settings.assistants, samples)
    round_ = Round(id=f"{mark(number)}{brand}", brand=brand, kind=RoundKind.SCHEDULED, key=f"{day}T06:00",
                   opened_at=opened, settings=settings.version)  # fmt: skip
    probes = [_probe(round_, place, number, each) for place, each in enumerate(whole)]
    with house.store.transaction() as tx:
        rounds.open_round(tx, round=round_, probes=probes)
        _attempted(tx.connection(), round_, opened)
        for probe in probes:
            _answered(house, tx, probe, rng, opened)
        tx.connection().exec_driver_sql("UPDATE attempts SET state = 'answered', cost = 10000000")
        rounds.close_round(tx, round_.id, RoundState.COMPLETE, "", opened + timedelta(hours=1))
    pipeline.measure(house, round_.id)


def _probe(round_: Round, place: int, number: int, asked: tuple[Prompt, AssistantSettings, int]) -> Probe:
    prompt, assistant, sample = asked
    name = f"{mark(number)}{round_.brand}-{place:05}-probe"
    return Probe(id=name, round_id=round_.id, prompt=prompt, assistant=assistant, sample=sample)


def _attempted(connection: Connection, round_: Round, opened: datetime) -> None:
    columns = "id, probe_id, brand, generation, newest, state, month, asked_at, owner, request_hash, request_id, detail"
    connection.exec_driver_sql(
        f"INSERT INTO attempts ({columns}) SELECT id || 't', id, ?, 1, 1, 'sent', '2026-07-01', "  # noqa: S608 -- our own names
        "strftime('%Y-%m-%d %H:%M:%f000', ?, '+' || place || ' seconds'), '', '', '', '' "
        "FROM probes WHERE round_id = ?",
        (round_.brand, f"{opened:%Y-%m-%d %H:%M:%S}", round_.id),
    )


def _answered(house: pipeline.House, tx: Store, probe: Probe, rng: random.Random, opened: datetime) -> None:
    names = [house.settings.brand, *RIVALS]
    named = [rng.choice(names) for _ in range(5)]
    said = {"a": named[0], "b": named[1], "c": named[2], "year": rng.randrange(1950, 2000), "price": rng.randrange(200)}
    text, answer = _SAID.format(**said), probe.id.replace("probe", "answer")
    reply = Reply(text=text, served_model=probe.assistant.model, searched=True)
    settled = Settled(reply=reply, cost=Decimal("0.01"))
    keep(tx, f"{probe.id}t", house.settings.brand, settled, new_id=lambda: answer)
    readings.save(tx, [_reading(house, answer, text, named, rng)], opened)


def _reading(house: pipeline.House, answer: str, text: str, named: Sequence[str], rng: random.Random) -> Reading:
    verdict = rng.choices([Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNVERIFIED], [90, 4, 6])[0]
    domain, at = f"site{rng.randrange(60)}.example", text.index("was founded in ") + 15
    claim = Claim(start=at, end=at + 4, fact=f"f{rng.randrange(FACTS)}", verdict=verdict, value=text[at : at + 4])
    statement = NewStatement(topic="recall", start=0, end=20, gist="bags recalled lasting makes")
    return Reading(
        answer_id=answer,
        outcome=Outcome.ANSWER,
        mentions=tuple(Mention(start=n * 9, end=n * 9 + 7, entity=name) for n, name in enumerate(named)),
        recommended=tuple(named[:1]),
        stance={name: Stance(label=rng.choice(list(StanceLabel)), score=0.1) for name in named[:2]},
        citations=(Citation(url=f"https://{domain}/1", domain=domain, owner=Owner.OTHER),),
        claims=(claim,),
        new_statements=(statement,) if rng.random() < 0.002 else (),
        analyzer=house.reader.version,
        sheet=house.settings.version,
    )


_TABLES = ("rounds", "probes", "attempts", "answers", "readings", "mentions", "citations", "claims", "tallies")
_NUMBERED = {"readings", "tallies"}  # their rows are numbered by the database
_MOVING = {"id", "round_id", "probe_id", "attempt_id", "answer_id", "key", "opened_at", "closed_at", "asked_at",
           "made_at", "day", "body"}  # fmt: skip


def _repeated(store: Store, first: date, days: int) -> None:
    """Copy the template days to all others. Indexes that no row needs to be unique are made afterwards."""
    with store.transaction() as tx:
        connection = tx.connection()
        connection.exec_driver_sql("PRAGMA cache_size = -1500000")
        later = _without_indexes(connection)
        for table in _TABLES:
            for number in range(TEMPLATES):
                _copied(connection, table, first, range(number, days, TEMPLATES))
        digests_repeated(connection, first, days)
        for index in later:
            connection.exec_driver_sql(index)
    with store.transaction() as tx:
        tx.connection().exec_driver_sql("PRAGMA cache_size = -2000")


def digests_repeated(connection: Connection, first: date, days: int) -> None:
    """Copy the digests of the template days; part of what they say is compressed, so that SQL cannot."""
    found = connection.exec_driver_sql("SELECT brand, round_id, body, columns, topics FROM digests").all()
    for brand, round_id, body, columns, topics in found:
        number = int(round_id[1:5])
        parts, own, day = zlib.decompress(topics).decode(), mark(number), first + timedelta(days=number)
        for each in range(number + TEMPLATES, days, TEMPLATES):
            to = str(first + timedelta(days=each))
            said = [text.replace(own, mark(each)).replace(str(day), to) for text in (round_id, body, parts)]
            row = (brand, said[0], to, said[1], columns, zlib.compress(said[2].encode(), 1))
            connection.exec_driver_sql("INSERT INTO digests VALUES (?, ?, ?, ?, ?, ?)", row)


def _without_indexes(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                                       "AND sql NOT LIKE '%UNIQUE%'").all()  # fmt: skip
    for name, _ in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _copied(connection: Connection, table: str, first: date, days: range) -> None:
    """Copy the rows of the first of these days to all others."""
    found = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    columns = [f'"{column}"' for column in found if not (table in _NUMBERED and column == "id")]
    moving = [column for column in columns if column.strip('"') in _MOVING]
    key = "round_id" if "round_id" in found else "answer_id" if "answer_id" in found else "id"
    own, day = mark(days[0]), first + timedelta(days=days[0])
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.template")
    connection.exec_driver_sql(f"CREATE TEMP TABLE template AS SELECT * FROM {table} WHERE {key} LIKE '{own}%'")  # noqa: S608
    shown = ", ".join(f"replace(replace({c}, '{own}', ?), '{day}', ?)" if c in moving else c for c in columns)
    copy = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {shown} FROM template"  # noqa: S608 -- our own names
    for each in days[1:]:
        connection.exec_driver_sql(copy, (mark(each), str(first + timedelta(days=each))) * len(moving))
