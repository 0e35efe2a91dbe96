"""What is said of an assistant before it is asked."""

from datetime import date
from pathlib import Path

import pytest

from monitor.domain.brand import AssistantSettings
from probes import assistants


@pytest.mark.parametrize(
    ("use", "address", "page"),
    [
        ("openai", "", "https://openai.com/policies/services-agreement/"),
        ("openai", "https://api.x.ai/v1", "https://x.ai/legal/terms-of-service-enterprise"),
        ("gemini", "", "https://ai.google.dev/gemini-api/terms"),
        ("openai_compatible", "https://openrouter.ai/api/v1", "https://openrouter.ai/terms"),
        ("openai_compatible", "http://localhost:11434/v1", ""),
        ("replay", "", ""),
    ],
)
def test_the_terms_are_those_of_whoever_is_asked(use, address, page):
    settings = AssistantSettings(id="one", use=use, model="m", base_url=address)
    url, looked_at = assistants.ALL[use].terms(settings)
    assert url == page
    assert (looked_at is not None) == bool(page)
    assert looked_at is None or looked_at >= date(2026, 11, 22)


def test_every_file_of_the_folder_is_an_assistant():
    files = Path(assistants.__file__).parent.glob("[!_]*.py")
    assert list(assistants.ALL) == sorted(path.stem for path in files)


def test_grounding_with_google_search_stays_off_until_its_terms_are_accepted():
    gemini = assistants.ALL["gemini"]
    asked = AssistantSettings(id="one", use="gemini", model="gemini-2.5-flash", search=True)
    assert "https://ai.google.dev/gemini-api/terms" in gemini.check(asked)
    assert gemini.search_note
    memory = AssistantSettings(id="one", use="gemini", model="gemini-2.5-flash")
    assert not gemini.check(memory)
    assert "tools" not in gemini.request(memory, "Which kettle?").body
