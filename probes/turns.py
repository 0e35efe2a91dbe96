"""One answer that came in several replies: the turn was paused and resumed."""

import json
from dataclasses import replace

from monitor.domain.answers import Reply, Source, Usage, VendorCitation
from probes.shapes import fields

_GAP = "\n\n"


def joined(earlier: Reply, later: Reply) -> Reply:
    """Return the two replies as one answer: texts in order, citations moved, usage and costs added up."""
    gap = _GAP if earlier.text and later.text else ""
    shift = len(earlier.text) + len(gap)
    sources = {source.url: source for source in (*earlier.sources, *later.sources)}
    costs = [cost for cost in (earlier.cost, later.cost) if cost is not None]
    return replace(
        later,
        text=f"{earlier.text}{gap}{later.text}",
        sources=tuple[Source, ...](sources.values()),
        citations=(*earlier.citations, *(_moved(citation, shift) for citation in later.citations)),
        searched=earlier.searched or later.searched,
        queries=(*earlier.queries, *later.queries),
        usage=_added(earlier.usage, later.usage),
        cost=sum(costs[1:], costs[0]) if costs else None,
        resume=_continued(earlier.resume, later.resume) if later.resume else "",
    )


def _moved(citation: VendorCitation, shift: int) -> VendorCitation:
    if citation.start is None or citation.end is None:
        return citation
    return replace(citation, start=citation.start + shift, end=citation.end + shift)


def _added(first: Usage, second: Usage) -> Usage:
    return Usage(
        input_tokens=fields.total(first.input_tokens, second.input_tokens),
        output_tokens=fields.total(first.output_tokens, second.output_tokens),
        reasoning_tokens=fields.total(first.reasoning_tokens, second.reasoning_tokens),
        searches=fields.total(first.searches, second.searches),
    )


def _continued(earlier: str, later: str) -> str:
    """Join what two pauses left to send back, both JSON lists."""
    return json.dumps([*json.loads(earlier or "[]"), *json.loads(later)], ensure_ascii=False)
