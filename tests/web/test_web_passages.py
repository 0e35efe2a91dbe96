"""A list of answers shows the words that brought each answer there."""

from monitor.domain.readings import Verdict
from monitor.domain.search import Hit
from monitor.web.pages.answers import _badges
from monitor.web.render import _beginning

DAYS = "last=30d"


def test_whoever_follows_a_wrong_fact_reads_the_wrong_sentence_marked(browser, stand):
    text = browser.get(f"{stand.home}/answers?measure=wrong_rate&subject=founded&side=hits&{DAYS}").text
    assert text.count("<article") == text.count('<mark class="contradicted">Quarn was founded in 1974') == 4
    right = browser.get(f"{stand.home}/answers?fact=stores&verdict=supported&{DAYS}").text
    assert right.count("<article") == right.count('<mark class="supported">') == 16
    assert "41 shops" in right


def test_whoever_follows_a_name_reads_where_it_stands(browser, stand):
    text = browser.get(f"{stand.home}/answers?measure=visibility&subject=Fennick&side=hits&{DAYS}").text
    assert text.count("<article") == text.count("<mark>Fennick</mark>") == 16


def test_what_nobody_looked_for_begins_at_its_beginning(browser, stand):
    assert "<mark" not in browser.get(f"{stand.home}/answers?{DAYS}").text


def test_an_answer_names_each_fact_once_with_its_worst_verdict_the_worst_first():
    said = (("a", Verdict.SUPPORTED), ("b", Verdict.UNVERIFIED), ("c", Verdict.CONTRADICTED), ("b", Verdict.SUPPORTED))
    hit = Hit(**dict.fromkeys(Hit.__dataclass_fields__, None) | {"verdicts": said})
    assert _badges(hit) == [("c", Verdict.CONTRADICTED), ("a", Verdict.SUPPORTED), ("b", Verdict.SUPPORTED)]


def test_an_excerpt_ends_with_a_whole_word():
    cut = ("**One** " + "machine " * 60)[:280]
    assert _beginning(cut).endswith("machine\u2026")
    assert _beginning("It costs \\~$250.") == "It costs ~$250."
