"""What is known of the addresses at which the common wire formats are spoken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Host:
    domain: str  # this name or any name below it
    title: str
    key_env: str = ""  # empty: asked without a key unless brand.yaml names a variable
    key_header: str = ""  # empty: Authorization: Bearer
    length_field: str = "max_tokens"  # how chat completions bound the answer there
    search: Mapping[str, Any] | None = None  # what switches search on in chat completions; None: it has none
    search_models: tuple[str, ...] = ("",)  # model names start so where search works
    lists_sources: bool = False  # its Responses API lists what was retrieved, if asked to
    terms_url: str = ""  # empty: not known here
    terms_read: date | None = None  # when that page was last looked at


_READ = date(2026, 11, 22)
HOSTS = (
    Host(
        domain="api.openai.com",
        title="OpenAI API",
        key_env="OPENAI_API_KEY",
        length_field="max_completion_tokens",
        lists_sources=True,
        search={"web_search_options": {}},
        search_models=("gpt-4o-search", "gpt-4o-mini-search", "gpt-5-search"),
        terms_url="https://openai.com/policies/services-agreement/",
        terms_read=_READ,
    ),
    Host(
        domain="azure.com",
        title="Azure OpenAI",
        key_env="AZURE_OPENAI_API_KEY",
        key_header="api-key",
        length_field="max_completion_tokens",
        lists_sources=True,
    ),
    Host(domain="api.anthropic.com", title="Anthropic API", key_env="ANTHROPIC_API_KEY"),
    Host(domain="generativelanguage.googleapis.com", title="Gemini API", key_env="GEMINI_API_KEY"),
    Host(domain="api.perplexity.ai", title="Perplexity API", key_env="PERPLEXITY_API_KEY"),
    Host(
        domain="api.x.ai",
        title="xAI API",
        key_env="XAI_API_KEY",
        terms_url="https://x.ai/legal/terms-of-service-enterprise",
        terms_read=_READ,
    ),
    Host(domain="api.deepseek.com", title="DeepSeek API", key_env="DEEPSEEK_API_KEY"),
    Host(
        domain="api.mistral.ai",
        title="Mistral API",
        key_env="MISTRAL_API_KEY",
        terms_url="https://legal.mistral.ai/terms",
        terms_read=_READ,
    ),
    Host(
        domain="api.groq.com",
        title="Groq API",
        key_env="GROQ_API_KEY",
        search={},  # compound models search by themselves
        search_models=("groq/compound", "compound-beta"),
        terms_url="https://console.groq.com/docs/legal/services-agreement",
        terms_read=_READ,
    ),
    Host(
        domain="openrouter.ai",
        title="OpenRouter",
        key_env="OPENROUTER_API_KEY",
        search={"tools": [{"type": "openrouter:web_search"}]},
        terms_url="https://openrouter.ai/terms",
        terms_read=_READ,
    ),
    Host(domain="ollama.com", title="Ollama cloud", key_env="OLLAMA_API_KEY"),
)


def find(base_url: str) -> Host:
    """Return what is known of an address; an unknown one is called by its name.

    >>> find("https://api.deepseek.com").title, find("http://localhost:11434/v1").title
    ('DeepSeek API', 'localhost')
    """
    name = named(base_url)
    known = (host for host in HOSTS if name == host.domain or name.endswith("." + host.domain))
    return next(known, Host(domain=name, title=name or "no address"))


def named(base_url: str) -> str:
    """Return the host's name in lower case; empty for what is no web address or holds a password.

    >>> named("https://API.x.ai/v1"), named("https://[broken"), named("ftp://x.example"), named("https://me:pw@x.ai")
    ('api.x.ai', '', '', '')
    """
    try:
        parts = urlsplit(base_url)
        is_web = parts.scheme in {"http", "https"} and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return (parts.hostname or "").lower() if is_web else ""


def is_local(base_url: str) -> bool:
    """Tell whether an address is this machine's own: localhost, 127.0.0.0/8 or ::1.

    >>> [is_local(f"http://{host}/v1") for host in ("localhost:11434", "127.9.0.1", "[::1]:8000")]
    [True, True, True]
    >>> [is_local(f"http://{host}/v1") for host in ("localhost.example.com", "10.0.0.1", "ollama")], is_local("")
    ([False, False, False], False)
    """
    name = named(base_url)
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def is_exposed(base_url: str) -> bool:
    """Tell whether a key sent there could be read on its way: not encrypted, and not to a machine of one's own.

    >>> is_exposed("http://api.example.com/v1")
    True
    >>> [is_exposed(f"{host}/v1") for host in ("https://api.example.com", "http://127.0.0.1:8000", "http://ollama")]
    [False, False, False]
    """
    name = named(base_url)
    try:
        is_public = ip_address(name).is_global
    except ValueError:
        is_public = "." in name and not name.endswith((".local", ".internal", ".localhost"))
    return base_url.lower().startswith("http://") and is_public


def join(base_url: str, path: str) -> str:
    """Return the address below the base URL; a query (Azure's api-version) stays at the end.

    >>> join("https://x.openai.azure.com/openai/deployments/d?api-version=2024-02-01", "chat/completions")
    'https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-02-01'
    """
    parts = urlsplit(base_url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{path}", fragment="").geturl()
