"""OpenAI, Responses API; xAI and Azure speak it too (`base_url`).

Read on 2026-11-22: developers.openai.com/api/docs/guides/tools-web-search.
"""

from datetime import date
from typing import Any

from monitor.domain.brand import AssistantSettings
from probes import hosts
from probes.assistant import Assistant, Request
from probes.shapes import responses
from probes.shapes.fields import Json

_ADDRESS = "https://api.openai.com/v1"


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    body: dict[str, Any] = {
        "model": settings.model,
        "input": [{"role": "user", "content": prompt_text}],
        "max_output_tokens": settings.max_tokens,
        "store": False,
    }
    if effort := settings.options.get("reasoning_effort"):
        body["reasoning"] = {"effort": effort}
    address = settings.base_url or _ADDRESS
    if settings.search:
        body["tools"] = [_search_tool(settings)]
        if hosts.find(address).lists_sources:
            body["include"] = ["web_search_call.action.sources"]
    return Request(url=hosts.join(address, "responses"), body=body)


def _search_tool(settings: AssistantSettings) -> Json:
    tool: Json = {"type": "web_search"}
    if size := settings.options.get("search_context_size"):
        tool["search_context_size"] = size
    locale = settings.locale
    where = {"country": locale.country, "city": locale.city, "timezone": locale.timezone}
    if any(where.values()):
        tool["user_location"] = {"type": "approximate"} | {name: value for name, value in where.items() if value}
    return tool


ASSISTANT = Assistant(
    use="openai",
    title="OpenAI API",
    key_env="OPENAI_API_KEY",
    can_search=True,
    terms_url="https://openai.com/policies/services-agreement/",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=responses.read,
)
