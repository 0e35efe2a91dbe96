"""The contract of an assistant, run over whatever is in the folder; each brings its own examples of replies.

An example holds the reply as the vendor words it (`status`, `body`) and what must be found in it (`expect`, by the
names in `seen`). `begins` is how the text begins, `quotes` are the words at each citation's place, null for a citation
without one.
"""

import json
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.answers import Finish, Reply
from monitor.domain.brand import AssistantSettings, Locale
from monitor.domain.rounds import Miss
from probes import assistants, prices

EXAMPLES = Path(__file__).with_name("examples")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CASES = [
    pytest.param(use, path, id=f"{use}-{path.stem}")
    for use in assistants.ALL
    for path in sorted((EXAMPLES / use).glob("*.json"))
]
KEY = "sk-secret-0123456789abcdef"


def read(use: str, status: int, body: bytes) -> Reply | Miss:
    return assistants.ALL[use].judged(status, {}, body, NOW)


def seen(found: Reply | Miss) -> dict[str, Any]:
    """Everything that an example may expect, by the names that it uses."""
    if isinstance(found, Miss):
        return {
            "miss": found.reason.value,
            "pauses": found.pauses,
            "retry": found.retry,
            "retry_after": found.retry_after,
        }
    return {
        "finish": found.finish.value,
        "quotes": [None if c.start is None else found.text[c.start : c.end] for c in found.citations],
        "urls": [citation.url for citation in found.citations],
        "sources": len(found.sources),
        "searched": found.searched,
        "queries": list(found.queries),
        "model": found.served_model,
        "input_tokens": found.usage.input_tokens,
        "output_tokens": found.usage.output_tokens,
        "searches": found.usage.searches,
        "cost": None if found.cost is None else str(found.cost),
        "refusal": found.refusal,
        "request_id": found.request_id,
        "resumes": bool(found.resume),
    }


def settings(use: str, **given: Any) -> AssistantSettings:
    model = {"perplexity": "sonar"}.get(use, "some-model")
    address = "https://openrouter.ai/api/v1" if use == "openai_compatible" else ""
    return AssistantSettings(id="one", use=use, model=model, **{"base_url": address, **given})


@pytest.mark.parametrize(("use", "path"), CASES)
def test_examples_are_read_as_expected(use, path):
    example = json.loads(path.read_text(encoding="utf-8"))
    found = read(use, example["status"], json.dumps(example["body"]).encode())
    expected = dict(example["expect"])
    begins = expected.pop("begins", None)
    if begins is not None:
        assert isinstance(found, Reply)
        assert found.text.startswith(begins)
    assert {name: seen(found)[name] for name in expected} == expected
    assert "abcdefghij" not in str(found)


@pytest.mark.parametrize("use", assistants.ALL)
def test_it_brings_examples_of_an_answer_and_of_a_cut_short_one(use):
    examples = [json.loads(path.read_text(encoding="utf-8")) for path in (EXAMPLES / use).glob("*.json")]
    finishes = {example["expect"].get("finish") for example in examples}
    assert Finish.COMPLETE.value in finishes
    assert len(finishes) > 1, "add a reply that was cut off, refused or missed"
    begun = [json.dumps(example["body"]) for example in examples if "begins" in example["expect"]]
    assert any("K2" in body for body in begun), (
        'add an answer that speaks of the "K2" and an `expect` that says `begins`'
    )


@pytest.mark.parametrize("use", assistants.ALL)
def test_it_says_who_it_is_and_whose_terms_hold(use):
    assistant = assistants.ALL[use]
    assert assistant.use == use
    assert assistant.title
    assert not assistant.terms_url or assistant.terms_url.startswith("https://")
    assert assistant.terms_read <= NOW.date()
    assert assistants.label(settings(use)).endswith(settings(use).model)
    assert assistants.label(settings(use, search=True)).endswith("with search")


@pytest.mark.parametrize("use", [use for use, each in assistants.ALL.items() if each.can_search and not each.recall])
def test_what_a_search_takes_is_not_forecast_as_if_it_answered_from_memory(use):
    assert use in prices.load().searching, f"add [search.{use}] to probes/prices.toml"


@pytest.mark.parametrize("use", assistants.ALL)
@pytest.mark.parametrize("search", [False, True])
def test_its_request_asks_the_words_themselves_and_holds_no_key(use, search):
    assistant = assistants.ALL[use]
    locale = Locale(country="SE", language="sv", city="Malmö", timezone="Europe/Stockholm")
    asked = settings(use, search=search, locale=locale)
    request = assistant.request(asked, 'Which kettle is "best" & <quiet>? 😀')
    assert 'Which kettle is "best" & <quiet>? 😀' in json.dumps(request.body, ensure_ascii=False).replace('\\"', '"')
    assert assistant.recall or request.url.startswith("https://")
    signed = assistant.sign(asked, KEY)
    assert any(KEY in value for value in signed.values())
    assert KEY not in f"{request}"
    assert not {name.lower() for name in signed} & {name.lower() for name in request.headers}


@pytest.mark.parametrize("use", assistants.ALL)
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>sorry</html>", b"[]", b"null", b"{", b'{"error": {}}', b"\xff\xfe\x00", b"[" * 100_000, b"{}"],
    ids=["nothing", "page", "list", "null", "cut", "bare error", "bytes", "deep", "empty object"],
)
def test_what_is_no_answer_is_a_miss_or_an_empty_reply(use, body):
    found = assistants.ALL[use].read(body)
    if isinstance(found, Reply):
        assert (found.finish, found.text) == (Finish.EMPTY, "")
    else:
        assert not found.retry
        assert found.charged is None
        assert found.detail.endswith(".")


@pytest.mark.parametrize("use", assistants.ALL)
def test_a_byte_order_mark_and_wrong_bytes_do_no_harm(use):
    path = next(path for path in (EXAMPLES / use).glob("*.json") if "begins" in path.read_text(encoding="utf-8"))
    example = json.loads(path.read_text(encoding="utf-8"))
    body = json.dumps(example["body"], ensure_ascii=False).encode()
    assert assistants.ALL[use].read(b"\xef\xbb\xbf" + body) == assistants.ALL[use].read(body)
    assert isinstance(assistants.ALL[use].read(body.replace(b"K2", b"K\xe9")), Reply)


@pytest.mark.parametrize("use", assistants.ALL)
def test_characters_that_no_store_takes_are_replaced_one_by_one(use):
    path = next(path for path in (EXAMPLES / use).glob("*.json") if "K2" in path.read_text(encoding="utf-8"))
    example = json.loads(path.read_text(encoding="utf-8"))
    clean = assistants.ALL[use].read(json.dumps(example["body"]).encode())
    dirty = assistants.ALL[use].read(json.dumps(example["body"]).replace("K2", "\\u0000\\ud800").encode())
    assert isinstance(clean, Reply)
    assert isinstance(dirty, Reply)
    assert dirty.text == clean.text.replace("K2", "\ufffd\ufffd")


def test_every_value_of_a_reply_is_shown_to_work_somewhere():
    filled = {
        field.name
        for param in CASES
        for example in [json.loads(param.values[1].read_text(encoding="utf-8"))]
        for found in [read(str(param.values[0]), example["status"], json.dumps(example["body"]).encode())]
        if isinstance(found, Reply)
        for field in fields(found)
        if getattr(found, field.name) not in (None, "", (), Decimal(0))
    }
    assert filled == {field.name for field in fields(Reply)}
