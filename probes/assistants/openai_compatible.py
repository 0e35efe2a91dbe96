"""Chat completions at any address: DeepSeek, Mistral, Groq, OpenRouter, Ollama, vLLM, Azure, ...

What is special about an address stands in probes/hosts.py.
"""

from datetime import date
from typing import Any

from monitor.domain.brand import AssistantSettings
from probes import hosts
from probes.assistant import Assistant, Request
from probes.shapes import chat


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    host = hosts.find(settings.base_url)
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": "user", "content": prompt_text}],
        host.length_field: settings.max_tokens,
        "stream": False,
    }
    if settings.search and host.search is not None:
        body |= host.search
    return Request(url=hosts.join(settings.base_url, "chat/completions"), body=body)


def _check(settings: AssistantSettings) -> str:
    host = hosts.find(settings.base_url)
    if not host.domain:
        return f"Assistant {settings.id} needs an address; add `base_url: https://api.example.com/v1`."
    if settings.search and host.search is None:
        return f"{host.title} has no web search of its own; set `search: false` for {settings.id}."
    if settings.search and not settings.model.startswith(host.search_models):
        return (
            f"At {host.title} only models named {', '.join(host.search_models)}... search; {settings.model} does not."
        )
    return ""


ASSISTANT = Assistant(
    use="openai_compatible",
    title="Chat completions",
    key_env="",
    can_search=True,
    terms_url="",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=chat.read,
    check=_check,
)
