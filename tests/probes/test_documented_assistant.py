"""The assistant that docs/assistants.md writes as an example does what the page says."""

import importlib.util
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.answers import Finish
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import MissReason

PAGE = (Path(__file__).parents[2] / "docs/assistants.md").read_text(encoding="utf-8").partition("## Adding an assis")[2]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    path = tmp_path_factory.mktemp("documented") / "kettle.py"
    path.write_text(blocks("python")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("kettle", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ASSISTANT


def test_the_answer_on_the_page_is_read_with_the_place_of_its_citation(assistant):
    reply = assistant.judged(200, {}, blocks("json")[0].encode(), NOW)
    (citation,) = reply.citations
    assert reply.text[citation.start : citation.end] == "is quiet"
    assert (reply.finish, reply.served_model, reply.usage.searches) == (Finish.COMPLETE, "kettle-2-0611", 1)


def test_a_refusal_stands_in_a_field(assistant):
    body = {"result": {"blocks": [{"say": "No."}], "declined": True, "declined_because": "medical"}}
    reply = assistant.judged(200, {}, json.dumps(body).encode(), NOW)
    assert (reply.finish, reply.refusal) == (Finish.REFUSED, "medical")


def test_the_limit_on_the_page_brings_its_wait_along(assistant):
    example = json.loads(blocks("json")[1])
    miss = assistant.judged(example["status"], {}, json.dumps(example["body"]).encode(), NOW)
    expected = example["expect"]
    assert (miss.reason.value, miss.retry, miss.retry_after) == (expected["miss"], True, expected["retry_after"])


@pytest.mark.parametrize(("milliseconds", "wait"), [(10**400, None), (-5, 0), (10**9, 3600), ("soon", None)])
def test_whatever_wait_a_body_states_is_bounded(assistant, milliseconds, wait):
    body = json.dumps({"error": {"kind": "slow_down", "retry_in_ms": milliseconds}}).encode()
    assert assistant.judged(429, {}, body, NOW).retry_after == wait


def test_a_vendors_own_name_for_a_wrong_key_is_translated(assistant):
    miss = assistant.judged(400, {}, b'{"error": {"kind": "who_are_you", "text": "Not known."}}', NOW)
    assert (miss.reason, miss.pauses) == (MissReason.KEY_REFUSED, True)
    assert "Not known." in miss.detail


def test_it_asks_with_the_key_in_a_header_of_its_own(assistant):
    settings = AssistantSettings(id="one", use="kettle", model="kettle-2", base_url="http://127.0.0.1:1/v2")
    assert assistant.request(settings, "Which?").url == "http://127.0.0.1:1/v2/ask"
    assert assistant.sign(settings, "secret") == {"x-kettle-key": "secret"}
