"""Anthropic, Messages API with its web search tool; a turn paused by the server is resumed.

Read on 2026-11-22: platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from monitor.domain.answers import Finish, Reply, Source, Usage, VendorCitation
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss, MissReason
from probes import failures, hosts
from probes.assistant import Assistant, Request
from probes.shapes import fields
from probes.shapes.fields import Json
from probes.shapes.offsets import Passage
from probes.shapes.responses import sources

_SEARCH_TOOL = "web_search_20250305"  # later versions filter results by code; `web_search_version` asks for them
_MOST_SEARCHES = "5"
_FINISHES = {
    "max_tokens": Finish.TRUNCATED,
    "model_context_window_exceeded": Finish.TRUNCATED,
    "refusal": Finish.REFUSED,
}


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "model": settings.model,
        "max_tokens": settings.max_tokens,
        "messages": [{"role": "user", "content": prompt_text}],
    }
    if settings.search:
        body["tools"] = [_search_tool(settings)]
    return Request(
        url=hosts.join(settings.base_url or "https://api.anthropic.com/v1", "messages"),
        body=body,
        headers={"anthropic-version": "2023-06-01"},
    )


def _search_tool(settings: AssistantSettings) -> Json:
    locale, most = settings.locale, settings.options.get("max_uses", _MOST_SEARCHES)
    where = {"country": locale.country, "city": locale.city, "timezone": locale.timezone}
    place = {"type": "approximate"} | {name: value for name, value in where.items() if value}
    return {
        "type": settings.options.get("web_search_version", _SEARCH_TOOL),
        "name": "web_search",
        "max_uses": int(most if most.isdecimal() else _MOST_SEARCHES),
    } | ({"user_location": place} if any(where.values()) else {})


def _resumed(first: Request, resume: str) -> Request:
    """Send back what the assistant said so far, as it is; the server continues from there."""
    said = {"role": "assistant", "content": json.loads(resume)}
    return replace(first, body={**first.body, "messages": [*first.body["messages"], said]})


def _sign(_settings: AssistantSettings, key: str) -> dict[str, str]:
    return {"x-api-key": key}


def _read(body: bytes) -> Reply | Miss:
    reply = fields.load(body)
    if isinstance(reply, Miss):
        return reply
    if error := failures.stated(reply):
        return failures.in_body(error)
    if not isinstance(reply.get("content"), list):
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail="Status 200, but no content in the body.", charged=None)
    blocks = fields.objects(reply["content"])
    passage, citations = _spoken(blocks)
    pages = _pages(blocks)
    stop = fields.text(reply.get("stop_reason"))
    details = fields.mapping(reply, "stop_details")
    refused = fields.text(details.get("explanation")) or fields.text(details.get("category")) or stop
    return Reply(
        text=passage.text,
        finish=_finish(stop, passage.text),
        sources=pages,
        citations=citations,
        searched=bool(pages),
        queries=_queries(blocks),
        served_model=fields.text(reply.get("model")),
        usage=_usage(fields.mapping(reply, "usage")),
        refusal=refused if stop == "refusal" else "",
        finish_reason=stop,
        request_id=fields.text(reply.get("id")),
        resume=json.dumps(reply["content"]) if stop == "pause_turn" else "",
    )


def _spoken(blocks: list[Json]) -> tuple[Passage, tuple[VendorCitation, ...]]:
    """Join the text blocks; a cited block is the words that its citations support. A tool's turn is a paragraph."""
    passage, citations, interrupted = Passage(), list[VendorCitation](), False
    for block in blocks:
        if block.get("type") != "text":
            interrupted = True
            continue
        if interrupted and passage.length:
            passage.add("\n\n")
        interrupted = False
        start = passage.add(fields.text(block.get("text")))
        citations += _citations(block, start, passage.length)
    return passage, tuple(citations)


def _citations(block: Json, start: int, end: int) -> list[VendorCitation]:
    notes = [note for note in fields.objects(block.get("citations")) if fields.text(note.get("url"))]
    return [
        VendorCitation(
            url=fields.text(note.get("url")),
            title=fields.text(note.get("title")),
            start=start if start < end else None,
            end=end if start < end else None,
            quote=fields.text(note.get("cited_text")),
        )
        for note in notes
    ]


def _pages(blocks: list[Json]) -> tuple[Source, ...]:
    """Gather the results of searches that brought some; a search that failed has an error in their place."""
    results = [block for block in blocks if block.get("type") == "web_search_tool_result"]
    return sources([page for result in results for page in fields.objects(result.get("content"))])


def _queries(blocks: list[Json]) -> tuple[str, ...]:
    searches = [block for block in blocks if block.get("name") == "web_search"]
    asked = [fields.text(fields.mapping(search, "input").get("query")) for search in searches]
    return tuple(query for query in asked if query)


def _finish(stop: str, text: str) -> Finish:
    if stop in _FINISHES:
        return _FINISHES[stop]
    if stop == "tool_use":
        return Finish.TOOL_ONLY
    return Finish.COMPLETE if text.strip() or stop == "pause_turn" else Finish.EMPTY


def _usage(usage: Json) -> Usage:
    names = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    return Usage(
        input_tokens=fields.total(*(fields.count(usage.get(name)) for name in names)),
        output_tokens=fields.count(usage.get("output_tokens")),
        searches=fields.count(fields.mapping(usage, "server_tool_use").get("web_search_requests")),
    )


ASSISTANT = Assistant(
    use="anthropic",
    title="Anthropic API",
    key_env="ANTHROPIC_API_KEY",
    can_search=True,
    terms_url="https://www.anthropic.com/legal/commercial-terms",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=_read,
    sign=_sign,
    resumed=_resumed,
)
