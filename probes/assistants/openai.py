"""OpenAI, Responses API; xAI and Azure speak it too (`base_url`).

Read on 2026-11-22: developers.openai.com/api/docs/guides/tools-web-search.
"""

from datetime import date
from typing import Any

from monitor.domain.answers import Finish, Reply, Source, Usage, VendorCitation
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss, MissReason
from probes import failures, hosts
from probes.assistant import Assistant, Request
from probes.shapes import fields
from probes.shapes.fields import Json
from probes.shapes.offsets import Passage, placed


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "model": settings.model,
        "input": [{"role": "user", "content": prompt_text}],
        "max_output_tokens": settings.max_tokens,
        "store": False,
    }
    if effort := settings.options.get("reasoning_effort"):
        body["reasoning"] = {"effort": effort}
    if settings.search:
        body["tools"] = [_search_tool(settings)]
        body["include"] = ["web_search_call.action.sources"]
    return Request(url=hosts.join(settings.base_url or "https://api.openai.com/v1", "responses"), body=body)


def _search_tool(settings: AssistantSettings) -> Json:
    tool: Json = {"type": "web_search"}
    if size := settings.options.get("search_context_size"):
        tool["search_context_size"] = size
    locale = settings.locale
    where = {"country": locale.country, "city": locale.city, "timezone": locale.timezone}
    if any(where.values()):
        tool["user_location"] = {"type": "approximate"} | {name: value for name, value in where.items() if value}
    return tool


def _read(body: bytes) -> Reply | Miss:
    reply = fields.load(body)
    if isinstance(reply, Miss):
        return reply
    if error := failures.stated(reply):
        return failures.in_body(error)
    if not isinstance(reply.get("output"), list):
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail="Status 200, but no output in the body.", charged=None)
    items = fields.objects(reply["output"])
    passage, citations, refusal = _messages(items)
    searches = [fields.mapping(item, "action") for item in items if item.get("type") == "web_search_call"]
    reason = fields.text(fields.mapping(reply, "incomplete_details").get("reason"))
    return Reply(
        text=passage.text,
        finish=_finish(passage.text, refusal, reason, items),
        sources=_sources(searches),
        citations=citations,
        searched=bool(searches),
        queries=_queries(searches),
        served_model=fields.text(reply.get("model")),
        usage=_usage(fields.mapping(reply, "usage"), searches),
        refusal=refusal,
        finish_reason=reason or fields.text(reply.get("status")),
        request_id=fields.text(reply.get("id")),
    )


def _messages(items: list[Json]) -> tuple[Passage, tuple[VendorCitation, ...], str]:
    """Join the parts of the messages; remarks made while working are left out where a final answer stands."""
    messages = [item for item in items if item.get("type") == "message"]
    spoken = [message for message in messages if message.get("phase") != "commentary"] or messages
    passage, citations, refusals = Passage(), list[VendorCitation](), list[str]()
    for message in spoken:
        if passage.length:
            passage.add("\n\n")
        for part in fields.objects(message.get("content")):
            refusals.append(fields.text(part.get("refusal")))
            if part.get("type") == "output_text":
                start = passage.add(fields.text(part.get("text")))
                citations += _citations(part, start, passage.length - start)
    return passage, tuple(citations), "".join(refusals)


def _citations(part: Json, shift: int, length: int) -> list[VendorCitation]:
    notes = [note for note in fields.objects(part.get("annotations")) if note.get("type") == "url_citation"]
    places = [placed(length, note.get("start_index"), note.get("end_index"), shift=shift) for note in notes]
    return [
        VendorCitation(url=fields.text(note.get("url")), title=fields.text(note.get("title")), start=start, end=end)
        for note, (start, end) in zip(notes, places, strict=True)
    ]


def _sources(searches: list[Json]) -> tuple[Source, ...]:
    found = [source for search in searches for source in fields.objects(search.get("sources"))]
    urls = [fields.text(source.get("url")) for source in found]
    return tuple(Source(url=url) for url in dict.fromkeys(urls) if url)


def _queries(searches: list[Json]) -> tuple[str, ...]:
    asked = [fields.strings(search.get("queries")) or fields.strings([search.get("query")]) for search in searches]
    return tuple(query for queries in asked for query in queries)


def _finish(text: str, refusal: str, reason: str, items: list[Json]) -> Finish:
    if refusal:
        return Finish.REFUSED
    if reason:
        return Finish.FILTERED if reason == "content_filter" else Finish.TRUNCATED
    if text.strip():
        return Finish.COMPLETE
    asked_for_tool = any(item.get("type") in {"function_call", "custom_tool_call", "mcp_call"} for item in items)
    return Finish.TOOL_ONLY if asked_for_tool else Finish.EMPTY


def _usage(usage: Json, searches: list[Json]) -> Usage:
    return Usage(
        input_tokens=fields.count(usage.get("input_tokens")),
        output_tokens=fields.count(usage.get("output_tokens")),
        reasoning_tokens=fields.count(fields.mapping(usage, "output_tokens_details").get("reasoning_tokens")),
        searches=sum(search.get("type") == "search" for search in searches),
    )


ASSISTANT = Assistant(
    use="openai",
    title="OpenAI API",
    key_env="OPENAI_API_KEY",
    can_search=True,
    terms_url="https://openai.com/policies/services-agreement/",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=_read,
)
