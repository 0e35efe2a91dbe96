"""Days of rounds, added up, come back as they were; what was computed from tallies goes when one of them changes."""

from array import array
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from monitor.domain.answers import Surface
from monitor.domain.digests import Asking, Cited, ClaimAt, Columns, Digest, Part, StatementAt, Sums
from monitor.domain.measures import Measure, Series, Tally
from monitor.domain.readings import Owner, Verdict
from monitor.domain.rounds import Round, RoundKind, RoundState
from storage import derived, digests, rounds, tallies

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
PART = Part(
    assistant_id="gpt5", surface=Surface.API_SEARCH, topic="bags", label="OpenAI API, gpt-5 with search",
    first_at=AT, last_at=AT, asked=3, answered=2, refused=0, missed=1, cut_off=0, imported=0, told=2, searched=1,
    texts=2, distinct=2, claims=2, checkable=1, cost=Decimal("0.0123"), models={"gpt-5": 2}, misses={"timeout": 1},
    names=("Corvane",), verdicts={"price": {Verdict.OUTDATED: 1, Verdict.UNVERIFIED: 1}},
    naming=("best",), silent={"worst": Asking(text="Which bag is worst?", answers=2)},
    cited=(Cited(domain="a.example", owner=Owner.OTHER, entity="", citations=2, answers=1),),
    quotable=(ClaimAt(fact="price", verdict=Verdict.OUTDATED, asked_at=AT, answer_id="a1", place=0, words="w"),),
    statements=(
        StatementAt(topic="recall", gist="g", asked_at=AT, answer_id="a1", probe_id="p1", place=0, words="v"),
    ),
)  # fmt: skip
COLUMNS = Columns(
    assistant_id="gpt5", surface=Surface.API_SEARCH, prompts=("best", "worst\0"), topics=("bags", ""), words=("w", ""),
    sums=(
        Sums(measure=Measure.VISIBILITY, subject="Corvane", regime="model=m", hits=array("d", [1.5, 0]),
             of=array("b", [2, 0]), answers=array("b", [2, 0])),
        Sums(measure=Measure.NET_STANCE, subject="コルヴァン", regime="", hits=array("b", [-3, 0]),
             of=array("i", [300, 7]), answers=array("b", [3, 7])),
    ),
)  # fmt: skip


def test_they_come_back_by_day_as_they_were(store, samples):
    digest = Digest(round_id="r1", day=DAY, parts=(PART,), quotable=PART.quotable, columns=(COLUMNS,), topics=(PART,))
    with store.transaction() as tx:
        digests.save(tx, samples.brand, "r1", DAY, [digest])
        digests.save(tx, samples.brand, "r1", DAY, [digest])
    with store.snapshot() as tx:
        assert list(digests.load(tx, samples.brand, DAY, DAY, topics=True)) == [digest]
        assert list(digests.load(tx, samples.brand, DAY, DAY)) == [replace(digest, topics=())]
        (sums,) = digests.sums(tx, samples.brand, DAY, DAY, only=[Measure.NET_STANCE])
        assert sums == Digest(round_id="r1", day=DAY, columns=(replace(COLUMNS, sums=COLUMNS.sums[1:]),))
        assert not list(digests.load(tx, samples.brand, date(2026, 11, 23), date(2026, 11, 30)))


def test_rounds_without_one_and_open_ones_are_known(store, samples):
    with store.transaction() as tx:
        for name in ("counted", "open", "nothing"):
            held = Round(id=name, brand=samples.brand, kind=RoundKind.SCHEDULED, key=name, opened_at=AT)
            rounds.open_round(tx, round=held, probes=())
        for name in ("counted", "nothing"):
            rounds.close_round(tx, name, RoundState.COMPLETE, "", AT)
        for name in ("counted", "open"):
            digests.save(tx, samples.brand, name, DAY, [])
        found = {name for name, _, _ in digests.without(tx, samples.brand)}
    assert found == {"open", "nothing"}


def test_what_was_computed_is_forgotten_with_the_next_tally(store, samples):
    series = Series(measure=Measure.VISIBILITY, assistant_id="gpt5", surface=Surface.API, subject="Corvane")
    tally = Tally(series=series, round_id="r1", prompt_id="best", day=DAY, regime="m", hits=1, of=2, answers=2)
    with store.transaction() as tx:
        derived.keep(tx, samples.brand, "changes", DAY, "one")
        derived.keep(tx, samples.brand, "changes", DAY, "two")
        assert derived.find(tx, samples.brand, "changes", DAY) == "two"
        tallies.save(tx, "somebody else", [tally])
        assert derived.find(tx, samples.brand, "changes", DAY) == "two"
        derived.keep(tx, samples.brand, "changes", date(2026, 11, 21), "earlier")
        before = derived.version(tx, samples.brand)
        tallies.save(tx, samples.brand, [tally])
        assert derived.find(tx, samples.brand, "changes", DAY) is None
        assert derived.find(tx, samples.brand, "changes", date(2026, 11, 21)) == "earlier"
        assert derived.version(tx, samples.brand) > before
        assert tallies.last_day(tx, samples.brand, DAY) == DAY
        assert tallies.last_day(tx, samples.brand, date(2026, 11, 1)) is None
        assert tallies.of_round(tx, samples.brand, "r1") == [tally]


def test_the_first_that_is_kept_from_a_day_on_is_found(store, samples):
    earlier, later = date(2026, 11, 2), date(2026, 11, 30)
    with store.transaction() as tx:
        for day, body in ((earlier, "earlier"), (later, "later")):
            derived.keep(tx, samples.brand, "walked:a", day, body)
        derived.keep(tx, samples.brand, "walked:b", DAY, "of another history")
        found = [derived.later(tx, samples.brand, "walked:a", day) for day in (earlier, DAY, later, date(2026, 12, 1))]
    assert found == ["earlier", "later", "later", None]


def test_measured_days_are_listed_and_the_first_of_them_is_known(store, samples):
    days = [date(2026, 11, 20), DAY]
    series = Series(measure=Measure.VISIBILITY, assistant_id="gpt5", surface=Surface.API, subject="Corvane")
    with store.transaction() as tx:
        for number, day in enumerate((*days, DAY)):
            name = f"r{number}"
            tally = Tally(series=series, round_id=name, prompt_id="best", day=day, regime="m", hits=1, of=2, answers=2)
            tallies.save(tx, samples.brand, [tally])
            digests.save(tx, samples.brand, name, day, [])
        assert digests.days(tx, samples.brand, date(2026, 11, 1), date.max) == days
        assert digests.days(tx, samples.brand, DAY, DAY) == [DAY]
        assert tallies.first_day(tx, samples.brand, date(2026, 11, 1)) == days[0]
        assert tallies.first_day(tx, samples.brand, date(2026, 11, 21)) == DAY
        assert tallies.first_day(tx, samples.brand, date(2026, 11, 23)) is None
