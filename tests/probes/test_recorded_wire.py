"""Every reply that other projects recorded from the vendors' live APIs goes through its reader.

recorded.json is our own table, checked by eye against the recordings: outcome, first characters of the text,
citations, sources. The recordings lie beside the checkout and are not ours to copy.
"""

import base64
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from monitor.domain.answers import Reply
from monitor.domain.rounds import Miss
from probes import assistants
from probes.encodings import unpack

ROOT = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "wire"
TABLE = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ENDPOINTS = (  # path ends so -> whose reader
    ("/responses", "openai"),
    ("/v1/messages", "anthropic"),
    (":generateContent", "gemini"),
    ("/chat/completions", "openai_compatible"),
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ROOT.is_dir(), reason="the recorded replies are not beside the checkout"),
]


class Loader(yaml.CSafeLoader):  # type: ignore[misc, name-defined, unused-ignore]
    """Ruby's recorder writes `!binary`."""


Loader.add_constructor("!binary", lambda _loader, node: base64.b64decode(node.value))


@dataclass(frozen=True)
class Recorded:
    use: str
    status: int
    body: bytes


@cache
def recordings() -> list[tuple[str, dict[str, Any]]]:
    return list(loaded())


def loaded() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(ROOT.rglob("*.y*ml")):
        tape = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506  -- a safe loader
        for number, exchange in enumerate(tape.get("interactions") or tape["http_interactions"]):
            yield f"{path.relative_to(ROOT).as_posix()}#{number}", exchange


def headers(exchange: dict[str, Any]) -> dict[str, str]:
    said = exchange["response"].get("headers") or {}
    return {name.lower(): value[0] if isinstance(value, list) else value for name, value in said.items()}


def body(message: dict[str, Any]) -> bytes:
    """The bytes as they were received, unpacked; pydantic-ai keeps JSON parsed, Ruby bytes or text."""
    if "parsed_body" in message:
        return json.dumps(message["parsed_body"], ensure_ascii=False).encode()
    raw = message["body"]["string"] if isinstance(message["body"], dict) else message["body"]
    received = raw.encode() if isinstance(raw, str) else raw
    return gzip.decompress(received) if received[:2] == b"\x1f\x8b" else received


def use_of(uri: str) -> str:
    address = urlsplit(uri.replace("<OLLAMA_API_BASE>", "http://localhost/v1"))
    if address.hostname == "api.perplexity.ai":
        return "perplexity"
    return next((use for end, use in ENDPOINTS if address.path.endswith(end)), "")


def skipped(exchange: dict[str, Any]) -> str:
    """Why a recording says nothing about our readers; empty where it does."""
    if "request" not in exchange:
        return "gRPC of xAI, which we do not speak"
    if "event-stream" in headers(exchange).get("content-type", "") or "stream" in exchange["request"]["uri"]:
        return "streamed, which we do not ask for"
    return "" if use_of(exchange["request"]["uri"]) else "an endpoint that we do not call"


@cache
def ours() -> dict[str, Recorded]:
    return {
        name: Recorded(
            use_of(exchange["request"]["uri"]),
            int(exchange["response"]["status"]["code"]),
            body(exchange["response"]),
        )
        for name, exchange in recordings()
        if not skipped(exchange)
    }


def read(case: Recorded) -> Reply | Miss:
    return assistants.ALL[case.use].judged(case.status, {}, case.body, NOW)


def row(found: Reply | Miss) -> list[object]:
    if isinstance(found, Miss):
        return ["miss " + found.reason.value]
    return [found.finish.value, found.text[:16], len(found.citations), len(found.sources), found.searched]


@pytest.mark.parametrize("name", TABLE)
def test_a_recorded_reply_is_read_as_the_table_says(name):
    assert row(read(ours()[name])) == TABLE[name]


@pytest.mark.parametrize("name", TABLE)
def test_every_place_of_a_citation_quotes_what_the_vendor_says(name):
    case = ours()[name]
    found = read(case)
    if isinstance(found, Reply):
        placed = [citation for citation in found.citations if citation.start is not None]
        quotes = [found.text[citation.start : citation.end] for citation in placed]
        assert all(quotes)
        assert Counter(quotes) == Counter(vendor_quotes(case.use, json.loads(case.body)))


def vendor_quotes(use: str, reply: Any) -> list[str]:
    """The words that the vendor's own fields say are cited, found without our code."""
    if use == "gemini":
        found = [candidate.get("groundingMetadata", {}) for candidate in reply["candidates"]]
        supports = [support for grounding in found for support in grounding.get("groundingSupports", [])]
        return [support["segment"]["text"] for support in supports for _ in support["groundingChunkIndices"]]
    if use == "anthropic":
        blocks = [block for block in reply["content"] if block["type"] == "text"]
        return [block["text"] for block in blocks for note in block.get("citations") or [] if "url" in note]
    if use == "openai":
        parts = [part for item in reply["output"] if item["type"] == "message" for part in item["content"]]
        notes = [(part["text"], note) for part in parts for note in part.get("annotations", [])]
        return [text[note["start_index"] : note["end_index"]] for text, note in notes]
    message = (reply.get("choices") or [{}])[0].get("message", {})
    listed = "citations" in reply or message.get("annotations")
    return re.findall(r"\[\d+\]", message.get("content") or "") if listed else []


def test_openai_places_are_its_markdown_links():
    cited = [found for case in ours().values() if case.use == "openai" and isinstance(found := read(case), Reply)]
    places = [found.text[c.start : c.end] for found in cited for c in found.citations]
    assert places
    assert all(re.fullmatch(r"\(\[.+\]\(https://.+\)\)", place) for place in places)


def test_the_table_names_every_recording_once():
    assert set(ours()) == set(TABLE)


def test_what_is_left_out_is_counted_with_its_reason():
    reasons = Counter(skipped(exchange) for _, exchange in recordings())
    assert reasons == {
        "": 122,
        "streamed, which we do not ask for": 36,
        "an endpoint that we do not call": 8,
        "gRPC of xAI, which we do not speak": 5,
    }


def test_a_packed_reply_is_unpacked_as_it_was_recorded():
    packed = gzip.compress(b'{"choices": []}')
    assert unpack(packed, {"content-encoding": "gzip"}, 1000) == b'{"choices": []}'


def test_a_paused_turn_goes_on_with_what_was_recorded():
    """The request that the recorded client sent to continue is the one that we build."""
    name = "pydantic-ai/test_anthropic/test_pause_turn_web_search_vcr.yaml"
    first, second = (exchange for found, exchange in recordings() if found.startswith(name))
    paused = assistants.ALL["anthropic"].read(body(first["response"]))
    assert isinstance(paused, Reply)
    recorded = second["request"]["parsed_body"]["messages"][1]
    assert json.loads(paused.resume) == first["response"]["parsed_body"]["content"]
    assert recorded["role"] == "assistant"
    kinds = [block["type"] for block in json.loads(paused.resume)]
    assert [block["type"] for block in recorded["content"]] == kinds
