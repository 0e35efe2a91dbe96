"""Facts pasted from a spreadsheet are shown before they count, and lines that say nothing are told."""

import html
import re

import pytest

from monitor.service import pasting


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
    assert ", by this machine" in browser.get(f"{stand.home}/sheet").text


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
    found = pasting.lines("Value\tFact\tKind\n1,200\tshops\tnumber\nabc\tx\tyear\n41\tshops\tnumber\n", taken=["shops"])
    assert [line.row["id"] for line in found if line.row] == ["shops-2", "shops-3"]
    assert "'abc' is not a number" in found[1].why
