"""Who is told of which part: what is read, and every mistake with its line and remedy."""

from datetime import time

import pytest

from monitor.domain.brand import Digest, Network, QuietHours, Route, Severity, WebhookSettings

FILE = """\
brand: {name: Acme}
facts: [{id: price, kind: money, unit: EUR, about: price, value: 5}]
watch: [recall]
prompts: [{id: a, text: Which pens?, topic: pens}]
alerts:
"""


def alerts(text):
    return FILE + "\n".join(f"  {line}" for line in text.splitlines()) + "\n"


def test_everything_that_can_be_written(read):
    text = alerts(
        """\
to: [brand@acme.example]
routes:
  - {severity: critical, to: [chief@acme.example]}
  - to: [shop@acme.example, shop@acme.example]
    topics: [price, recall, pens, Acme]
    quiet_hours: {from: "19:30", until: "8:00", timezone: America/New_York, except: nothing}
quiet_hours: {from: "20:00", until: "07:00", timezone: Europe/Stockholm}
digest: {cron: "0 8 * * MON", timezone: Europe/Stockholm, severity: major}
webhooks:
  - {url_env: HOOK, secret_env: HOOK_SECRET, severity: minor, topics: [price], network: loopback}
  - {url_env: CHAT}
"""
    )
    found = read(text).settings.alerts
    assert found.routes == (
        Route(to=("chief@acme.example",), severity=Severity.CRITICAL),
        Route(
            to=("shop@acme.example",),
            topics=("price", "recall", "pens", "Acme"),
            quiet_hours=QuietHours(begins=time(19, 30), ends=time(8), timezone="America/New_York", besides=None),
        ),
    )
    assert found.quiet_hours == QuietHours(begins=time(20), ends=time(7), timezone="Europe/Stockholm")
    assert found.digest == Digest(cron="0 8 * * MON", timezone="Europe/Stockholm", severity=Severity.MAJOR)
    assert found.webhooks == (
        WebhookSettings(
            url_env="HOOK",
            secret_env="HOOK_SECRET",
            severity=Severity.MINOR,
            topics=("price",),
            network=Network.LOOPBACK,
        ),
        WebhookSettings(url_env="CHAT"),
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("from: a@acme.example", "6: alerts go to nobody; add to: [brand@example.com]"),
        ("routes: [{severity: critical}]", "6: this route leads to nobody; add to: [brand@example.com]"),
        (
            "routes: [{to: [a@acme.example], topics: [recal]}]",
            "6: topics: no fact, watched topic or prompt is called 'recal'; did you mean recall?",
        ),
        (
            "routes: [{to: [a@acme.example], severity: crtical}]",
            "6: severity: 'crtical' is not known here; did you mean critical?",
        ),
        ("routes: [{too: [a@acme.example]}]", "6: this route knows no key 'too'; did you mean to?"),
        (
            'to: [a@acme.example]\nquiet_hours: {from: 20:00, until: "07:00", timezone: UTC}',
            "7: from: YAML reads '20:00' as a number to the base 60; quote it: write \"20:00\"",
        ),
        (
            'to: [a@acme.example]\nquiet_hours: {from: "20", until: "07:00", timezone: UTC}',
            "7: from: '20' is not a time of day; write hour and minute in quotes, such as \"20:00\"",
        ),
        (
            'to: [a@acme.example]\nquiet_hours: {from: "07:00", until: "7:00", timezone: UTC}',
            '7: these quiet hours never end; write two times, such as from: "20:00", until: "07:00"',
        ),
        (
            'to: [a@acme.example]\nquiet_hours: {from: "20:00", until: "07:00"}',
            "7: quiet_hours has no timezone; add timezone: and its value",
        ),
        (
            "to: [a@acme.example]\ndigest: {severity: critical}",
            "7: digest has no cron; add cron: and its value",
        ),
        (
            "to: [a@acme.example]\ndigest: {cron: 0 8 * * MON, severity: critical}",
            "7: severity: 'critical' is not known here; write one of major, minor",
        ),
        (
            "webhooks: [{url_env: https://chat.example/x}]",
            "6: url_env: this is not the name of an environment variable; write its name, such as OPENAI_API_KEY",
        ),
        ("webhooks: [{severity: major}]", "6: this webhook has no url_env; add url_env: and its value"),
        (
            "webhooks:\n  - {url_env: A}\n  - {url_env: A}",
            "8: the address in A is called twice, first on line 7; put both into one, or name another variable",
        ),
        (
            "webhooks: [{url_env: A, network: local}]",
            "6: network: 'local' is not known here; write one of loopback, private, public",
        ),
    ],
)
def test_mistakes_are_told_with_their_line_and_what_to_do(mistakes, written, told):
    assert f"brand.yaml:{told}" in mistakes(alerts(written))


def test_findings_that_nobody_would_hear_of_are_worth_a_look(read):
    (warning,) = read(alerts("routes: [{severity: critical, to: [a@acme.example]}]")).warnings
    assert warning == (
        "brand.yaml:6: a finding that no route takes is told to nobody; "
        "add to: for somebody who gets all of them, or a route without severity and topics"
    )
    assert read(alerts("routes: [{to: [a@acme.example]}]")).warnings == ()
