import pytest

from monitor.demo import pages

DRAFT = f"First things first. Ostrello is in Graz.{pages.mark('own-about')} More.{pages.mark('repair-index')}"


def test_links_stand_in_brackets_behind_the_sentence():
    cited = pages.settle(DRAFT, "gpt-search")
    first = cited.citations[0]
    assert cited.text[first["start"] : first["end"]] == (
        "([ostrello.example](https://ostrello.example/about?utm_source=chatgpt.com))"
    )


def test_the_tracking_parameter_joins_a_query_and_stays_before_a_fragment():
    cited = pages.settle(pages.mark("repair-index") + pages.mark("water"), "gpt-search")
    assert [each["url"] for each in cited.citations] == [
        "https://repairscore.example/kitchen/espresso?page=1&utm_source=chatgpt.com",
        "https://watercheck.example/hardness?utm_source=chatgpt.com#table",
    ]


def test_a_grounded_citation_spans_its_sentence():
    cited = pages.settle(DRAFT, "gemini-search")
    spans = [cited.text[each["start"] : each["end"]] for each in cited.citations]
    assert spans == ["Ostrello is in Graz.", "More."]


def test_numbers_count_the_sources():
    cited = pages.settle(DRAFT + pages.mark("own-about"), "sonar")
    assert cited.text == "First things first. Ostrello is in Graz.[1] More.[2][1]"
    assert len(cited.sources) == 2


@pytest.mark.parametrize("assistant", ["claude-memory", ""])
def test_others_leave_no_trace_of_a_page(assistant):
    cited = pages.settle(DRAFT, assistant)
    assert cited.text == "First things first. Ostrello is in Graz. More."
    assert not cited.citations
    assert not cited.sources


def test_every_page_is_on_an_invented_domain():
    assert all(page.url.split("/")[2].endswith(".example") for page in pages.PAGES.values())
