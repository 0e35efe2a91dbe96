"""Pictures of every page over the demo's six weeks, to be looked at: `python -m tests.browser.pictures FOLDER`.

With `--docs` the few that the README shows are written too, as small files.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page
from pydantic import SecretStr
from starlette.testclient import TestClient
from typer.testing import CliRunner

from monitor.cli import app
from monitor.service import build
from monitor.service.desk import Desk
from monitor.service.environment import Environment
from monitor.web.app import create
from tests.browser import rooms, serving

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
WIDTHS = (360, 1024, 1440)
SCHEMES = ("light", "dark")
_COLOURS = 96  # of a picture in the docs: letters stay sharp, the file small


@dataclass(frozen=True)
class Shown:
    """A picture of the docs."""

    name: str
    kind: str  # of page
    width: int
    height: int
    scheme: str = "light"
    steps: int = 0  # from point to point of its first chart, by which it is explored


BEST = (
    Shown("page-overview", "/b/{key}/overview", 1200, 900),
    Shown("page-answer", "/b/{key}/answers/{answer_id}", 1200, 760),
    Shown("page-facts", "/b/{key}/facts", 1200, 760, "dark", steps=8),
    Shown("page-alert", "/b/{key}/alerts/{alert_id}", 1200, 820),
    Shown("page-narrow", "/b/{key}/overview", 360, 740, "dark"),
)


@contextmanager
def demo() -> Iterator[Desk]:
    """Make the demo's store and open it."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        made = CliRunner().invoke(app, ["demo", "--out", str(out)], catch_exceptions=False)
        assert made.exit_code == 0, made.output
        environment = Environment(
            database_url=SecretStr(f"sqlite:///{out / 'likeness.db'}"),
            mail_folder=out / "mail",
            reports_folder=out / "reports",
        )
        with build.open_store(environment) as store:
            yield Desk(store=store, environment=environment, files=(out / "brand.yaml",))


def every_page(page: Page, found: dict[str, list[str]], folder: Path) -> None:
    """Take every page at each width, light and dark, from its top to its end."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for pattern, addresses in found.items():
            page.goto(addresses[0])
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                name = pattern.replace("/b/{key}/", "").strip("/").replace("/", "-").replace("{", "").replace("}", "")
                page.screenshot(path=folder / f"{name or 'first'}-{width}-{scheme}.png", full_page=True)


def best(page: Page, found: dict[str, list[str]], folder: Path) -> None:
    """Write the pictures of the docs, in few colours."""
    for shown in BEST:
        page.set_viewport_size({"width": shown.width, "height": shown.height})
        page.emulate_media(color_scheme=shown.scheme)
        page.goto(found[shown.kind][0])
        if shown.steps:
            explore(page, shown.steps)
        with Image.open(BytesIO(page.screenshot())) as taken:
            few = taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            few.save(folder / f"{shown.name}.png", optimize=True)


def explore(page: Page, steps: int) -> None:
    """Go to a point of the first chart, so that it says its number."""
    chart = page.locator("figure .chart").first
    chart.focus()
    page.locator("figure[data-state=lively], figure[data-state=days]").wait_for()
    for _ in range(steps):
        chart.press("ArrowRight")
    page.locator("figure").first.evaluate("figure => figure.scrollIntoView({ block: 'end' })")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path, help="where the pictures go")
    asked.add_argument("--docs", action="store_true", help=f"write those of the README into {DOCS.name} alone")
    wanted = asked.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with demo() as desk, serving.served(desk) as served:
        found = rooms.reached(TestClient(create(desk)))
        with serving.opened() as browser:
            page = browser.new_page(base_url=served.address)
            page.set_default_timeout(serving.PATIENCE)
            if wanted.docs:
                best(page, found, DOCS)
            else:
                every_page(page, found, wanted.folder)


if __name__ == "__main__":
    main()
