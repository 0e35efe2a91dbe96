"""Perplexity: the Agent API, and Sonar's chat completions for models named as they were there (`sonar`, `sonar-pro`).

Its pricing page announces the end of Sonar's chat completions for 27 September 2026; `model: perplexity/sonar` asks
the Agent API, which searches the same index. Read on 2026-11-22: docs.perplexity.ai/docs/agent-api/migrate-from-sonar.
"""

from datetime import date
from typing import Any

from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss
from probes import hosts
from probes.assistant import Assistant, Request
from probes.shapes import chat, fields, responses

_HOST = "https://api.perplexity.ai"


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    return _agent(settings, prompt_text) if "/" in settings.model else _sonar(settings, prompt_text)


def _agent(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "model": settings.model,
        "input": prompt_text,
        "max_output_tokens": settings.max_tokens,
    }
    if settings.search:
        body["tools"] = [{"type": "web_search"} | _where(settings)]
    return Request(url=hosts.join(settings.base_url or _HOST, "v1/agent"), body=body | _language(settings))


def _sonar(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": "user", "content": prompt_text}],
        "max_tokens": settings.max_tokens,
        "stream": False,
    }
    if not settings.search:
        body["disable_search"] = True
    elif where := _where(settings):
        body["web_search_options"] = where
    return Request(url=hosts.join(settings.base_url or _HOST, "chat/completions"), body=body | _language(settings))


def _where(settings: AssistantSettings) -> dict[str, Any]:
    """Return how much is searched, and from where."""
    options: dict[str, Any] = {}
    if size := settings.options.get("search_context_size"):
        options["search_context_size"] = size
    locale = {"country": settings.locale.country, "city": settings.locale.city}
    if any(locale.values()):
        options["user_location"] = {name: value for name, value in locale.items() if value}
    return options


def _language(settings: AssistantSettings) -> dict[str, str]:
    return {"language_preference": settings.locale.language} if settings.locale.language else {}


def _read(body: bytes) -> Reply | Miss:
    """Tell the two shapes apart by what stands in them."""
    loaded = fields.load(body)
    is_agent = not isinstance(loaded, Miss) and "output" in loaded
    return responses.read(body) if is_agent else chat.read(body)


ASSISTANT = Assistant(
    use="perplexity",
    title="Perplexity API",
    key_env="PERPLEXITY_API_KEY",
    can_search=True,
    terms_url="https://www.perplexity.ai/hub/legal/perplexity-api-terms-of-service",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=_read,
)
