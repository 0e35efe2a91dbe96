"""What a brand manager does: from a number to the sentence, a report, an alert, a finding, a fact."""

import re

import pytest
from playwright.sync_api import expect

FALSE = "Quarn was founded in 1974"


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=60_000)


def test_a_click_leads_from_a_number_to_the_sentence(page, home):
    page.goto(f"{home}/facts")
    row = page.get_by_role("row").filter(has_text="founding year")
    number = row.get_by_role("cell").nth(3).get_by_role("link")
    assert number.inner_text() == "4"
    number.click()
    answers = page.get_by_role("article")
    expect(answers).to_have_count(4)
    answers.first.get_by_role("link").click()
    assert FALSE in "".join(page.locator(".answer .contradicted").all_inner_texts())
    page.get_by_role("link", name="Founding year").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Founding year")


def test_what_changed_leads_to_the_whole_answer(page, home):
    page.goto(f"{home}/overview")
    page.locator("section", has_text="Open alerts").get_by_role("link", name="whole answer").first.click()
    assert FALSE in page.locator(".answer").inner_text()
    page.locator("summary").first.click()
    expect(page.get_by_role("heading", name="Request")).to_be_visible()


def test_an_alert_is_acknowledged_with_a_word_for_the_others(page, home):
    page.goto(f"{home}/alerts")
    page.get_by_role("article").first.get_by_role("link").click()
    page.get_by_label("A word for the others").fill("Ann asks the press office")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator("main")).to_contain_text(": Ann asks the press office")


def test_a_finding_is_dismissed_from_the_keyboard(page, home):
    page.goto(f"{home}/review")
    waiting = int(re.search(r"1 of (\d+)", page.locator("main").inner_text())[1])
    said = page.locator("article h2").inner_text()
    with page.expect_navigation():
        page.keyboard.press("d")
    if waiting == 1:
        expect(page.locator("main")).to_contain_text("Nothing waits for review")
    else:
        expect(page.locator("main")).to_contain_text(f"of {waiting - 1}")
        assert page.locator("article h2").inner_text() != said


def test_a_report_is_made_while_one_waits_and_downloaded(page, home):
    page.goto(f"{home}/reports")
    page.get_by_label("tables as CSV").check()
    page.get_by_role("button", name="Make the report").click()
    link = page.get_by_role("link", name="Download it as PDF")
    link.wait_for()  # nobody reloads
    with page.expect_download() as pdf:
        link.click()
    assert pdf.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="Make a link to share").click()
    page.goto(page.get_by_label("Link to the report").input_value())
    expect(page.locator("body")).to_contain_text("Quarn & <b>Sons</b>")


def test_a_fact_is_changed_after_a_look_at_what_would_change(page, home):
    page.goto(f"{home}/sheet/fact?id=founded")
    page.get_by_label("Value that holds today").fill("1974")
    page.get_by_label("The fact as one sentence").fill("Quarn was founded in 1974.")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator(".lead")).to_contain_text("stored answers would be judged differently")
    page.get_by_role("button", name="Make it count").click()
    expect(page.locator("main")).to_contain_text("Quarn was founded in 1974.")
    page.locator("details summary").first.click()
    expect(page.locator("pre").first).to_contain_text("+")


def test_a_preview_that_takes_its_time_says_so(page, home):
    page.goto(f"{home}/sheet/fact?id=stores")
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")  # the next page never comes
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("status")).to_contain_text("Stored answers are being judged")


def test_starting_a_brand_survives_the_browsers_back_and_reload(page, home):
    page.goto(f"{home.partition('/b/')[0]}/start")
    page.get_by_label("Name of the brand").fill("Fennick")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Facts").fill("headquarters: Delft")
    page.get_by_role("button", name="Show what is understood").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Prompts")
    page.reload()
    expect(page.locator("h1")).to_have_text("Prompts")
    for _ in range(2):
        page.go_back()
        expect(page.get_by_label("Facts")).to_have_value("headquarters: Delft")
    page.go_back()
    expect(page.get_by_label("Name of the brand")).to_have_value("Fennick")
    page.go_forward()
    expect(page.get_by_label("Facts")).to_have_value("headquarters: Delft")


def test_the_filters_work_without_scripts(new_page, home):
    page = new_page(java_script_enabled=False)
    page.goto(f"{home}/answers")
    page.get_by_label("Assistant").select_option("beta")
    page.get_by_label("Words").fill("recalled")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("article")).to_have_count(4)
