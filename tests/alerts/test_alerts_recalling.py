from dataclasses import replace

import pytest

from monitor.alerts import dismissals, recalling
from monitor.domain import wording
from monitor.domain.readings import Outcome, Span, Verdict
from monitor.domain.rounds import AttemptState, MissReason


@pytest.fixture
def seen(made):
    """A round: a right answer, two wrong ones with what stands behind one of them, a refusal, a miss."""
    right = made.reading(["Quillmark"], claims=[made.claim("79", Verdict.SUPPORTED)])
    behind = made.citation("old.example", supports=Span(start=0, end=2))
    beside = made.citation("other.example", supports=Span(start=40, end=50))
    wrong = made.reading(["Quillmark"], claims=[made.claim("99")], citations=[behind, beside])
    said = made.reading(claims=[made.claim("89", start=4)], statements=[made.statement()])
    silent = made.reading(outcome=Outcome.REFUSAL)
    observed = [made.observe(each, number=1, sample=at) for at, each in enumerate((right, wrong, said, silent))]
    missed = replace(
        observed[0], answer_id="", reading=None, text="", state=AttemptState.MISSED, miss=MissReason.TIMEOUT
    )
    return [*observed, missed]


def _bare(one):
    """What is recalled of an observation."""
    reading = one.reading and replace(
        one.reading,
        answer_id=one.answer_id if one.reading.claims or one.reading.new_statements else "",
        mentions=(),
        citations=tuple(replace(each, url="") for each in one.reading.citations[:1]),
        stance={},
        recommended=(),
        ranks={},
        analyzer="",
        sheet="",
    )
    return replace(one, text="", reading=reading, probe_id="", cost=None)


def test_what_is_recalled_is_the_same_without_words(seen):
    assert recalling.observations(recalling.of_round(seen)) == [_bare(one) for one in seen]


def test_what_was_dismissed_is_recalled_as_dismissed(seen):
    dismissed = frozenset(
        {wording.of_claim(seen[1].text, seen[1].reading.claims[0])}
        | {wording.of_statement(seen[2].text, each) for each in seen[2].reading.new_statements}
    )
    recalled = recalling.observations(recalling.of_round(seen), dismissed)
    for one, other in zip(recalled, dismissals.without(seen, dismissed), strict=True):
        assert (one.reading and one.reading.claims) == (other.reading and other.reading.claims)
        assert (one.reading and one.reading.new_statements) == (other.reading and other.reading.new_statements)
    assert [claim.verdict for one in recalled if one.reading for claim in one.reading.claims] == [
        Verdict.SUPPORTED, Verdict.UNVERIFIED, Verdict.CONTRADICTED,
    ]  # fmt: skip


def test_nothing_is_kept_of_nothing():
    assert recalling.of_round([]) is None
