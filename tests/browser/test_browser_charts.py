"""Charts that are explored: pictures until somebody points at them, then numbers with their answers behind them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOMS = ("overview", "facts", "rivals", "sources")
MEASURED = re.compile(r"95 % interval \d")


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=60_000)


def explored(page, figure):
    """Point at a chart and wait until it answers."""
    figure.scroll_into_view_if_needed()
    figure.locator(".chart").hover(position={"x": 5, "y": 5})
    expect(figure).to_have_attribute("data-state", re.compile("lively|days"))
    return figure.locator(".chart")


def test_every_chart_is_a_picture_first_and_answers_when_pointed_at(page, home):
    for room in ROOMS:
        page.goto(f"{home}/{room}?last=7d")
        for figure in page.locator("figure[data-chart]").all():
            assert figure.locator(".chart > svg").count() == 1
            chart = explored(page, figure)
            assert chart.locator("svg path").count() > 0
        found = Axe().run(page, context="figure", options={"resultTypes": ["violations"]}).response["violations"]
        assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []


def test_a_point_says_its_number_and_a_click_opens_its_answers(page, home):
    page.goto(f"{home}/overview?last=7d")
    figure = page.locator("figure", has_text="Visibility over time")
    box = explored(page, figure).locator(".mark-symbol path").nth(2).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tip = figure.get_by_role("status")
    expect(tip).to_contain_text(MEASURED)
    expect(tip).to_contain_text("March 2026")
    with page.expect_navigation():
        page.mouse.down()
        page.mouse.up()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["from"] == asked["to"]
    expect(page.get_by_role("article").first).to_be_visible()


def test_who_uses_no_mouse_walks_from_point_to_point(page, home):
    page.goto(f"{home}/facts?last=30d")
    chart = page.locator("figure .chart")
    chart.focus()
    expect(page.locator("figure")).to_have_attribute("data-state", "lively")
    expect(chart).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    tip = page.get_by_role("status")
    said = re.search(r"(\d+) of \d+ checked answers: wrong", tip.inner_text())
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "verdict=contradicted" in page.url
    expect(page.get_by_role("article")).to_have_count(int(said[1]))


def test_a_drag_moves_the_days_and_opens_nothing(page, home):
    page.goto(f"{home}/overview?last=7d")
    figure = page.locator("figure", has_text="Visibility over time")
    chart = explored(page, figure)
    days = chart.locator(".role-axis-label text").all_text_contents()
    there, box = page.url, chart.locator(".mark-area path").first.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 20, steps=4)
    page.mouse.up()
    assert chart.locator(".role-axis-label text").all_text_contents() != days
    assert page.url == there


def test_a_chart_takes_the_colours_of_the_dark(page, home):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{home}/facts?last=30d")
    chart = explored(page, page.locator("figure"))
    letters = chart.locator("text").first
    assert letters.evaluate("each => getComputedStyle(each).fill") == page.evaluate(
        "getComputedStyle(document.body).color"
    )


def test_without_scripts_the_picture_and_its_table_stay(new_page, home):
    page = new_page(java_script_enabled=False)
    page.goto(f"{home}/facts")
    figure = page.locator("figure")
    expect(figure.locator(".chart > svg")).to_be_visible()
    figure.locator("summary").click()
    expect(figure.get_by_role("table")).to_contain_text("founding year")


def test_on_a_telephone_a_chart_says_that_it_goes_on(page, home):
    said = "getComputedStyle(document.querySelector('figure[data-chart] figcaption'), '::after').content"
    page.goto(f"{home}/overview?last=30d")
    assert "sideways" not in page.evaluate(said)
    page.set_viewport_size({"width": 360, "height": 740})
    assert "sideways" in page.evaluate(said)
