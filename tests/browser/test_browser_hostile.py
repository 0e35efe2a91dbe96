"""Answers, prompts and a brand's name that want to run, load or lead away: on every page they are words."""

import pytest
from starlette.testclient import TestClient

from monitor.web.app import create
from tests.browser import rooms
from tests.support import town

_MOST = 2  # examples of each kind of page

# What a page shows that none of ours has: scripts and pictures in the content, handlers, links that run.
STRANGE = """() => {
  const found = [...document.querySelectorAll(
    "main script, main img, main iframe, main object, main embed, main base, main b, style, svg image, svg script"
  )].map((each) => each.outerHTML.slice(0, 120));
  for (const each of document.querySelectorAll("*"))
    for (const { name, value } of each.attributes)
      if (name.startsWith("on") || /^\\s*(javascript|vbscript|data):/i.test(value)) found.push(`${name}=${value}`);
  return found;
}"""


@pytest.fixture(scope="module")
def addresses(desk, served) -> list[str]:
    found = rooms.reached(TestClient(create(desk)), each=_MOST)
    return [one for each in found.values() for one in each]


def test_hostile_words_stay_words_on_every_page(page, addresses):
    for address in addresses:
        page.goto(address)
        assert page.evaluate(STRANGE) == [], address


def test_hostile_words_are_seen_as_they_were_said(page, home):
    page.goto(f"{home}/answers?words=recalled")
    page.get_by_role("article").first.get_by_role("link").click()
    shown = page.locator(".answer").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "(javascript:alert(3))" in shown
    assert "\u202e" not in shown  # what would turn the letters round is made visible
    assert town.NAME in page.locator("header .brand").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "/answers?words=%3Cscript%3Ealert(8)%3C/script%3E&assistant=%22%3E%3Cimg%20src=x%20onerror=alert(9)%3E",
        "/answers?domain=%3Cimg%20src=x%20onerror=alert(10)%3E",
        "/why?about=%3Csvg%20onload=alert(11)%3E",
        "/facts/%3Cscript%3Ealert(12)%3C%2Fscript%3E",
        "/facts?last=%3Cscript%3Ealert(13)%3C%2Fscript%3E",
        "/sheet/fact?id=..%2f..%2fetc%2fpasswd",
        "/reports/x/files/..%2f..%2fbrand.yaml",
    ],
)
def test_hostile_addresses_are_refused_or_shown_as_words(page, home, path, witness):
    witness.refused_on_purpose = True
    assert page.goto(home + path).status in {200, 404, 422}
    assert page.evaluate(STRANGE) == []
