"""What is open, and what was resolved in the period."""

from collections.abc import Mapping

from monitor.domain.alerts import Alert, AlertState
from monitor.domain.portrait import Portrait
from reports import rulewords, words
from reports.alert_state import handled
from reports.letters import checked, speaker, truth
from reports.plain import one_line, web_address
from reports.reviewers import of_quotes
from reports.section import Page, Section
from reports.summary import open_alerts, today
from reports.tables import Table


def _view(page: Page) -> Mapping[str, object]:
    resolved = [alert for alert in page.portrait.alerts if alert.state is AlertState.RESOLVED]
    return {
        "still": [_told(alert, page) for alert in open_alerts(page.portrait)],
        "resolved": [_told(alert, page) for alert in resolved],
        "machine": words.MACHINE,
        "until": words.day(page.portrait.end),
    }


def _told(alert: Alert, page: Page) -> Mapping[str, object]:
    site, life = page.site, [f"open since {words.day(alert.since)}", *handled(alert, page.made_at)]
    if alert.resolved_at:
        life[1:] = [f"resolved {words.day(alert.resolved_at)}"]
    return {
        "headline": one_line(alert.signal.headline),
        "severity": alert.signal.severity.value,
        "words": rulewords.of(alert.signal.rule),
        "life": ", ".join(life),
        "speakers": [speaker(voice, alert.signal) for voice in alert.signal.voices],
        "said": "" if alert.signal.quotes else one_line(alert.signal.said),
        "quote": alert.signal.quotes[0] if alert.signal.quotes else None,
        "truth": truth(alert.signal),
        "test": one_line(alert.signal.test),
        "told": words.day(alert.last_notice_at or alert.since),
        "today": today(page.portrait, alert),
        "checked": of_quotes(alert.signal.quotes, checked(alert.signal)) if alert.signal.quotes else "",
        "link": web_address(f"{site.rstrip('/')}/alerts/{alert.id}") if site else "",
    }


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("kind", "subject", "severity", "state", "opened", "resolved", "headline", "truth")
    rows = tuple(
        (
            alert.signal.rule, alert.signal.subject, alert.signal.severity.value, alert.state.value,
            alert.opened_at.isoformat(), alert.resolved_at.isoformat() if alert.resolved_at else None,
            alert.signal.headline, alert.signal.truth,
        )
        for alert in portrait.alerts
    )  # fmt: skip
    return (Table(name="alerts", columns=columns, rows=rows),)


SECTION = Section(id="alerts", order=30, title="Open findings", view=_view, tables=_tables)
