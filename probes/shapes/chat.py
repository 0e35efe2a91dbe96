"""The chat completions shape, spoken by nearly everybody."""

import re
from decimal import Decimal

from monitor.domain.answers import Finish, Reply, Source, Usage, VendorCitation
from monitor.domain.rounds import Miss, MissReason
from probes import failures
from probes.shapes import fields, markers
from probes.shapes.fields import Json
from probes.shapes.offsets import placed
from probes.shapes.responses import source, sources

_CUT_OFF = {"length", "model_length", "max_tokens", "insufficient_system_resource"}  # the last is DeepSeek's
# Models served without a reasoning parser think aloud before they answer.
_THINKING = re.compile(r"\s*<think>.*?(</think>\s*|\Z)", re.DOTALL)


def read(body: bytes) -> Reply | Miss:
    """Read a whole (not streamed) reply."""
    reply = fields.load(body)
    if isinstance(reply, Miss):
        return reply
    choice = next(iter(fields.objects(reply.get("choices"))), {})
    if error := failures.stated(reply) or failures.stated(choice):
        return failures.in_body(error)
    if "choices" not in reply or choice.get("finish_reason") == "error":
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail="Status 200, but no choices in the body.", charged=None)
    message = fields.mapping(choice, "message")
    said = _said(message)
    thought = found.end() if (found := _THINKING.match(said)) else 0
    text = said[thought:]
    queries, refusal, usage = _queries(message), fields.text(message.get("refusal")), fields.mapping(reply, "usage")
    annotated = _annotated(message, -thought, text)
    pages = _pages(reply, message) or _unplaced(annotated)
    citations = _cited(reply, text, pages, annotated)
    return Reply(
        text=text,
        finish=_finish(text, refusal, choice, message),
        sources=pages,
        citations=citations,
        searched=_searched(reply, message, pages, citations),
        queries=queries,
        served_model=fields.text(reply.get("model")),
        usage=_usage(usage, len(queries)),
        cost=_cost(usage),
        refusal=refusal,
        finish_reason=fields.text(choice.get("finish_reason")),
        request_id=fields.text(reply.get("id")),
    )


def _said(message: Json) -> str:
    """Return the text of a message: a string, or (Mistral) a list of parts of which some are thoughts."""
    content = message.get("content")
    parts = [part for part in fields.objects(content) if part.get("type", "text") == "text"]
    return "".join(fields.text(part.get("text")) for part in parts) or fields.text(content)


def _pages(reply: Json, message: Json) -> tuple[Source, ...]:
    """Gather what was retrieved: Perplexity's lists (numbered), Groq's executed tools."""
    listed = fields.objects(reply.get("search_results"))
    listed = listed or [{"url": url} for url in fields.strings(reply.get("citations"))]
    tools = fields.objects(message.get("executed_tools"))
    found = [page for tool in tools for page in fields.objects(fields.mapping(tool, "search_results").get("results"))]
    return sources(listed + found)


def _queries(message: Json) -> tuple[str, ...]:
    """Return what Groq's tools searched for; the arguments are JSON in a string."""
    tools = [
        tool
        for tool in fields.objects(message.get("executed_tools"))
        if fields.text(tool.get("type")) in {"search", ""}
    ]
    loaded = [fields.load(fields.text(tool.get("arguments")).encode()) for tool in tools]
    asked = [fields.text(said.get("query")) for said in loaded if not isinstance(said, Miss)]
    return tuple(query for query in asked if query)


def _annotated(message: Json, shift: int, text: str) -> tuple[VendorCitation, ...]:
    """Read url_citation annotations; a place from 0 to 0 (OpenRouter) is none."""
    notes = [fields.mapping(note, "url_citation") for note in fields.objects(message.get("annotations"))]
    return tuple(_citation(note, shift, text) for note in notes if fields.text(note.get("url")))


def _citation(note: Json, shift: int, text: str) -> VendorCitation:
    start, end = placed(len(text) - shift, note.get("start_index"), note.get("end_index"), shift=shift)
    inside = start is not None and start >= 0
    return VendorCitation(
        url=fields.text(note.get("url")),
        title=fields.text(note.get("title")),
        start=start if inside else None,
        end=end if inside else None,
        quote=fields.text(note.get("content")),
    )


def _unplaced(annotated: tuple[VendorCitation, ...]) -> tuple[Source, ...]:
    """Return the pages of annotations without a place: a list of what was found, in the order of its numbers."""
    placeless = all(citation.start is None for citation in annotated)
    return tuple(Source(url=citation.url, title=citation.title) for citation in annotated) if placeless else ()


def _cited(
    reply: Json, text: str, pages: tuple[Source, ...], annotated: tuple[VendorCitation, ...]
) -> tuple[VendorCitation, ...]:
    """Return annotations that have a place, else the [n] markers that point into the list of pages, else what is there.

    A page that nothing in the text points to is only a source.
    """
    if any(citation.start is not None for citation in annotated):
        return annotated
    titles = {page.url: page.title for page in pages}
    listed = [Source(url=url, title=titles.get(url, "")) for url in fields.strings(reply.get("citations"))]
    numbered = listed or [source(item) for item in fields.objects(reply.get("search_results"))]
    numbered = numbered or list(pages if annotated else ())
    return markers.citations(text, numbered) or annotated


def _searched(
    reply: Json, message: Json, pages: tuple[Source, ...], citations: tuple[VendorCitation, ...]
) -> bool | None:
    """Say whether it searched; None where this vendor does not tell."""
    if pages or citations:
        return True
    tells = {"citations", "search_results"} & reply.keys() or "executed_tools" in message
    return False if tells else None


def _finish(text: str, refusal: str, choice: Json, message: Json) -> Finish:
    reason = fields.text(choice.get("finish_reason"))
    if refusal:
        return Finish.REFUSED
    if reason == "content_filter":
        return Finish.FILTERED
    if reason in _CUT_OFF:
        return Finish.TRUNCATED
    if reason in {"tool_calls", "function_call"} or (message.get("tool_calls") and not text.strip()):
        return Finish.TOOL_ONLY
    return Finish.COMPLETE if text.strip() else Finish.EMPTY


def _usage(usage: Json, queries: int) -> Usage:
    details = fields.mapping(usage, "completion_tokens_details")
    reasoning = fields.count(details.get("reasoning_tokens"))
    return Usage(
        input_tokens=fields.count(usage.get("prompt_tokens")),
        output_tokens=fields.count(usage.get("completion_tokens")),
        reasoning_tokens=reasoning if reasoning is not None else fields.count(usage.get("reasoning_tokens")),
        searches=fields.count(usage.get("num_search_queries")) or queries or None,
    )


def _cost(usage: Json) -> Decimal | None:
    """Return a stated cost: Perplexity itemises it, OpenRouter gives one number."""
    itemised = fields.dollars(fields.mapping(usage, "cost").get("total_cost"))
    return itemised if itemised is not None else fields.dollars(usage.get("cost"))
