"""What is forgotten is what was kept long enough, and nothing else; on both databases."""

import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from monitor.domain.answers import Surface
from monitor.domain.keeping import Forgotten, Kept
from monitor.domain.measures import Measure, Series, Tally
from storage import retention, tallies
from storage.tables import (
    AlertRow,
    AnswerRow,
    AssistantRow,
    AttemptRow,
    CitationRow,
    ClaimRow,
    ExchangeRow,
    JudgingRow,
    MentionRow,
    OpinionRow,
    ProbeRow,
    PromptRow,
    ReadingRow,
    RoundRow,
    table,
)

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
SURFACES = tuple(Surface)
BRANDS = itertools.count()


def put(tx, row, **values: object):
    tx.connection().execute(insert(table(row)).values(**values))


class Archive:
    """Answers of one brand, each in a round of its own."""

    def __init__(self, tx) -> None:
        self.tx, self.brand = tx, f"brand {next(BRANDS)}"
        put(tx, PromptRow, id=self.brand, prompt_id="p", text="?", topic="t", body="{}")
        for each in SURFACES:
            values = {"assistant_id": each, "use": "x", "model": "m", "surface": each, "body": "{}"}
            put(tx, AssistantRow, id=f"{self.brand} {each}", **values)

    def answer(self, name, *, age, surface=Surface.API, state="complete", summed=True, kind="scheduled"):
        """Keep an answer with two readings and all that hangs on it; returns its id."""
        tx, brand, at = self.tx, self.brand, NOW - timedelta(days=age)
        id_ = f"{brand} {name}"
        put(tx, RoundRow, id=id_, brand=brand, kind=kind, key=id_, opened_at=at, state=state)
        values = {"place": 0, "prompt": brand, "assistant": f"{brand} {surface}", "sample": 0}
        put(tx, ProbeRow, id=id_, round_id=id_, **values)
        settled = {"generation": 0, "newest": True, "state": "answered", "month": at, "asked_at": at}
        put(tx, AttemptRow, id=id_, probe_id=id_, brand=brand, **settled)
        put(tx, ExchangeRow, attempt_id=id_, place=0, url="u", request="{}", response=b"secret words", sent_at=at)
        put(tx, AnswerRow, id=id_, attempt_id=id_, brand=brand, text="words", finish="complete", content_hash="h")
        for number, newest in enumerate((False, True)):
            made = {"analyzer": f"a{number}", "sheet": "s", "outcome": "answer", "body": "{}", "made_at": at}
            put(tx, ReadingRow, answer_id=id_, newest=newest, **made)
        put(tx, MentionRow, answer_id=id_, place=0, entity="e", start=0, end=1)
        source = {"url": "u", "domain": "d", "owner": "own", "entity": "", "title": ""}
        put(tx, CitationRow, answer_id=id_, place=0, **source)
        claim = {"fact": "f", "verdict": "supported", "value": "1", "hedged": False, "why": "", "start": 0, "end": 1}
        put(tx, ClaimRow, answer_id=id_, place=0, **claim)
        about = {"kind": "fact", "subject": "f", "phrase": "x", "start": 0, "end": 1, "verdict": "supported"}
        said = {"model": "m", "agreement": "agrees", "asked_at": at, "brand": brand, "question": id_}
        put(tx, OpinionRow, answer_id=id_, **about, **said)
        if summed:
            series = Series(measure=Measure.VISIBILITY, assistant_id=surface, surface=surface, subject="e", topic="t")
            tally = Tally(series=series, round_id=id_, prompt_id="p", day=at.date(), regime="", hits=1, of=1, answers=1)
            tallies.save(tx, brand, [tally])
        return id_

    def alert(self, answer_id, state="open"):
        body = f'{{"quotes": [{{"answer_id": "{answer_id}", "text": "words"}}]}}'
        id_ = f"alert {answer_id} {state}"
        values = {"rule": "wrong_fact", "severity": "major", "opened_at": NOW, "signal": body, "life": "{}"}
        put(self.tx, AlertRow, id=id_, brand=self.brand, key=id_, state=state, **values)

    def forget(self, what, days, surface=Surface.API, *, limit=3, settled=()):
        """Forget everything that is due, as the program does."""
        before, after, count = NOW - timedelta(days=days), None, 0
        how = {"limit": limit, "settled": settled}
        while found := retention.due(self.tx, self.brand, what, surface, before, after=after, **how):
            assert len(found) <= limit
            after = found[-1]
            spared = retention.spared(self.tx, self.brand)
            count += retention.forget(self.tx, what, [each for each in found if each.answer_id not in spared])
        return count

    def left(self, row=AnswerRow, column="id"):
        found = table(row).c[column]
        wanted = select(found).where(found.startswith(f"{self.brand} ", autoescape=True))
        return {id_.removeprefix(f"{self.brand} ") for id_ in self.tx.connection().execute(wanted).scalars()}


AGES = st.integers(min_value=0, max_value=500)
ANSWERS = st.lists(
    st.tuples(AGES, st.sampled_from(SURFACES), st.booleans(), st.booleans(), st.sampled_from(["", "open", "resolved"])),
    max_size=8,
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(answers=ANSWERS, exchanges=AGES, kept=AGES)
def test_what_is_left_is_what_the_file_says(store, answers, exchanges, kept):
    with store.transaction() as tx:
        archive, wire, words = Archive(tx), set(), set()
        for number, (age, surface, closed, summed, alert) in enumerate(answers):
            id_ = archive.answer(
                str(number), age=age, surface=surface, state="complete" if closed else "open", summed=summed
            )
            if alert:
                archive.alert(id_, alert)
            safe = not closed or alert == "open" or surface is not Surface.API
            stays = safe or not summed or age <= kept
            words |= {str(number)} if stays else set()
            wire |= {str(number)} if stays and (safe or age <= exchanges) else set()
        sums = tx.connection().execute(select(func.count()).select_from(table(AlertRow))).scalar()
        archive.forget(Kept.EXCHANGES, exchanges)
        archive.forget(Kept.ANSWERS, kept)
        assert archive.left() == words
        assert archive.left(ExchangeRow, "attempt_id") == wire
        for hanging in (ReadingRow, MentionRow, CitationRow, ClaimRow, OpinionRow):
            assert archive.left(hanging, "answer_id") == words
        everything = {str(number) for number in range(len(answers))}
        assert archive.left(AttemptRow) == archive.left(ProbeRow) == archive.left(RoundRow) == everything
        counted = {number for number, each in enumerate(answers) if each[3]}
        held = tallies.load(tx, archive.brand, date(2020, 1, 1), NOW.date())
        assert {each.round_id.rpartition(" ")[2] for each in held} == {str(number) for number in counted}
        assert tx.connection().execute(select(func.count()).select_from(table(AlertRow))).scalar() == sums
        assert archive.forget(Kept.ANSWERS, kept) == 0, "what is gone is gone once"


def test_a_round_is_known_to_be_forgotten(store):
    with store.transaction() as tx:
        archive = Archive(tx)
        old, new = archive.answer("old", age=100), archive.answer("new", age=1)
        assert archive.forget(Kept.ANSWERS, 50) == 1
        assert retention.is_forgotten(tx, old)
        assert not retention.is_forgotten(tx, new)


def test_only_readings_that_were_replaced_are_forgotten(store):
    with store.transaction() as tx:
        archive = Archive(tx)
        id_ = archive.answer("old", age=100)
        assert archive.forget(Kept.READINGS, 50) == 1
        readings = table(ReadingRow)
        left = tx.connection().execute(select(readings.c.newest).where(readings.c.answer_id == id_)).scalars().all()
        assert left == [True]
        assert archive.left() == {"old"}


def test_what_was_not_read_or_summed_up_is_named_first(store):
    with store.transaction() as tx:
        archive = Archive(tx)
        unsummed = archive.answer("unsummed", age=100, summed=False)
        archive.answer("open", age=100, summed=False, state="open")
        archive.answer("confirming", age=100, summed=False, kind="confirming")
        archive.answer("fine", age=100)
        before = NOW - timedelta(days=50)
        assert retention.unsettled(tx, archive.brand, Surface.API, before) == [unsummed]
        assert archive.forget(Kept.ANSWERS, 50) == 2
        assert archive.left() == {"unsummed", "open"}
        assert archive.forget(Kept.ANSWERS, 50, settled=[unsummed]) == 1


def test_the_exchange_with_a_judge_is_emptied(store):
    with store.transaction() as tx:
        for age in (10, 100):
            at = NOW - timedelta(days=age)
            put(tx, JudgingRow, id=f"j{age}", brand="b", model="m", month=at, asked_at=at, request="q", response=b"r")
        assert retention.forget_judgings(tx, "b", NOW - timedelta(days=50)) == 1
        assert retention.forget_judgings(tx, "b", NOW - timedelta(days=50)) == 0
        judgings = table(JudgingRow)
        kept = tx.connection().execute(select(judgings.c.request).order_by(judgings.c.asked_at)).scalars().all()
        assert kept == ["", "q"]


def test_what_was_forgotten_is_written_down(store):
    gone = Forgotten(what=Kept.ANSWERS, surface=Surface.APP, before=NOW - timedelta(days=60), count=7, at=NOW)
    with store.transaction() as tx:
        retention.note(tx, "b", gone)
        assert retention.noted(tx, "b", NOW) == [gone]
        assert retention.noted(tx, "b", NOW + timedelta(seconds=1)) == []
