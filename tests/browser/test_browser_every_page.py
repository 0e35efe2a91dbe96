"""Every page that clicking leads to: usable for everybody, on a narrow screen, in the dark, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from monitor.web.app import create
from tests.browser import rooms

NARROW = {"width": 360, "height": 740}
SEVERE = {"serious", "critical"}
_CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
BY_MAIL = {"/welcome"}  # an invitation leads there


@pytest.fixture(scope="module")
def client(desk, served) -> TestClient:
    return TestClient(create(desk))


@pytest.fixture(scope="module")
def addresses(client) -> list[str]:
    """One address of each kind of page."""
    return [one for each in rooms.reached(client).values() for one in each]


def severe(found: list[dict]) -> list[str]:
    """Return what a screen reader or a weak eye stumbles over, of all that was found."""
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found if each["impact"] in SEVERE for node in each["nodes"]
    ]


def width(page) -> int:
    return page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")


def test_every_page_can_be_reached_by_clicking(client, addresses, home):
    seen = {rooms.kind(address.split("?")[0]) for address in addresses}
    key = home.rsplit("/", 1)[1]
    for pattern in {route.path for route in rooms.kinds()} - seen - BY_MAIL:
        answer = client.get(pattern.replace("{key}", key), follow_redirects=False)
        is_a_page = answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        assert not is_a_page, f"no link leads to {pattern}"


def test_nobody_stumbles_in_the_light_in_the_dark_or_on_a_narrow_screen(page, addresses):
    faults = []
    for address in addresses:
        page.set_viewport_size({"width": 1024, "height": 900})
        page.emulate_media(color_scheme="light")
        assert page.goto(address).status == 200
        light = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        page.emulate_media(color_scheme="dark")
        dark = page.evaluate("how => axe.run(document, how)", _CONTRAST)["violations"]
        faults += [f"{address}: {fault}" for fault in [*severe(light), *severe(dark)]]
        page.set_viewport_size(NARROW)
        if width(page) > NARROW["width"]:
            faults.append(f"{address} is {width(page)} px wide on a screen of {NARROW['width']}")
    assert faults == []


def test_every_page_says_the_same_without_scripts(new_page, addresses):
    plain, lively = new_page(java_script_enabled=False), new_page()
    for address in addresses:
        said = []
        for page in (plain, lively):
            page.goto(address)
            said.append(page.locator("main").inner_text())
        assert said[0] == said[1], address
        assert len(said[0]) > len("Likeness"), address
