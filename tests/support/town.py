"""A small brand with a hostile name and hostile answers, and a store after eight of its rounds."""

import asyncio
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from monitor.domain.rounds import RoundKind
from monitor.service import build, runs
from monitor.service.environment import Environment

NAME = "Quarn & <b>Sons</b>"
BRAND = f"""\
brand:
  name: {NAME!r}
  aliases: [Quarn]
  domains: [quarn.example]
competitors:
  - {{name: Fennick, domains: [fennick.example]}}
facts:
  - {{id: founded, kind: year, about: founding year, value: 2009, says: Quarn was founded in 2009., severity: critical}}
  - {{id: stores, kind: number, about: number of shops, value: 41, unit: shops, says: Quarn has 41 shops.}}
watch: [recall]
prompts:
  - {{id: who, text: "What is Quarn? <img src=https://evil.example/prompt.png onerror=alert(5)>", topic: facts}}
  - {{id: best, text: Who sells good rain coats?, topic: coats, intent: discovery}}
assistants:
  - {{id: alpha, use: replay, model: paper-1, search: true, options: {{file: answers.jsonl}}}}
  - {{id: beta, use: replay, model: paper-2, search: false, options: {{file: answers.jsonl}}}}
schedule: {{cron: "0 6 * * *", timezone: UTC}}
budget: {{per_month: 5}}
alerts: {{to: [brand@quarn.example], from: likeness@quarn.example, smtp: folder}}
"""
RIGHT = "Quarn was founded in 2009 and has 41 shops. [Its page](https://www.quarn.example/about) tells more."
WRONG = (
    "Quarn was founded in 1974 <script>alert(1)</script> and has 41 shops. It recalled 300 rain coats in May. "
    '<img src="https://evil.example/pixel.png" onerror="alert(2)"> ![chart](https://evil.example/chart.png) '
    "[more](javascript:alert(3)) [data](data:text/html,<script>alert(4)</script>) "
    '"><svg onload=alert(6)> [<b>bold</b>](https://evil.example/"onmouseover="alert(7)) \u202egnol os\u202c.'
)
LIST = "Good choices are:\n\n1. **Fennick** - well made.\n2. **Quarn** - a classic.\n"


@dataclass
class Hands:
    """A clock that tests set."""

    now: datetime = datetime(2026, 3, 8, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def environment(folder: Path) -> Environment:
    return Environment(
        database_url=SecretStr(f"sqlite:///{folder / 'likeness.db'}"),
        mail_folder=folder / "mail",
        reports_folder=folder / "reports",
    )


def settle(folder: Path) -> None:
    """Write the brand's file, its recordings and a store after eight rounds into a folder."""
    (folder / "brand.yaml").write_text(BRAND, encoding="utf-8")
    (folder / "answers.jsonl").write_text(_recordings(), encoding="utf-8")
    where, hands = environment(folder), Hands()
    with build.open_store(where) as store:
        settings = build.read_brand(folder / "brand.yaml")
        house = build.build(settings, where, store=store, clock=hands, rng=random.Random(0))  # noqa: S311 -- the same each time
        for day in range(1, 9):
            hands.now = datetime(2026, 3, day, 6, tzinfo=UTC)
            asyncio.run(runs.run(house, kind=RoundKind.SCHEDULED, key=f"2026-03-{day:02}T06:00", stop=asyncio.Event()))


def _recordings() -> str:
    return "".join(
        json.dumps(
            {
                "assistant": assistant,
                "prompt": prompt,
                "sample": 0,
                "text": LIST if prompt == "best" else WRONG if assistant == "beta" and day >= 5 else RIGHT,
                "model": f"served-{assistant}",
                "asked_at": f"2026-03-{day:02}T06:00:00Z",
            }
        )
        + "\n"
        for day in range(1, 9)
        for assistant in ("alpha", "beta")
        for prompt in ("who", "best")
    )
