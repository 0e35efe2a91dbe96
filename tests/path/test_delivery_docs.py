"""What docs/delivery.md shows is read by the program, and its way to check a signature agrees with ours."""

import re
from pathlib import Path

import pytest

from monitor import brandfile, calendar
from monitor.analysis import kinds
from probes import assistants
from reports.webhook import sign

DOCS = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text(encoding="utf-8")


def test_the_example_is_read():
    (example,) = re.findall(r"^```yaml\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    source = f"brand: {{name: Acme}}\nfacts: [{{id: f, kind: year, about: founding, value: 1987}}]\n{example}"
    settings = brandfile.parse(
        source, "brand.yaml", kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron
    )
    assert len(settings.alerts.routes) == 3
    assert settings.alerts.webhooks[0].secret_env == "LIKENESS_WEBHOOK_SECRET"


@pytest.mark.parametrize("secret", ["hunter2", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
def test_the_lines_that_check_a_signature_do(secret):
    (lines,) = re.findall(r"^```python\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
    names = {}
    exec(lines, names)  # noqa: S102  -- our own documentation
    headers = {
        "webhook-id": "n1",
        "webhook-timestamp": "1000",
        "webhook-signature": sign(secret, "n1", 1000, b'{"text":"x"}'),
    }
    assert names["is_ours"](secret, headers, b'{"text":"x"}', 1100.0)
    assert not names["is_ours"](secret, headers, b'{"text":"y"}', 1100.0)
    assert not names["is_ours"]("another", headers, b'{"text":"x"}', 1100.0)
    assert not names["is_ours"](secret, headers, b'{"text":"x"}', 2000.0)
