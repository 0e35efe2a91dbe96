from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.plain import one_line, shown, slug, web_address

anything = st.text(st.characters(codec=None))


@given(anything)
def test_offsets_stay(text: str) -> None:
    assert len(shown(text)) == len(text)


@given(anything, st.integers(2, 50))
def test_a_line_is_one_line_of_at_most_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


@given(anything)
def test_a_slug_is_a_safe_file_name(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(slug(text)) <= 60


@given(anything)
def test_an_address_is_followed_only_over_http(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://{text}"):
        safe = web_address(url)
        assert safe in {"", url}
        assert not safe or urlsplit(safe).scheme in {"http", "https"}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd",
     "//a.example", "/relative", "https://", "https://user:pw@a.example/", "https://a.example/<b>", "http://[::1",
     "https://a.example/\nx", "vbscript:x", "https:a.example"],
)  # fmt: skip
def test_other_addresses_stay_text(url: str) -> None:
    assert web_address(url) == ""
