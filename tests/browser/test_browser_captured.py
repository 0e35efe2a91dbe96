"""The pages over answers that real assistants gave to shoppers, captured elsewhere and imported."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from monitor.service import build, captured
from monitor.service.desk import Desk
from monitor.web.app import create
from tests.browser import rooms, serving
from tests.support import town

pytestmark = pytest.mark.shared
COLUMNS = ["prompt_id=query_id", "assistant=model", "text=response", "asked_at=metadata.timestamp"]
_ROWS = 120  # of the recorded answers: some of each assistant


@pytest.fixture(scope="module")
def desk(shared, root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("captured")
    recorded = shared / "answers-product-bench"
    rows = (recorded / "answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:_ROWS]
    (folder / "answers.jsonl").write_text("".join(rows), encoding="utf-8")
    where, brand = town.environment(folder), root / "tests" / "bench" / "laptops.yaml"
    hands = town.Hands(datetime(2025, 5, 28, 12, tzinfo=UTC))
    with build.open_store(where) as store:
        house = build.build(build.read_brand(brand), where, store=store, clock=hands)
        prompts = recorded / "prompts.jsonl"
        captured.take(house, folder / "answers.jsonl", columns=COLUMNS, prompts=prompts, surface="app")
        yield Desk(store=store, environment=where, files=(brand,), clock=hands)


def test_captured_answers_are_shown_read_and_harmless(page, desk, served: serving.Served):
    found = rooms.reached(TestClient(create(desk)))
    for addresses in found.values():
        assert page.goto(addresses[0]).status == 200
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, addresses[0]
    page.goto(f"{served.home('Dell')}/answers?words=laptop&entity=Dell")
    page.get_by_role("article").first.get_by_role("link").click()
    assert page.locator(".answer .mention").count() > 0
