"""What is logged: one line per round in plain words, and no secret, wherever it came from."""

import contextlib
import io
import json
import os
import sys

import pytest
import structlog

from monitor.service import logs

SECRETS = {
    "OPENAI_API_KEY": "sk-proj-abcdefghijklmnopqrstuvwx",
    "HERE_KEY": "no-form-that-anybody-knows",
    "LIKENESS_WEBHOOK_SECRET": "hush-hush-4711",
}
URL = "postgresql://ann:p4ss-w0rd@db.example/likeness"


@pytest.fixture
def logged(monkeypatch):
    """Configure the log as a server does; returns what reads its lines."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure(json=True)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.reset_defaults()
    logs._held.cache_clear()


def fails(log, secret):
    try:
        int(secret)
    except ValueError as error:
        log.exception("broke")
        raise RuntimeError(secret) from error


def test_no_secret_passes_wherever_it_stands(logged):
    log = structlog.get_logger("any")
    for secret in (*SECRETS.values(), URL):
        log.warning(secret, why=secret, deep={"list": [secret, KeyError(secret)]}, error=ValueError(secret))
        with contextlib.suppress(RuntimeError):
            fails(log, secret)
    lines = logged()
    assert len(lines) == 8
    said = json.dumps(lines)
    for secret in (*SECRETS.values(), "p4ss-w0rd"):
        assert secret not in said
    assert "db.example" in said


def test_figures_stay_figures(logged):
    structlog.get_logger("any").info("counted", n=3, share=0.5, none=None, yes=True)
    (line,) = logged()
    assert (line["n"], line["share"], line["none"], line["yes"]) == (3, 0.5, None, True)


def test_a_round_is_one_line_in_plain_words(workplace, likeness, monkeypatch, capfd):
    monkeypatch.setattr(logs, "configure", _as_served(logs.configure))
    ended = likeness("run")
    assert ended.code == 0
    rounds = [json.loads(line) for line in ended.err.splitlines() if '"event": "round"' in line]
    assert len(rounds) == 1
    assert rounds[0]["said"].startswith("Veloria, manual ")
    assert "8 of 8 questions answered; $0.00; " in rounds[0]["said"]
    for name in os.environ:
        if name.endswith("_KEY") and len(os.environ[name]) >= 8:
            assert os.environ[name] not in ended.err


def _as_served(configure):
    def served(**_quiet: bool):
        configure(json=True)

    return served
