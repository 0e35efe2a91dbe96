"""Who is compared with whom is compared on the same prompts."""

import html
import re

from monitor.service import portraits, side_by_side
from reports import figures, words
from tests.support import town

PERIOD = "last=30d"


def _days(stand):
    return stand.hands().date().replace(day=1), stand.hands().date()


def test_on_the_same_prompts_everybody_is_counted_in_the_same_answers(stand):
    found, shown = (of(stand.house, *_days(stand)) for of in (side_by_side.side_by_side, portraits.portrait))
    assert {each.series.subject for each in found.visibility} == {town.NAME, "Fennick"}
    assert {each.rate.of for each in found.visibility} == {each.rate.of for each in found.recommended} == {8}
    assert found.prompts == 1
    own = [each for each in shown.visibility if each.series.subject == town.NAME and not each.series.topic]
    assert [(each.series, each.rate, each.interval) for each in own] == [
        (each.series, each.rate, each.interval) for each in found.visibility if each.series.subject == town.NAME
    ]
    others = [each.rate.of for each in shown.visibility if each.series.subject == "Fennick"]
    assert others == [16, 16], "a prompt that names the brand counts for its competitor"


def test_shares_of_voice_on_the_same_prompts_add_up(stand):
    found = side_by_side.side_by_side(stand.house, *_days(stand)).share_of_voice
    for assistant in ("alpha", "beta"):
        own = [each.rate for each in found if each.series.assistant_id == assistant]
        assert sum(rate.hits for rate in own) == own[0].of == 16


def test_each_of_these_numbers_leads_to_the_answers_it_counts(browser, stand):
    text = browser.get(f"{stand.home}/rivals?{PERIOD}").text
    part = text[text.index('id="alike"') : text.index("each over all prompts")]
    cells = re.findall(r'class="value" href="([^"]+)">([^<]+)</a><br><span class="quiet">[^<]*n = (\d+)', part)
    assert len(cells) == 12
    for address, _, number in cells:
        there = browser.get(html.unescape(address)).text
        assert f"of {number} " in there
        assert "Only to prompts that name nobody who is watched." in there
        assert "What is Quarn?" not in re.sub(r"(?s)<form.*?</form>", "", there)


def test_the_api_says_the_same(browser, stand):
    sent = browser.get(f"/api/v1{stand.home.replace('/b/', '/brands/')}/alike?{PERIOD}").json()
    assert {each["rate"]["of"] for each in sent["visibility"]} == {8}


def test_the_chart_of_names_compares_them_on_the_same_prompts_too(browser, stand):
    """Each dot is over the same answers, and leads to them; as pictures and as what they are drawn from alike."""
    page = browser.get(f"{stand.home}/rivals?{PERIOD}").text
    (figure,) = re.findall(r'(?s)<figure data-chart="[^"]*/visibility-compared.*?</figure>', page)
    assert "Named without being asked for, on the same prompts" in figure
    assert "Only prompts that name none of them are counted." in figure
    assert {*re.findall(r"n = (\d+)", figure.split("<table>")[1])} == {"8"}
    told = browser.get(f"{stand.home}/charts/visibility-compared?{PERIOD}").json()
    dots = [each for each in _values(told) if "behind" in each]
    assert dots
    assert {each["behind"]["unnamed"] for each in dots} == {"yes"}


def _values(told):
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    for each in told if isinstance(told, list) else []:
        yield from _values(each)


def test_a_chart_in_a_report_says_where_names_are_counted_over_different_prompts(stand):
    shown = portraits.portrait(stand.house, *_days(stand))
    (mixed,) = figures.comparison(shown, shown.visibility, title="Named", axis="%")
    assert words.UNEVEN in mixed.note
    found = side_by_side.side_by_side(stand.house, *_days(stand))
    (same,) = figures.comparison(shown, found.visibility, title="Named", axis="%", unnamed=True)
    assert words.UNEVEN not in same.note
