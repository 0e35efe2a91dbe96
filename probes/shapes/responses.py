"""The Responses shape, spoken by OpenAI, xAI, Azure, DeepSeek and Perplexity's Agent API."""

from dataclasses import dataclass

from monitor.domain.answers import Finish, Reply, Source, Usage, VendorCitation
from monitor.domain.rounds import Miss, MissReason
from probes import failures
from probes.shapes import fields, markers
from probes.shapes.fields import Json
from probes.shapes.offsets import Passage, placed

_UNANSWERED = {"failed", "cancelled", "in_progress", "queued"}
_WHOLE = {"completed", ""}
_TOOL_CALLS = {"function_call", "custom_tool_call", "mcp_call"}


def read(body: bytes) -> Reply | Miss:
    """Read a whole (not streamed) reply."""
    reply = fields.load(body)
    if isinstance(reply, Miss):
        return reply
    if error := failures.stated(reply):
        return failures.in_body(error)
    status = fields.text(reply.get("status"))
    if not isinstance(reply.get("output"), list) or status in _UNANSWERED:
        detail = f"Status 200, but no output in the body (it says {status or 'nothing'})."
        return Miss(reason=MissReason.NOT_AN_ANSWER, detail=detail, charged=None)
    items = fields.objects(reply["output"])
    passage, annotated, refusal = _messages(items)
    found = _search(items, fields.strings(reply.get("citations")))
    usage = fields.mapping(reply, "usage")
    reason = fields.text(fields.mapping(reply, "incomplete_details").get("reason")) or status
    return Reply(
        text=passage.text,
        finish=_finish(passage.text, refusal, reason, items),
        sources=found.sources,
        citations=annotated or markers.citations(passage.text, found.numbered),
        searched=found.searched,
        queries=found.queries,
        served_model=fields.text(reply.get("model")),
        usage=_usage(usage, found),
        cost=fields.dollars(fields.mapping(usage, "cost").get("total_cost")),
        refusal=refusal,
        finish_reason=reason,
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
    notes = [note for note in fields.objects(part.get("annotations")) if fields.text(note.get("url"))]
    places = [placed(length, note.get("start_index"), note.get("end_index"), shift=shift) for note in notes]
    return [
        VendorCitation(url=fields.text(note.get("url")), title=fields.text(note.get("title")), start=start, end=end)
        for note, (start, end) in zip(notes, places, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What a reply says of its searching."""

    sources: tuple[Source, ...]
    queries: tuple[str, ...]
    calls: int
    searched: bool
    numbered: tuple[Source, ...]  # the list to which [n] in the text points


def _search(items: list[Json], retrieved: list[str]) -> _Search:
    """Gather searches: OpenAI and xAI list calls with their action, Perplexity lists the results themselves.

    `retrieved` is xAI's list of every page it saw.
    """
    actions = [fields.mapping(item, "action") for item in items if item.get("type") == "web_search_call"]
    results = [item for item in items if item.get("type") == "search_results"]
    listed = [source for action in actions for source in fields.objects(action.get("sources"))]
    numbered = [result for item in results for result in fields.objects(item.get("results"))]
    listed += numbered
    listed += [{"url": url} for url in retrieved]
    asked = [fields.strings(said.get("queries")) or fields.strings([said.get("query")]) for said in actions + results]
    return _Search(
        sources=sources(listed),
        queries=tuple(query for queries in asked for query in queries),
        calls=sum(action.get("type") == "search" for action in actions) or len(results),
        searched=bool(actions or results or retrieved),
        numbered=tuple(source(item) for item in numbered),
    )


def source(item: Json) -> Source:
    return Source(url=fields.text(item.get("url")), title=fields.text(item.get("title")))


def sources(listed: list[Json]) -> tuple[Source, ...]:
    """Return pages with their titles, each address once, in the vendor's order."""
    found = {fields.text(item.get("url")): fields.text(item.get("title")) for item in reversed(listed)}
    order = dict.fromkeys(fields.text(item.get("url")) for item in listed)
    return tuple(Source(url=url, title=found[url]) for url in order if url)


def _finish(text: str, refusal: str, reason: str, items: list[Json]) -> Finish:
    if refusal:
        return Finish.REFUSED
    if reason == "content_filter":
        return Finish.FILTERED
    if reason not in _WHOLE:
        return Finish.TRUNCATED
    if text.strip():
        return Finish.COMPLETE
    return Finish.TOOL_ONLY if any(fields.text(item.get("type")) in _TOOL_CALLS for item in items) else Finish.EMPTY


def _usage(usage: Json, found: _Search) -> Usage:
    invoked = fields.mapping(usage, "tool_calls_details", "search_web").get("invocation")
    return Usage(
        input_tokens=fields.count(usage.get("input_tokens")),
        output_tokens=fields.count(usage.get("output_tokens")),
        reasoning_tokens=fields.count(fields.mapping(usage, "output_tokens_details").get("reasoning_tokens")),
        searches=fields.count(invoked) or found.calls,
    )
