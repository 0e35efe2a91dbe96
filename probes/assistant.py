"""What every assistant declares: where it is asked, how a request is built and how a reply is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss, Probe
from probes import failures, hosts


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call, without its key."""

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


def bearer(settings: AssistantSettings, key: str) -> dict[str, str]:
    """Return the header that carries the key: as a bearer, unless its host wants a header of its own (Azure)."""
    header = hosts.find(settings.base_url).key_header
    return {header: key} if header else {"Authorization": f"Bearer {key}"}


def nothing_wrong(_settings: AssistantSettings) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """One way of asking; the object `ASSISTANT` of a file in probes/assistants."""

    use: str  # the file's name, `use:` in brand.yaml
    title: str  # what labels call it: "OpenAI API"
    key_env: str  # the variable that holds its key; empty: it needs none, or its host names it
    can_search: bool
    terms_url: str  # empty: there are none, or they are its host's
    terms_read: date  # when that page was last looked at
    build: Callable[[AssistantSettings, str], Request]
    read: Callable[[bytes], Reply | Miss]  # the body of a reply with status 200; never raises
    sign: Callable[[AssistantSettings, str], dict[str, str]] = bearer  # (settings, key) -> headers
    told: failures.Telling = failures.stated  # the error that a body states, in this vendor's words
    check: Callable[[AssistantSettings], str] = nothing_wrong  # one sentence why these settings cannot be asked
    resumed: Callable[[Request, str], Request] | None = None  # the request that continues a paused turn
    recall: Callable[[Probe, datetime], bytes | Miss] | None = None  # answers from this machine, without a call
    search_note: str = ""  # what a person must know before switching search on

    def request(self, settings: AssistantSettings, prompt_text: str, *, resume: str = "") -> Request:
        """Build the call that asks `prompt_text`, or continues the turn that `Reply.resume` left paused."""
        first = self.build(settings, prompt_text)
        return self.resumed(first, resume) if resume and self.resumed else first

    def judged(self, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Reply | Miss:
        """Read a reply, or the error that came in its place. Headers have lower-case names."""
        if status == HTTPStatus.OK:
            return self.read(body)
        return failures.by_status(status, headers, body, now, told=self.told)

    def key_name(self, settings: AssistantSettings) -> str:
        """Return the environment variable that holds the key; empty: none is needed."""
        if settings.key_env or not settings.base_url:
            return settings.key_env or self.key_env
        return hosts.find(settings.base_url).key_env

    def name(self, settings: AssistantSettings) -> str:
        """Return what labels call it: an address of one's own is called by its host."""
        return hosts.find(settings.base_url).title if settings.base_url else self.title

    def terms(self, settings: AssistantSettings) -> tuple[str, date | None]:
        """Return the page of the terms that hold there and when it was looked at; empty where that is not known."""
        if not settings.base_url:
            return self.terms_url, self.terms_read if self.terms_url else None
        host = hosts.find(settings.base_url)
        return host.terms_url, host.terms_read
