import pytest

from monitor.alerts import rules
from monitor.domain.alerts import NoticeReason
from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series
from monitor.domain.rounds import MissReason
from reports import rulewords, words


def _estimate(measure: Measure, hits: float, of: float, within: Interval | None, unit: str = "%") -> Estimate:
    series = Series(measure=measure, assistant_id="a", surface=Surface.API, subject="Tolvane")
    return Estimate(series=series, rate=Rate(hits=hits, of=of), interval=within, answers=int(of), prompts=3, unit=unit)


@pytest.mark.parametrize("measure", list(Measure))
def test_what_was_not_measured_is_never_a_number(measure: Measure) -> None:
    of = _estimate(measure, 0, 0, None)
    assert words.estimate(of) == words.value_of(of) == "not measured"
    assert words.support_of(of) == ""


def test_a_share_has_its_n_and_interval() -> None:
    of = _estimate(Measure.ACCURACY, 96, 121, Interval(low=0.72, high=0.86))
    assert words.estimate(of) == "96 of 121 checked statements (79 %, 95 % interval 72-86 %)"
    assert (words.value_of(of), words.support_of(of)) == ("79 %", "72-86 %, n = 121")


def test_few_answers_give_no_interval_and_say_so() -> None:
    assert words.rate(Rate(hits=1, of=1)) == "1 of 1 answers (100 %, too few to give an interval)"


def test_net_stance_stands_on_its_scale() -> None:
    of = _estimate(Measure.NET_STANCE, -6, 60, Interval(low=-0.21, high=0.01))
    assert words.estimate(of) == (
        "-10 on a scale from -100 to +100 (n = 60 answers with a stance, 95 % interval -21 to +1)"
    )
    assert (words.value_of(of), words.support_of(of)) == ("-10", "-21 to +1, n = 60")


def test_a_mean_is_no_percentage() -> None:
    of = _estimate(Measure.POSITION, 18, 8, Interval(low=1.4, high=3.1), unit="")
    assert words.estimate(of) == "2.2 on average (n = 8 answers, 95 % interval 1.4 to 3.1)"
    assert (words.value_of(of), words.support_of(of)) == ("2.2", "1.4 to 3.1, n = 8")


def test_every_name_has_words() -> None:
    assert all(words.surface(each) for each in Surface)
    assert all(words.measure(each) for each in Measure)
    assert all(words.miss(each) for each in MissReason)
    assert all(words.reason(each) for each in NoticeReason)
    assert words.miss("a_new_one") == "a new one"


def test_every_rule_has_words_of_its_own() -> None:
    assert all(rulewords.of(name).title != words.capital(name.replace("_", " ")) for name in rules.ALL)
    assert rulewords.of("a_new_rule").title == "A new rule"
