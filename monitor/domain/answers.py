"""What an assistant gave back, as it was received."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Surface(StrEnum):
    """Where an assistant was asked; surfaces are never mixed in one number."""

    API = "api"
    API_SEARCH = "api+search"
    APP = "app"
    SERP = "serp"


class Finish(StrEnum):
    """How a reply ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"  # cut off by length: an absence in it is not counted
    REFUSED = "refused"  # the vendor marked a refusal
    FILTERED = "filtered"  # a content or safety filter stopped it
    EMPTY = "empty"  # a 200 without text
    TOOL_ONLY = "tool_only"  # asked for a tool instead of answering


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page that the assistant retrieved; not every source is cited."""

    url: str
    title: str = ""
    resolved: str = ""  # where a vendor's redirect address led, if it was followed


@dataclass(frozen=True, kw_only=True)
class VendorCitation:
    """A place where the answer points to a page, as the vendor annotated it."""

    url: str
    title: str = ""
    start: int | None = None  # str offsets into the answer's text; None: the vendor gave no place
    end: int | None = None
    resolved: str = ""
    quote: str = ""  # the page's words that the vendor says support it


@dataclass(frozen=True, kw_only=True)
class Usage:
    input_tokens: int | None = None  # None: the vendor did not say (or said nonsense)
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    searches: int | None = None


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """The bytes that went over the wire, less secrets; kept so that everything derived can be made again."""

    request: str  # JSON of the request's body
    response: bytes  # as received, undecoded
    status: int | None  # HTTP status; None: no response came
    url: str
    headers: dict[str, str] = field(default_factory=dict)  # response headers worth keeping (request id, limits)
    sent_at: datetime
    received_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What one assistant's reader found in one exchange."""

    text: str
    finish: Finish = Finish.COMPLETE
    sources: tuple[Source, ...] = ()
    citations: tuple[VendorCitation, ...] = ()
    searched: bool | None = None  # None: the vendor does not say
    queries: tuple[str, ...] = ()
    served_model: str = ""
    usage: Usage = Usage()
    cost: Decimal | None = None  # US dollars, only where the vendor states it
    refusal: str = ""  # the vendor's refusal text or category
    finish_reason: str = ""  # the vendor's own word
    request_id: str = ""
    resume: str = ""  # not empty: the turn is paused and this JSON body continues it


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A text to be read: an answer of a probe, an import, or a line of a file."""

    id: str
    text: str
    question: str = ""
    lang: str = ""  # ISO 639-1; empty: not known
    asked_at: datetime | None = None
    sources: tuple[Source, ...] = ()
    citations: tuple[VendorCitation, ...] = ()
    finish: Finish = Finish.COMPLETE
    locale_country: str = ""
