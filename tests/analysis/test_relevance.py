"""What is meant for a fact: the words, the traits, the nets and how they choose."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from monitor.analysis.claims import Checker
from monitor.analysis.closeness import FAR
from monitor.analysis.mentions import Finder
from monitor.analysis.relevance import boosting, card, choosing, learning, model, vectors
from monitor.analysis.relevance.traits import Weighed
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet
from monitor.domain.readings import Claim, Verdict

SHEET = FactSheet(
    brand=Entity(name="Acme Rowing"),
    competitors=(Entity(name="Skiff & Sons"),),
    as_of=date(2026, 11, 1),
    facts=(
        Fact(id="staff", kind="number", about="number of employees", value=350, unit="people"),
        Fact(id="founded", kind="year", about="founding year", value=1987),
        Fact(id="price", kind="money", about="price of a single scull", value=4200, unit="EUR"),
        Fact(id="ceo", kind="person", about="CEO", value="Ada Lindqvist"),
    ),
)


def all_weighed(words: str, sheet: FactSheet = SHEET) -> list[tuple[Weighed, Claim]]:
    document = parse(words, "en")
    mentions = Finder(sheet.entities).find(document, "")
    return Checker(sheet).weighed(document, mentions, Answer(id="a", text=words, lang="en"))


def weighed(words: str, sheet: FactSheet = SHEET) -> dict[str, Weighed]:
    """Return the last value that may be meant for each fact."""
    return {claim.fact: one for one, claim in all_weighed(words, sheet)}


def claims(words: str) -> dict[str, Claim]:
    document = parse(words, "en")
    mentions = Finder(SHEET.entities).find(document, "")
    return {one.fact: one for one in Checker(SHEET).check(document, mentions, Answer(id="a", text=words, lang="en"))}


def test_words_that_mean_alike_are_near_and_others_are_not() -> None:
    table = vectors.load()
    staff, workers, price = (table.of([word]) for word in ("staff", "workers", "price"))
    assert vectors.alike(staff, workers)[0, 0] > 0.5 > vectors.alike(staff, price)[0, 0]


def test_a_word_that_nobody_knows_is_like_no_other() -> None:
    table = vectors.load()
    assert vectors.alike(table.of(["zzyzxqua"]), table.of(["staff", "zzyzxqua"])).max() == 0.0


def test_every_file_is_small_and_the_card_tells_of_them() -> None:
    files = (vectors.FILE, model.VALUES, model.NAMES)
    assert sum(file.stat().st_size for file in files) < 5_000_000
    written = card.FILE.read_text(encoding="utf-8")
    assert f"{len(vectors.load().numbers):,} words" in written
    assert all(file.name in written for file in files)


@pytest.mark.parametrize(("file", "fact"), [(model.VALUES, "staff"), (model.NAMES, "ceo")])
def test_a_model_asks_for_traits_that_there_are(file: Path, fact: str) -> None:
    found = weighed("Acme Rowing has 420 employees, and Ada Lindqvist is its CEO.")
    assert set(model.load(file).names) == set(found[fact].traits)


def test_a_net_learns_what_no_line_parts() -> None:
    lesson = corners()
    taught = learning.teach(lesson, learning.Course(nets=2, epochs=150), 7)
    said = taught.probabilities(lesson.traits.astype(np.float32)) > 0.5
    assert (said == lesson.right.astype(bool)).mean() > 0.9


def corners() -> learning.Lesson:
    """A lesson that no line parts: right where both traits have the same sign."""
    traits = np.random.default_rng(7).uniform(-1, 1, (600, 2))
    right = (traits[:, 0] * traits[:, 1] > 0).astype(float)
    return learning.Lesson(traits=traits, right=right, worth=np.ones(600))


def test_trees_learn_what_no_line_parts() -> None:
    lesson = corners()
    grown = boosting.grow(lesson, boosting.Growth(trees=40, rate=0.3, traits=1.0), 7)
    said = grown.probabilities(lesson.traits.astype(np.float32)) > 0.5
    assert (said == lesson.right.astype(bool)).mean() > 0.9


def test_trees_that_see_nothing_to_part_tell_how_many_are_right() -> None:
    lesson = learning.Lesson(traits=np.zeros((400, 3)), right=np.arange(400) % 4 == 0, worth=np.ones(400))
    grown = boosting.grow(lesson, boosting.Growth(trees=200), 7)
    assert grown.probabilities(np.ones((2, 3), dtype=np.float32)) == pytest.approx([0.25, 0.25], abs=0.05)


def test_a_tree_asks_each_row_in_the_traits_own_units() -> None:
    step = np.array([[0.0], [10.0], [20.0], [30.0]] * 30)
    lesson = learning.Lesson(traits=step, right=(step[:, 0] > 15).astype(float), worth=np.ones(120))
    grown = boosting.grow(lesson, boosting.Growth(trees=20, rate=0.3, traits=1.0, rows=1.0), 7)
    low, high = grown.probabilities(np.array([[14.9], [15.1]], dtype=np.float32))
    assert low < 0.2
    assert high > 0.8


def test_a_model_reads_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    lesson = learning.Lesson(traits=np.eye(3), right=np.array([1.0, 0.0, 1.0]), worth=np.ones(3))
    taught = model.Model(
        names=("a", "b", "c"), net=learning.teach(lesson, learning.Course(nets=1, epochs=2, hidden=4), 1),
        trees=boosting.grow(lesson, boosting.Growth(trees=3, fewest=1, rows=1.0), 1),
    )  # fmt: skip
    model.save(file, taught)
    rows = np.eye(3, dtype=np.float32)
    assert model.load(file).names == ("a", "b", "c")
    assert model.load(file).probabilities(rows) == pytest.approx(taught.probabilities(rows), abs=1e-6)


def test_how_far_a_value_lies_is_told_in_doublings_and_in_eights_of_years() -> None:
    assert weighed("Acme Rowing has 700 employees.")["staff"].off == pytest.approx(1.0)
    assert weighed("Acme Rowing was founded in 1995.")["founded"].off == pytest.approx(1.0)


def test_a_short_clause_that_says_its_fact_and_nothing_else_is_plain_however_far_off() -> None:
    assert choosing.plainly(weighed("Acme Rowing has 90,000 employees.")["staff"])
    assert claims("Acme Rowing has 90,000 employees.")["staff"].verdict is Verdict.CONTRADICTED
    assert claims("Facts about Acme Rowing:\n\n- **Employees:** 1,200")["staff"].verdict is Verdict.CONTRADICTED


def test_other_words_may_speak_of_a_fact() -> None:
    said = weighed("Acme Rowing pays 350 workers.")
    assert said["staff"].traits["covered"] > 0.3


def test_a_value_is_meant_for_one_fact() -> None:
    every = weighed("Acme Rowing was founded in 1990 and has 420 employees.").values()
    values = [one for one in every if one.found.asked.valued]
    meant = choosing.meant(values, model.shipped().values)
    spans = [(one.found.said.start, one.found.said.end) for one in meant]
    assert len(spans) == len(set(spans))


def test_what_is_unlikely_to_be_meant_is_held_against_nobody() -> None:
    found = claims("Acme Rowing flew 420 people to a race in Boston.")
    assert not any(one.verdict.wrong for one in found.values())


def test_a_day_may_have_any_year() -> None:
    fact = Fact(id="opened", kind="date", about="opening of the boathouse", value="987-05")
    sheet = FactSheet(brand=Entity(name="Acme Rowing"), facts=(fact,))
    assert weighed("The boathouse of Acme Rowing opened in May 1987.", sheet)["opened"].off == FAR


def test_a_name_of_several_words_is_known_by_each_of_them_but_not_by_an_article() -> None:
    fact = Fact(id="staff", kind="number", about="number of employees", value=350, unit="people")
    sheet = FactSheet(brand=Entity(name="Kiln-Works", aliases=("The Kiln-Works",)), facts=(fact,))
    assert weighed("Kiln-Works has 420 employees.", sheet)["staff"].traits["subject"]
    assert not weighed("Kiln-Works is old. The town counts 420 employees.", sheet)["staff"].traits["subject"]


def test_what_is_said_elsewhere_of_a_fact_speaks_against_a_value_that_only_might_be_meant() -> None:
    alone = weighed("Acme Rowing flew 420 people to a race.")["staff"].traits
    beside = weighed("Acme Rowing has 350 employees.\n\nAcme Rowing flew 420 people to a race.")["staff"].traits
    assert not alone["elsewhere"]
    assert alone["first"]
    assert beside["elsewhere"] == 1
    assert beside["elsewhere_same"]
    assert beside["before_elsewhere"] <= 0


def test_how_values_stand_to_each_other_is_told_of_each_place_without_its_own() -> None:
    lines = [f"- Acme Rowing has {number} employees." for number in (350, 420, 420)]
    every = [one for one, claim in all_weighed("\n".join(lines)) if claim.fact == "staff"]
    assert [one.traits["elsewhere"] for one in every] == [2, 2, 2]
    assert [one.traits["elsewhere_same"] for one in every] == [False, True, True]
    assert [one.traits["elsewhere_as_here"] for one in every] == [False, True, True]
    assert [one.traits["first"] for one in every] == [True, False, False]


def test_what_the_words_around_make_another_things_must_be_surer_to_be_held_against_an_answer() -> None:
    doubted = weighed("Acme Rowing's catering department has 40 employees.")["staff"]
    assert doubted.doubted
    assert choosing.least(doubted.found, Verdict.CONTRADICTED, doubted=True) > choosing.least(
        doubted.found, Verdict.CONTRADICTED
    )
    assert not any(one.verdict.wrong for one in claims("Acme Rowing's catering department has 40 employees.").values())


@pytest.mark.parametrize(
    ("words", "trait"),
    [
        ("Acme Rowing employed 420 people in those days.", "was"),
        ("Acme Rowing has 420 employees.", "is"),
        ("Originally, Acme Rowing had 420 employees.", "once_here"),
        ("Acme Rowing currently has 420 employees.", "today_here"),
    ],
)
def test_the_words_of_a_clause_tell_of_which_time_it_speaks(words: str, trait: str) -> None:
    assert weighed(words)["staff"].traits[trait]
