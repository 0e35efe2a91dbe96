"""The requests that we build are such as the vendors' own libraries would send."""

import importlib
import json
import warnings
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from monitor.domain.brand import AssistantSettings, Locale
from probes import assistants

SWEDEN = Locale(country="SE", language="sv", city="Malmö", timezone="Europe/Stockholm")
OPTIONS = {"search_context_size": "low", "reasoning_effort": "low", "max_uses": "3"}
VARIANTS = [
    pytest.param(
        {"search": search, "locale": locale, "options": options}, id=f"{search}-{locale.country}-{len(options)}"
    )
    for search in (False, True)
    for locale in (Locale(), SWEDEN, Locale(country="SE"))
    for options in ({}, OPTIONS)
]


def body(use: str, model: str, given: dict[str, Any], **more: Any) -> dict[str, Any]:
    settings = AssistantSettings(id="one", use=use, model=model, **given, **more)
    return dict(assistants.ALL[use].request(settings, "Which kettle is best?").body)


def plain(value: Any) -> Any:
    """Lists instead of what pydantic makes of an Iterable."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return value


def accepted(kind: str, request: dict[str, Any]) -> None:
    """Valid for the type, and with no field that the type does not know (those would be dropped)."""
    assert plain(adapter(kind).validate_python(request)) == request


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """The named type of a vendor's library, loaded when first needed: these libraries take seconds to import."""
    module, _, name = kind.rpartition(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' own types use deprecated spellings
        return TypeAdapter(getattr(importlib.import_module(module), name))


RESPONSES = "openai.types.responses.response_create_params.ResponseCreateParamsNonStreaming"
CHAT = "openai.types.chat.completion_create_params.CompletionCreateParamsNonStreaming"
MESSAGES = "anthropic.types.message_create_params.MessageCreateParamsNonStreaming"


@pytest.mark.parametrize("given", VARIANTS)
def test_openai_takes_our_responses_request(given):
    accepted(RESPONSES, body("openai", "gpt-5", given))


@pytest.mark.parametrize("given", VARIANTS)
def test_anthropic_takes_our_messages_request(given):
    accepted(MESSAGES, body("anthropic", "claude-sonnet-4-5", given))


def test_anthropic_takes_the_request_that_resumes_a_turn():
    settings = AssistantSettings(id="one", use="anthropic", model="claude-sonnet-4-5", search=True)
    said = [
        {"type": "text", "text": "Searching."},
        {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "kettle"}},
    ]
    request = assistants.ALL["anthropic"].request(settings, "Which kettle is best?", resume=json.dumps(said))
    accepted(MESSAGES, dict(request.body))
    assert request.body["messages"][-1] == {"role": "assistant", "content": said}


@pytest.mark.parametrize(
    "address", ["https://api.openai.com/v1", "https://api.deepseek.com", "http://localhost:11434/v1"]
)
def test_openai_takes_our_chat_request(address):
    accepted(CHAT, body("openai_compatible", "gpt-4o", {}, base_url=address))


def test_openai_takes_our_searching_chat_request():
    address = "https://api.openai.com/v1"
    asked = body("openai_compatible", "gpt-4o-search-preview", {"search": True}, base_url=address)
    accepted(CHAT, asked)


@pytest.mark.parametrize("given", VARIANTS)
def test_google_takes_our_request(given):
    google = importlib.import_module("google.genai.types")
    request = body("gemini", "gemini-2.5-flash", given)
    assert google.Content.model_validate(request["contents"][0]).parts[0].text == "Which kettle is best?"
    assert google.GenerationConfig.model_validate(request["generationConfig"]).max_output_tokens == 2048
    for tool in request.get("tools", []):
        assert google.Tool.model_validate(tool).google_search is not None
    if "toolConfig" in request:
        assert google.ToolConfig.model_validate(request["toolConfig"]).retrieval_config.language_code == "sv"
    assert request.keys() <= {"contents", "generationConfig", "tools", "toolConfig"}


def test_sonar_is_asked_as_it_was_recorded():
    """The recorded request is {"model", "messages", "stream"}; the rest is of docs.perplexity.ai."""
    request = body("perplexity", "sonar", {"search": True, "locale": SWEDEN, "options": OPTIONS})
    recorded = {"model": "sonar", "messages": [{"role": "user", "content": "Which kettle is best?"}], "stream": False}
    assert {name: request[name] for name in recorded} == recorded
    assert request["web_search_options"] == {
        "search_context_size": "low",
        "user_location": {"country": "SE", "city": "Malmö"},
    }
    assert body("perplexity", "sonar", {})["disable_search"] is True


def test_perplexitys_agent_refuses_unknown_fields_so_it_gets_none():
    known = {"model", "input", "max_output_tokens", "tools", "language_preference"}
    request = body("perplexity", "perplexity/sonar", {"search": True, "locale": SWEDEN, "options": OPTIONS})
    assert request.keys() == known
    assert request["tools"][0].keys() == {"type", "search_context_size", "user_location"}
    assert "tools" not in body("perplexity", "perplexity/sonar", {})


def test_only_who_knows_the_list_of_sources_is_asked_for_it():
    assert "include" in body("openai", "gpt-5", {"search": True})
    assert "include" not in body("openai", "grok-4", {"search": True}, base_url="https://api.x.ai/v1")
    assert "include" not in body("openai", "gpt-5", {})


def test_openrouter_is_asked_to_search_as_it_was_recorded():
    request = body(
        "openai_compatible", "deepseek/deepseek-chat", {"search": True}, base_url="https://openrouter.ai/api/v1"
    )
    assert request["tools"] == [{"type": "openrouter:web_search"}]


@pytest.mark.parametrize(
    ("use", "address", "url", "header"),
    [
        ("openai", "", "https://api.openai.com/v1/responses", "Authorization"),
        ("openai", "https://api.x.ai/v1/", "https://api.x.ai/v1/responses", "Authorization"),
        ("anthropic", "", "https://api.anthropic.com/v1/messages", "x-api-key"),
        (
            "gemini",
            "",
            "https://generativelanguage.googleapis.com/v1beta/models/some-model:generateContent",
            "x-goog-api-key",
        ),
        ("perplexity", "", "https://api.perplexity.ai/chat/completions", "Authorization"),
        ("openai", "https://x.openai.azure.com/openai/v1", "https://x.openai.azure.com/openai/v1/responses", "api-key"),
        (
            "openai_compatible",
            "https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
            "api-key",
        ),
    ],
)
def test_each_is_asked_at_its_address_with_its_key_in_a_header(use, address, url, header):
    settings = AssistantSettings(id="one", use=use, model="some-model", base_url=address)
    assert assistants.ALL[use].request(settings, "Hello").url == url
    assert assistants.ALL[use].sign(settings, "secret").keys() == {header}


def test_a_model_cannot_lead_the_key_to_another_path():
    settings = AssistantSettings(id="one", use="gemini", model="../../evil?x=")
    url = assistants.ALL["gemini"].request(settings, "Hello").url
    assert url == "https://generativelanguage.googleapis.com/v1beta/models/..%2F..%2Fevil%3Fx%3D:generateContent"


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"use": "openai_compatible"}, "base_url"),
        ({"use": "openai_compatible", "base_url": "ftp://x.example"}, "base_url"),
        ({"use": "openai_compatible", "base_url": "https://[broken"}, "base_url"),
        ({"use": "openai_compatible", "base_url": "https://api.deepseek.com", "search": True}, "DeepSeek"),
        ({"use": "openai_compatible", "base_url": "https://api.groq.com/openai/v1", "search": True}, "groq/compound"),
        ({"use": "gemini", "search": True}, "terms"),
        ({"use": "replay"}, "recordings"),
        ({"use": "replay", "options": {"file": "nowhere.jsonl"}}, "nowhere.jsonl"),
    ],
)
def test_settings_that_cannot_be_asked_are_named_in_one_sentence(given, word):
    settings = AssistantSettings(id="one", model="some-model", **given)
    sentence = assistants.ALL[settings.use].check(settings)
    assert word in sentence
    assert "secret" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        {"use": "openai"},
        {"use": "anthropic", "search": True},
        {"use": "gemini", "search": True, "options": {"grounding_terms": "accepted"}},
        {"use": "openai_compatible", "base_url": "https://openrouter.ai/api/v1", "search": True},
        {"use": "replay", "options": {"file": str(Path(__file__))}},
    ],
)
def test_settings_that_can_be_asked_are_fine(given):
    settings = AssistantSettings(id="one", model="some-model", **given)
    assert not assistants.ALL[settings.use].check(settings)


@pytest.mark.parametrize(
    ("given", "label", "key"),
    [
        ({"use": "openai", "model": "gpt-5", "search": True}, "OpenAI API, gpt-5 with search", "OPENAI_API_KEY"),
        ({"use": "openai", "model": "grok-4", "base_url": "https://api.x.ai/v1"}, "xAI API, grok-4", "XAI_API_KEY"),
        (
            {"use": "openai_compatible", "model": "deepseek-chat", "base_url": "https://api.deepseek.com"},
            "DeepSeek API, deepseek-chat",
            "DEEPSEEK_API_KEY",
        ),
        (
            {"use": "openai_compatible", "model": "qwen3", "base_url": "http://localhost:11434/v1"},
            "localhost, qwen3",
            "",
        ),
        (
            {"use": "anthropic", "model": "claude-sonnet-4-5", "key_env": "OURS"},
            "Anthropic API, claude-sonnet-4-5",
            "OURS",
        ),
        ({"use": "replay", "model": "march"}, "Recorded answers, march", ""),
        ({"use": "nobody", "model": "x"}, "nobody, x", None),
    ],
)
def test_labels_name_the_surface_that_was_asked(given, label, key):
    settings = AssistantSettings(id="one", **given)
    assert assistants.label(settings) == label
    if key is not None:
        assert assistants.ALL[settings.use].key_name(settings) == key
