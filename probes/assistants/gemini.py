"""Google Gemini, generateContent; Google Search grounding only where `search: true` asks for it.

Grounded answers stay off until a person says that the terms were read: they forbid to cache, analyse or monitor what
comes back (ai.google.dev/gemini-api/terms, "Grounding with Google Search", as read on 2026-11-22).
"""

from datetime import date
from typing import Any
from urllib.parse import quote

from monitor.domain.answers import Finish, Reply, Source, Usage, VendorCitation
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss, MissReason
from probes import failures, hosts
from probes.assistant import Assistant, Request
from probes.shapes import fields
from probes.shapes.fields import Json
from probes.shapes.offsets import NOWHERE, Passage, Place, from_bytes

_HOST = "https://generativelanguage.googleapis.com/v1beta"
_TERMS = "https://ai.google.dev/gemini-api/terms"
_FILTERS = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE"}
_WHOLE = {"STOP", "FINISH_REASON_UNSPECIFIED", ""}  # whatever else ended a text may have cut it off
_TOOL_FAULTS = {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"}


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "contents": [{"role": "user", "parts": [{"text": prompt_text}]}],
        "generationConfig": {"maxOutputTokens": settings.max_tokens},
    }
    if settings.search:
        body["tools"] = [{"googleSearch": {}}]
        if settings.locale.language:
            body["toolConfig"] = {"retrievalConfig": {"languageCode": settings.locale.language}}
    path = f"models/{quote(settings.model, safe='')}:generateContent"
    return Request(url=hosts.join(settings.base_url or _HOST, path), body=body)


def _check(settings: AssistantSettings) -> str:
    if not settings.search or settings.options.get("grounding_terms") == "accepted":
        return ""
    return (
        f"{settings.id} asks for Google Search grounding; its terms ({_TERMS}) forbid to keep or analyse the answers: "
        "set `search: false`, or, with Google's permission, `options: {grounding_terms: accepted}`."
    )


def _sign(_settings: AssistantSettings, key: str) -> dict[str, str]:
    return {"x-goog-api-key": key}


def _read(body: bytes) -> Reply | Miss:
    reply = fields.load(body)
    if isinstance(reply, Miss):
        return reply
    if error := failures.stated(reply):
        return failures.in_body(error)
    if not {"candidates", "promptFeedback", "usageMetadata"} & reply.keys():
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail="Status 200, but no candidates in the body.", charged=None)
    candidate = next(iter(fields.objects(reply.get("candidates"))), {})
    parts = fields.objects(fields.mapping(candidate, "content").get("parts"))
    passage, starts = _spoken(parts)
    grounding = fields.mapping(candidate, "groundingMetadata")
    chunks = [fields.mapping(chunk, "web") for chunk in fields.objects(grounding.get("groundingChunks"))]
    queries = fields.strings(grounding.get("webSearchQueries"))
    reason = fields.text(candidate.get("finishReason"))
    blocked = fields.text(fields.mapping(reply, "promptFeedback").get("blockReason"))
    return Reply(
        text=passage.text,
        finish=_finish(reason, blocked, passage.text),
        sources=tuple(_source(chunk) for chunk in chunks if fields.text(chunk.get("uri"))),
        citations=_citations(grounding, chunks, parts, starts),
        searched=bool(queries or chunks),
        queries=tuple(queries),
        served_model=fields.text(reply.get("modelVersion")),
        usage=_usage(fields.mapping(reply, "usageMetadata"), len(queries)),
        refusal=blocked or (reason if reason in _FILTERS else ""),
        finish_reason=reason or blocked,
        request_id=fields.text(reply.get("responseId")),
    )


def _spoken(parts: list[Json]) -> tuple[Passage, list[int]]:
    """Join the parts that are no thoughts; for each part the offset at which it starts, -1 for one left out."""
    passage, starts = Passage(), list[int]()
    for part in parts:
        starts.append(-1 if part.get("thought") is True else passage.add(fields.text(part.get("text"))))
    return passage, starts


def _source(chunk: Json) -> Source:
    return Source(url=fields.text(chunk.get("uri")), title=fields.text(chunk.get("title")))


def _citations(grounding: Json, chunks: list[Json], parts: list[Json], starts: list[int]) -> tuple[VendorCitation, ...]:
    """Return a citation for each page that supports a segment; segments are bytes of a part, ours are characters."""
    found = []
    for support in fields.objects(grounding.get("groundingSupports")):
        start, end = _place(fields.mapping(support, "segment"), parts, starts)
        numbers = support.get("groundingChunkIndices")
        for number in numbers if isinstance(numbers, list) else []:
            chosen = fields.count(number)
            if chosen is not None and chosen < len(chunks) and fields.text(chunks[chosen].get("uri")):
                page = _source(chunks[chosen])
                found.append(VendorCitation(url=page.url, title=page.title, start=start, end=end))
    return tuple(found)


def _place(segment: Json, parts: list[Json], starts: list[int]) -> Place:
    """Return where a segment stands in the text; one that names no text part is looked for in all of them."""
    numbered = fields.count(segment.get("partIndex")) or 0
    spoken = [number for number, start in enumerate(starts) if start >= 0 and _raw(parts[number].get("text"))]
    for number in [numbered] if numbered in spoken else spoken:
        start, end = from_bytes(
            _raw(parts[number].get("text")),
            segment.get("startIndex", 0),
            segment.get("endIndex"),
            _raw(segment.get("text")),
        )
        if start is not None and end is not None:
            return starts[number] + start, starts[number] + end
    return NOWHERE


def _raw(value: Any) -> str:
    """Return a string as it came: bytes are counted before anything is replaced in it."""
    return value if isinstance(value, str) else ""


def _finish(reason: str, blocked: str, text: str) -> Finish:
    if blocked or reason in _FILTERS:
        return Finish.FILTERED
    if reason in _TOOL_FAULTS:
        return Finish.TOOL_ONLY
    if reason == "MAX_TOKENS" or (text.strip() and reason not in _WHOLE):
        return Finish.TRUNCATED
    return Finish.COMPLETE if text.strip() else Finish.EMPTY


def _usage(usage: Json, queries: int) -> Usage:
    thoughts = fields.count(usage.get("thoughtsTokenCount"))
    prompt, tool = fields.count(usage.get("promptTokenCount")), fields.count(usage.get("toolUsePromptTokenCount"))
    return Usage(
        input_tokens=fields.total(prompt, tool),
        output_tokens=fields.total(fields.count(usage.get("candidatesTokenCount")), thoughts),
        reasoning_tokens=thoughts,
        searches=queries,
    )


ASSISTANT = Assistant(
    use="gemini",
    title="Gemini API",
    key_env="GEMINI_API_KEY",
    can_search=True,
    terms_url=_TERMS,
    terms_read=date(2026, 11, 22),
    build=_build,
    read=_read,
    sign=_sign,
    check=_check,
    search_note="Google's terms forbid to keep or analyse grounded answers without its permission.",
)
