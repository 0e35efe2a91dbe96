"""Who uses no mouse: every link, field and button is reached with the tabulator, and it shows where one is."""

import pytest

_MOST = 150  # stops of a page

# How many places a person can act at, and where one is, with the mark that shows it.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((each) => each.type !== "hidden" && !each.disabled && each.checkVisibility()).length"""
HERE = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  at.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return { stop: at.dataset.stop, what: at.outerHTML.slice(0, 100),
           shown: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && box.width > 0 && box.right > 0 };
}"""


def stops(page) -> list[dict]:
    """Go round the page once with the tabulator."""
    found, before = {}, None
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (here["stop"] in found and here["stop"] != before):
            break
        before = here["stop"]  # a date is three stops: day, month, year
        found.setdefault(before, here)
    return list(found.values())


@pytest.mark.parametrize("room", ["overview", "answers", "review", "reports", "sheet/fact?id=founded"])
def test_the_tabulator_reaches_everything_and_shows_where_one_is(page, home, room):
    page.goto(f"{home}/{room}")
    there = page.evaluate(STOPS)
    found = stops(page)
    assert [stop["what"] for stop in found if not stop["shown"]] == []
    assert len(found) >= there
    assert 'class="skip"' in found[0]["what"]
