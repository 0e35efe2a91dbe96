"""An answer stands under the day that its clock shows, wherever days are counted, also after the brand has moved."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from monitor import pipeline
from monitor.domain import days
from monitor.domain.documents import Asked, Edition
from monitor.domain.measures import Measure
from monitor.domain.search import Wanted
from monitor.service import build, captured, documents, exports, portraits, proving, rereading, spells_found, unmeasured
from monitor.service.environment import Environment
from storage import brands, derived, digests, progress, search, tallies
from storage.store import Store
from storage.tables import AttemptRow, CourseRow, DerivedRow, RoundRow, table
from tests.path.conftest import BRAND, RIGHT, WRONG

NAME = "Veloria"
VIENNA, ANGELES, APIA = "Europe/Vienna", "America/Los_Angeles", "Pacific/Apia"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Round about midnights of either side of the world, and the days on which clocks are set.
MOMENTS = [
    start + timedelta(hours=hours)
    for start in (
        datetime(2026, 3, 28, 6, 30, tzinfo=UTC),
        datetime(2026, 10, 31, 6, 30, tzinfo=UTC),
    )
    for hours in range(0, 48, 4)
]


@pytest.fixture
def at(workplace):
    """Give the brand's house as it is in a zone; all of them have one store, or stores of their own by name."""
    stores = {}

    def house(zone, name="likeness", founded="2011"):
        brand = BRAND.replace("Europe/Berlin", zone).replace("2011", founded)
        (workplace / "brand.yaml").write_text(brand, encoding="utf-8")
        if name not in stores:
            stores[name] = Store.open(f"sqlite:///{workplace / name}.db")
        settings = build.read_brand(workplace / "brand.yaml")
        return build.build(settings, Environment(), store=stores[name], clock=lambda: NOW)

    yield house
    for store in stores.values():
        store.close()


def _import(house, folder, moments=MOMENTS, text=lambda number: WRONG if number % 3 == 0 else RIGHT):
    rows = [
        {"assistant": "Deep", "question": "What is it?", "text": f"{text(number)} {number}.", "asked_at": when}
        for number, when in enumerate(each if isinstance(each, str) else each.isoformat() for each in moments)
    ]
    file = folder / "captured.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return captured.take(house, file, columns=[], prompts=None, surface="app")


def _shown(house):
    """How many answers each day has, as one view after another tells it."""
    every = [day for day, _ in sorted(Counter(house.day(each) for each in MOMENTS).items())]
    around = sorted({day + timedelta(days=more) for day in every for more in (-1, 0, 1)})
    portrayed = {day: portraits.portrait(house, day, day).answers for day in around}
    with house.store.snapshot() as tx:
        found = {day: search.count(tx, NAME, Wanted(start=day, end=day, zone=house.zone))[0] for day in around}
        kept = Counter(dict.fromkeys(around, 0))
        for digest in digests.sums(tx, NAME, date.min, date.max, only=[Measure.WRONG_RATE]):
            kept[digest.day] += int(sum(sum(sums.of) for columns in digest.columns for sums in columns.sums) / 2)
    return {
        name: {day: n for day, n in counts.items() if n}
        for name, counts in {"found": found, "kept": kept, "portrayed": portrayed}.items()
    }


@pytest.mark.parametrize("zone", [VIENNA, ANGELES, APIA])
def test_an_answer_stands_under_the_day_its_clock_shows_in_every_view(at, workplace, zone):
    house = at(zone)
    _import(house, workplace)
    expected = dict(Counter(days.day(each, zone) for each in MOMENTS))
    assert _shown(house) == {"found": expected, "kept": expected, "portrayed": expected}
    wrong = Counter(days.day(each, zone) for each in MOMENTS[::3])
    for day in list(expected)[:3]:
        seen = proving.exhibits(house, Asked(start=day, end=day, edition=Edition.EVIDENCE))
        assert sum(each.fact == "founding year" for each in seen) == wrong[day]
        assert {days.day(each.asked_at, zone) for each in seen} <= {day}
        out = workplace / f"{day}.jsonl"
        exports.write(workplace / "brand.yaml", "answers", format_="jsonl", out=out, start=day, end=day)
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert len(rows) == expected[day]
        assert {datetime.fromisoformat(row["asked_at"]).utcoffset() for row in rows} == {timedelta(0)}
    (founded,) = [each for each in spells_found.checked(house, NOW.date()) if each.fact == "founded"]
    assert dict(zip(founded.days, founded.of, strict=True)) == expected
    assert {day: n for day, n in zip(founded.days, founded.wrong, strict=True) if n} == dict(wrong)


def _stored(house):
    """All that is kept, by its days."""
    pipeline.catch_up(house)
    summed, answered = Counter(), Counter()
    with house.store.snapshot() as tx:
        for each in tallies.load(tx, NAME, date.min, date.max):
            of = each.day, each.series, each.prompt_id
            summed += Counter({(*of, "hits"): each.hits, (*of, "of"): each.of, (*of, "answers"): each.answers})
        for digest in digests.load(tx, NAME, date.min, date.max):
            answered += Counter({(digest.day, part.assistant_id): part.answered for part in digest.parts})
    return summed, answered


def test_a_brand_that_moves_takes_its_days_along(at, workplace):
    _import(at(VIENNA), workplace)
    for zone in (ANGELES, VIENNA):
        fresh = at(zone, zone.replace("/", "-"))
        _import(fresh, workplace)
        moved = at(zone)
        portraits.portrait(moved, NOW.date() - timedelta(days=300), NOW.date())
        assert _stored(moved) == _stored(fresh)


def _as_before(house):
    """Leave the store as it was when days were those of UTC, and nobody noted which they were."""
    with house.store.transaction() as tx:
        assert derived.zone(tx, NAME) == "UTC"
        rows = table(DerivedRow)
        tx.connection().execute(rows.delete().where(rows.c.name == "zone"))


@pytest.mark.parametrize("zone", [VIENNA, ANGELES])
def test_a_store_from_before_comes_right_by_itself(at, workplace, zone):
    house = at("UTC")
    _import(house, workplace)
    portraits.portrait(house, NOW.date() - timedelta(days=300), NOW.date())
    _as_before(house)
    fresh = at(zone, "fresh")
    _import(fresh, workplace)
    assert _shown(at(zone)) == _shown(fresh)
    assert _stored(at(zone)) == _stored(fresh)


def test_rounds_that_stay_on_their_day_are_not_measured_again(at, workplace):
    mornings = [datetime(2026, 10, day, 5, tzinfo=UTC) for day in range(1, 15)]
    house = at("UTC")
    _import(house, workplace, mornings)
    pipeline.catch_up(house)
    _as_before(house)
    with house.store.snapshot() as tx:
        before = derived.version(tx, NAME), tx.connection().execute(select(func.count(table(CourseRow).c.day))).scalar()
    moved = at(VIENNA)
    pipeline.catch_up(moved)
    with house.store.snapshot() as tx:
        after = derived.version(tx, NAME), tx.connection().execute(select(func.count(table(CourseRow).c.day))).scalar()
        assert derived.zone(tx, NAME) == VIENNA
    assert after == before


def test_what_a_program_of_the_old_zone_adds_meanwhile_comes_right(at, workplace):
    house = at(VIENNA)
    _import(house, workplace)
    before = _stored(house)
    late = at(ANGELES)  # does not know of the move back
    pipeline.measure(late, _rounds(late)[0].id)
    with late.store.snapshot() as tx:
        assert derived.zone(tx, NAME) not in {"", VIENNA, ANGELES}
    assert _stored(at(VIENNA)) == before


@pytest.mark.parametrize("zone", [VIENNA, ANGELES, APIA])
def test_a_day_alone_is_that_day_of_the_brand(at, workplace, zone):
    house = at(zone)
    assert _import(house, workplace, ["2026-10-25", "2026-11-22"]).added == 2
    for day in (date(2026, 10, 25), date(2026, 11, 22)):
        assert documents.portrait(house, day, day).answers == 1
    with house.store.snapshot() as tx:
        held = progress.rounds(tx, NAME, *house.bounds(date(2026, 10, 25), date(2026, 10, 25)), limit=9)
    assert [(each.round.key, each.round.opened_at) for each in held] == [
        ("2026-10-25", days.noon(date(2026, 10, 25), zone))
    ]
    assert _import(house, workplace, ["2026-10-25", "2026-11-22"]).known == 2


def test_a_day_that_is_not_over_has_no_answers_of_later(at, workplace):
    house = at(ANGELES)  # where it is four in the morning
    _import(house, workplace, ["2026-11-22"])
    assert unmeasured.unmeasured(house).newest == date(2026, 11, 22)
    with house.store.snapshot() as tx:
        assert tx.connection().execute(select(table(AttemptRow).c.asked_at)).scalar_one() == NOW


def test_days_that_were_imported_before_are_the_brands_too(at, workplace):
    house = at("UTC")
    _import(house, workplace, ["2026-10-25"])
    midnight = datetime(2026, 10, 25, tzinfo=UTC)
    with house.store.transaction() as tx:
        tx.connection().execute(update(table(AttemptRow)).values(asked_at=midnight, sent_at=midnight))
        tx.connection().execute(update(table(RoundRow)).values(opened_at=midnight, closed_at=midnight))
    for round_ in _rounds(house):
        pipeline.measure(house, round_.id)
    _as_before(house)
    moved = at(ANGELES)
    assert documents.portrait(moved, date(2026, 10, 25), date(2026, 10, 25)).answers == 1
    assert documents.portrait(moved, date(2026, 10, 24), date(2026, 10, 24)).answers == 0
    assert [round_.opened_at for round_ in _rounds(moved)] == [days.noon(date(2026, 10, 25), ANGELES)]
    assert _import(moved, workplace, ["2026-10-25"]).known == 1


def _rounds(house):
    with house.store.snapshot() as tx:
        return [each.round for each in progress.rounds(tx, NAME, *house.bounds(date(2020, 1, 1), NOW.date()), limit=9)]


def test_midnight_stands_in_the_evidence_of_one_day(at, workplace):
    house = at(VIENNA)
    _import(house, workplace, [datetime(2026, 10, 18, 22, tzinfo=UTC)], text=lambda _: WRONG)
    shown = [
        len(proving.exhibits(house, Asked(edition=Edition.EVIDENCE, start=day, end=day)))
        for day in (date(2026, 10, 18), date(2026, 10, 19))
    ]
    assert shown == [0, 1]


def test_answers_are_judged_anew_where_the_brand_moved(at, workplace):
    house = at(VIENNA)
    _import(house, workplace)
    assert rereading.under_way(house) is None
    moved = at(ANGELES)
    assert rereading.under_way(moved) == rereading.Left(unread=len(MOMENTS))
    with moved.store.transaction() as tx:
        brands.use_settings(tx, moved.settings, NOW)
    assert rereading.again(moved) == len(MOMENTS)
    assert rereading.under_way(moved) is None


def test_an_import_measures_whatever_it_read_again(at, workplace):
    house = at(VIENNA)
    _import(house, workplace, text=lambda number: f"Veloria was founded in {2011 if number % 3 else 1987}")
    before = _wrong(house)
    turned = at(VIENNA, founded="1987")
    _import(turned, workplace, [MOMENTS[0] + timedelta(minutes=7)], text=lambda _: "Nothing of it")
    assert (before, _wrong(turned)) == (len(MOMENTS[::3]), len(MOMENTS) - len(MOMENTS[::3]))


def _wrong(house):
    """How many answers are counted as wrong."""
    with house.store.snapshot() as tx:
        kept = digests.sums(tx, NAME, date.min, date.max, only=[Measure.WRONG_RATE])
        return sum(sum(sums.hits) for one in kept for columns in one.columns for sums in columns.sums)
