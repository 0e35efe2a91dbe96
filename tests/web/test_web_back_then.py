"""Pages and reports of past days say what stood then, and a report of one part is of that part."""

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.domain.alerts import Alert, AlertState, Held, HeldReason
from monitor.domain.documents import Asked, Edition
from monitor.service import build, documents, portraits, proving, reporting
from storage import alerts, held

THEN, NOW = (date(2026, 3, 1), date(2026, 3, 7)), (date(2026, 3, 1), date(2026, 3, 8))
LATER = datetime(2026, 3, 8, 9, tzinfo=UTC)


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def of_beta(found) -> Alert:
    return next(alert for alert in found if alert.signal.subject == "founded")


@pytest.fixture
def over(stand) -> Alert:
    """The alert on the founding year, which a later round told in other words and closed."""
    with stand.store.transaction() as tx:
        alert = of_beta(alerts.open_alerts(tx, stand.house.settings.brand))
        told = replace(alert.signal, headline="Told on the last day")
        alerts.keep(
            tx, [replace(alert, state=AlertState.RESOLVED, resolved_at=LATER, last_notice_at=LATER, signal=told)]
        )
    return alert


def test_what_was_resolved_later_was_open_then_and_speaks_its_words_of_then(stand, over, browser):
    then = of_beta(portraits.portrait(stand.house, *THEN).alerts)
    assert (then.state, then.resolved_at) == (AlertState.OPEN, None)
    assert then.signal.headline == over.signal.headline
    assert then.last_notice_at.date() <= THEN[1]
    now = of_beta(portraits.portrait(stand.house, *NOW).alerts)
    assert (now.state, now.signal.headline) == (AlertState.RESOLVED, "Told on the last day")
    past = browser.get(f"{stand.home}/overview?from={THEN[0]}&to={THEN[1]}").text
    page = plain(past)
    assert "2 findings are open, 1 critical" in page
    assert "Told on the last day" not in page
    assert "Open alerts on 7 March 2026" in page
    assert f'href="{stand.home}/overview?from={THEN[0]}&amp;to={THEN[1]}#open"' in past
    assert "1 finding is open, none critical" in plain(browser.get(f"{stand.home}/overview?last=30d").text)


def test_a_report_of_one_assistant_has_its_findings_alone(stand):
    whole, alpha, beta = (documents.portrait(stand.house, *NOW, assistant=name) for name in ("", "alpha", "beta"))
    assert len(whole.alerts) == len(beta.alerts) == 2
    assert alpha.alerts == ()
    assert {voice.assistant_id for alert in beta.alerts for voice in alert.signal.voices} == {"beta"}
    page = plain(reporting.page(stand.house, Asked(start=NOW[0], end=NOW[1], assistant="alpha"), alpha))
    assert "No finding is open" in page
    assert "1974" not in page


def test_a_report_of_one_topic_has_its_findings_and_says_since_when(stand):
    coats, facts = (documents.portrait(stand.house, *NOW, topic=topic) for topic in ("coats", "facts"))
    assert coats.alerts == ()
    assert of_beta(facts.alerts).signal.quotes
    page = plain(reporting.page(stand.house, Asked(start=NOW[0], end=NOW[1], topic="facts"), facts))
    assert "since 5 March 2026, in 4 of 4 checked answers" in page


def test_what_was_not_told_is_of_the_part_too(stand):
    house = stand.house
    with stand.store.transaction() as tx:
        alert = of_beta(alerts.open_alerts(tx, house.settings.brand))
        slip = Held(
            brand=house.settings.brand,
            round_id="r",
            key="wrong_fact:founded:1975",
            reason=HeldReason.SINGLE_SLIP,
            why="Too few.",
            quotes=alert.signal.quotes,
            at=LATER,
        )
        held.keep(tx, [slip])
    for part, found in (({}, 1), ({"assistant": "beta"}, 1), ({"assistant": "alpha"}, 0), ({"topic": "coats"}, 0)):
        shown = documents.portrait(house, *NOW, **part).held
        assert sum(one.key == slip.key for one in shown) == found, part


def test_a_page_says_of_which_day_an_alert_speaks_and_what_its_intervals_are_for(stand, browser):
    assert "As told on 6 March 2026" in plain(browser.get(f"{stand.home}/overview?last=30d").text)
    assert "as told on 6 March 2026" in plain(browser.get(f"{stand.home}/alerts").text)
    assert "for the one prompt as it is put" in plain(browser.get(f"{stand.home}/prompts?last=30d").text)


CHANGED = """value: 2009, says: Quarn was founded in 2009., severity: critical, from: 2026-03-04,
     before: [{value: 1974, until: 2026-03-03}]}"""


def test_the_sheet_is_told_as_it_held_in_the_days(stand):
    source = stand.house.settings.source
    assert "value: 2009, says: Quarn was founded in 2009., severity: critical}" in source
    changed = source.replace("value: 2009, says: Quarn was founded in 2009., severity: critical}", CHANGED)
    settings = build.parse_brand(changed, stand.folder / "brand.yaml")
    house = replace(stand.house, settings=replace(settings, version=stand.house.settings.version))
    (founded, _) = documents.portrait(house, *THEN).facts
    assert founded.fact.says == "1974 until 3 March 2026; since then: Quarn was founded in 2009."
    (founded, _) = documents.portrait(house, date(2026, 3, 4), THEN[1]).facts
    assert founded.fact.says == "Quarn was founded in 2009."
    shown = proving.exhibits(house, Asked(start=THEN[0], end=THEN[1], edition=Edition.EVIDENCE))
    assert {one.truth for one in shown} == {"Quarn was founded in 2009."}
