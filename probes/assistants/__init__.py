"""One file per assistant: its address, key, request, and where text and sources sit in its reply."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from monitor.domain.brand import AssistantSettings
from probes.assistant import Assistant


def _found() -> dict[str, Assistant]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}").ASSISTANT for name in names]
    return {assistant.use: assistant for assistant in found}


ALL: Mapping[str, Assistant] = MappingProxyType(_found())


def label(settings: AssistantSettings) -> str:
    """Return how alerts and reports call what was asked, e.g. "OpenAI API, gpt-5 with search"."""
    known = ALL.get(settings.use)
    title = known.name(settings) if known else settings.use
    return f"{title}, {settings.model}{' with search' if settings.search else ''}"
