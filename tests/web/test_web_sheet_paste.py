"""Facts pasted from a spreadsheet are shown before they count, and lines that say nothing are told."""

import html
import re

import pytest

from monitor.brandfile import editing as text
from monitor.service import mistakes_said, pasting


@pytest.fixture
def send(browser, stand, form_key):
    def sent(facts):
        key = form_key(browser, f"{stand.home}/sheet/paste")
        return browser.post(f"{stand.home}/sheet/paste", data={"form_key": key, "facts": facts})

    return sent


def test_pasted_facts_are_previewed_and_kept(browser, stand, send, form_key):
    shown = send("about\tvalue\tunit\tsentence\r\nprice of a coat\t€ 1,290.50\t\tA coat costs 1,290.50 euros.\r\n")
    assert shown.status_code == 200
    source = html.unescape(re.search(r'name="source" hidden>(.*?)</textarea>', shown.text, re.DOTALL)[1])
    base = re.search(r'name="base" value="(\w+)"', shown.text)[1]
    key = form_key(browser, f"{stand.home}/sheet/paste")
    assert browser.post(f"{stand.home}/sheet", data={"form_key": key, "source": source, "base": base}).is_redirect
    fact = stand.house.settings.sheet.fact("price-of-a-coat")
    assert (fact.kind, fact.value, fact.unit) == ("money", 1290.5, "EUR")
    assert ", edited by this machine" in browser.get(f"{stand.home}/sheet").text


def test_lines_that_say_nothing_are_told(stand, send):
    shown = send("founded: 1987\njust words\n")
    assert shown.status_code == 422
    assert "1 of 2 lines were not understood" in shown.text
    assert stand.house.settings.sheet.fact("founded").value == 2009
    assert "at a time" in send("a: b\n" * 501).text


@pytest.mark.parametrize(
    ("line", "kind", "value", "unit"),
    [
        ("founding year: 1943", "year", 1943, ""),
        ("first shop\t1988-04-02", "date", "1988-04-02", ""),
        ("shops\t1,240 shops", "number", 1240, "shops"),
        ("employees\t1'240", "number", 1240, ""),
        ("recycled\t85 %", "percent", 85, ""),
        ("monthly price\t$9.90", "money", 9.9, "USD"),
        ("monthly price\t12 EUR", "money", 12, "EUR"),
        ("headquarters: Delft", "place", "Delft", ""),
        ("Chief executive\tAda Bright", "person", "Ada Bright", ""),
        ("listed\tno", "flag", False, ""),
        ("sold in\tSweden; Norway", "set", ["Sweden", "Norway"], ""),
        ("warranty\ttwo years", "text", "two years", ""),
    ],
)
def test_a_line_is_understood(line, kind, value, unit):
    (found,) = pasting.lines(line)
    assert not found.why
    assert (found.row["kind"], found.row["value"], found.row.get("unit", "")) == (kind, value, unit)


def test_a_heading_orders_the_columns_and_ids_are_never_taken_twice():
    found = pasting.lines("Value\tFact\tKind\n1,200\tshops\tnumber\nabc\tx\tyear\n41\tshops\tnumber\n")
    assert [line.row["id"] for line in found if line.row] == ["shops", "shops-2"]
    assert "'abc' is not a number" in found[1].why


@pytest.mark.parametrize(
    "pasted",
    [
        'warranty,3 years,"Each, new or not, has 3 years.",https://ostrello.example/two\n',
        'warranty;3 years;"Each, new or not, has 3 years.";https://ostrello.example/two\n',
        'source,sentence,value,about\nhttps://ostrello.example/two,"Each, new or not, has 3 years.",3 years,warranty',
        '\n"about";"value";"sentence";"link"\nwarranty;3 years;Each, new or not, has 3 years.;https://ostrello.example/two',
    ],
)
def test_csv_with_commas_or_semicolons_is_read(pasted):
    (found,) = pasting.lines(pasted)
    assert not found.why
    assert (found.row["about"], found.row["value"], found.row["unit"]) == ("warranty", 3, "years")
    assert found.row["says"] == "Each, new or not, has 3 years."
    assert found.row["source"] == "https://ostrello.example/two"


def test_a_colon_with_commas_behind_it_is_no_csv_and_an_address_has_no_colon():
    plants, founded = pasting.lines("plants: Graz, Vienna\nfounded, in year: 1943\n")
    assert (plants.row["about"], plants.row["value"]) == ("plants", "Graz, Vienna")
    assert (founded.row["about"], founded.row["value"]) == ("founded, in year", 1943)
    assert "write what it is about" in pasting.lines("https://ostrello.example/two\n")[0].why


@pytest.mark.parametrize(
    ("value", "read"),
    [("1.200.000", 1_200_000), ("1.200,50 EUR", 1200.5), ("9,90 €", 9.9), ("€ 1,290.50", 1290.5), ("12.345 %", 12.345)],
)
def test_points_and_commas_are_read_where_they_can_mean_one_thing(value, read):
    assert pasting.lines(f"price\t{value}\n")[0].row["value"] == read


@pytest.mark.parametrize("value", ["1.200", "1.200 employees", "€ 1.200"])
def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again(value):
    (found,) = pasting.lines(f"employees\t{value}\n")
    assert "1.200 can be read in two ways; write 1200, or 1.2000 for 1.2." in found.why


def test_what_a_paste_leaves_out_of_a_known_fact_stays_as_it_is(stand):
    rich = stand.house.settings.source.replace(
        "severity: critical}",
        "severity: critical, before: [{value: 1999, until: 2001-12-31}], from: 2002-01-01, tolerance: 0.01,"
        " cues: [set up], source: 'https://q.example', approved_by: legal, confidential: true}",
        1,
    )
    settings = mistakes_said.parsed(rich)
    (by_id,) = pasting.lines("id,about,kind,value\nfounded,founding year,year,2010\n", on=settings)
    (by_words,) = pasting.lines("Founding year: 2010\n", on=settings)
    before = text.row(rich, "facts", "founded")
    assert by_id.row == {**before, "value": 2010}
    assert {**by_words.row, "about": "founding year"} == {**before, "value": 2010}


def test_the_preview_of_a_paste_says_in_words_what_changes(send):
    shown = html.unescape(send("id;value;unit\nstores;42 outlets;\n").text)
    assert "Number of shops in outlets: 41 \u2192 42." in shown
    assert "Number of shops, unit: shops \u2192 outlets." in shown
    assert "severity" not in shown.split("The difference in the brand file", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("about,value,colour\na,b,red\n", "The column 'colour' is not known; the columns are about,"),
        ("", "Nothing was pasted"),
        ("about,value,severity\nshops,41,high\n", "the severity 'high' is not known; write critical, major, minor."),
        ('about,value\nshops,"41\n', "Line 2: a quotation mark is not closed"),
        ("id,value\nstores,42\nstores,43\n", "stores stands on another line of the paste already."),
    ],
)
def test_what_is_wrong_with_a_paste_is_told(send, pasted, said):
    shown = send(pasted)
    assert shown.status_code == 422
    assert said in html.unescape(shown.text)


def test_many_facts_are_pasted_at_once(send):
    shown = send("about,value\n" + "".join(f"outlet {each},{each + 7} shops\n" for each in range(120)))
    assert "New fact: Outlet 7, 14 shops." in shown.text
    assert "And 20 changes more" in shown.text


def test_a_flag_is_shown_as_it_was_meant(browser, stand, form_key):
    key = form_key(browser, f"{stand.home}/sheet/paste")
    sent = {"form_key": key, "facts": "sells online: no\nships abroad: yes\nno colon"}
    shown = browser.post(f"{stand.home}/sheet/paste", data=sent).text
    assert "<td>no</td>" in shown
    assert "<td>yes</td>" in shown
