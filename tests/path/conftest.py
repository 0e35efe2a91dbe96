"""A small brand, its recordings, and the command line in this process."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor import cli
from monitor.service import build
from monitor.service.environment import Environment
from reports.delivery import Smtp
from tests.support.street import Hands, PostOffice, Street, free_port

BRAND = """\
brand:
  name: Veloria
  aliases: [Veloria Bikes]
  domains: [veloria.example]
competitors:
  - {name: Pedalix, domains: [pedalix.example]}
facts:
  - {id: founded, kind: year, about: founding year, value: 2011, says: Veloria was founded in 2011., severity: critical}
  - id: price
    kind: money
    unit: EUR
    about: price of the Veloria City
    value: 1290
    says: The Veloria City costs 1290 euros.
    before: [{value: 990, until: 2026-03-31}]
    severity: critical
watch: [recall]
prompts:
  - {id: who, text: What is Veloria?, topic: facts}
  - {id: best, text: Which city bikes are good for commuting?, topic: bikes, intent: discovery}
assistants:
  - {id: one, use: replay, model: paper-1, search: true, options: {file: answers.jsonl}}
  - {id: two, use: replay, model: paper-2, search: false, options: {file: answers.jsonl}}
schedule: {cron: "0 6 * * *", timezone: Europe/Berlin, samples: 2}
budget: {per_month: 5, currency: USD}
alerts: {to: [brand@veloria.example], from: likeness@veloria.example, smtp: folder}
"""

RIGHT = "Veloria was founded in 2011. The Veloria City costs 1290 euros."
WRONG = "Veloria was founded in 1987. The Veloria City costs 1290 euros."
LIST = "Good choices are:\n\n1. **Veloria** - a light frame.\n2. **Pedalix** - a cheap one.\n"


def recording(assistant: str, prompt: str, sample: int, text: str, **more: object) -> str:
    row = {"assistant": assistant, "prompt": prompt, "sample": sample, "text": text, "model": f"served-{assistant}"}
    return json.dumps(row | {"asked_at": "2026-01-01T00:00:00Z", "searched": assistant == "one"} | more)


def recordings(who: str = RIGHT) -> str:
    rows = [
        recording(assistant, prompt, sample, who if prompt == "who" else LIST)
        for assistant in ("one", "two")
        for prompt in ("who", "best")
        for sample in (0, 1)
    ]
    return "\n".join(rows) + "\n"


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a brand file and recordings; the store, mails and reports go there too."""
    (tmp_path / "brand.yaml").write_text(BRAND, encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text(recordings(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("LIKENESS_DATABASE_URL", "LIKENESS_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def likeness(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """Run a command as the shell would: exit code, standard output, standard error."""

    def command(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["likeness", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capfd.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return command


@pytest.fixture
def answers_turn_wrong(workplace: Path):
    """From now on every assistant gives the wrong founding year."""

    def turn() -> None:
        (workplace / "answers.jsonl").write_text(recordings(WRONG), encoding="utf-8")

    return turn


@pytest.fixture
def street(workplace) -> Iterator:
    """Build a house whose brand file has these alerts; its mail server is closed until it is opened."""
    made = []

    def build_one(alerts="alerts: {to: [brand@veloria.example]}", keys=None):
        text = (workplace / "brand.yaml").read_text()
        old = next(line for line in text.splitlines() if line.startswith("alerts:"))
        (workplace / "brand.yaml").write_text(text.replace(old, alerts))
        port, hands = free_port(), Hands()
        environment = Environment(smtp_url=SecretStr(f"smtp://127.0.0.1:{port}"))
        store = build.open_store(environment)
        opened = store.__enter__()
        house = build.build(
            build.read_brand(workplace / "brand.yaml"), environment, store=opened, clock=hands, keys=keys or {}
        )
        courier = Smtp(f"smtp://127.0.0.1:{port}", clock=hands.seconds)
        house = replace(house, post=courier)
        made.append((Street(house, hands, PostOffice(), port), store))
        return made[-1][0]

    yield build_one
    for one, store in made:
        one.close()
        store.__exit__(None, None, None)
