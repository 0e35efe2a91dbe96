"""Keys never leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.redaction import hide, redact, redact_bytes


@pytest.mark.parametrize(
    "key",
    [
        "sk-proj-abcdefghijklmnopqrstuvwxyz",
        "sk-ant-api03-abcdefghijklmnop_-q",
        "pplx-abcdefghijklmnopqrst",
        "xai-abcdefghijklmnopqrst",
        "gsk_abcdefghijklmnopqrst",
        "AIzaSyA-abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_what_looks_like_a_key_is_hidden_though_nobody_named_it(key):
    assert key not in redact(f"Incorrect API key provided: {key}. See https://docs.example/keys.")


def test_an_authorization_header_is_hidden():
    assert redact("Authorization: Bearer abcdef123456, next") == "Authorization: [key], next"


def test_plain_words_stay():
    text = "Our keyboard-manufacturer and key-performance-indicators: basic warranty, task-based, sk-100."
    assert redact(text) == text


@given(st.text(max_size=20), st.text(min_size=8, max_size=20), st.text(max_size=20))
def test_a_named_secret_is_never_left(before, secret, after):
    assert secret not in hide(before + secret + after, secret).replace("[key]", "")


def test_bytes_as_received_lose_only_the_secret():
    assert redact_bytes(b"\xff key=s3cretvalue \x00", "s3cretvalue") == b"\xff key=[key] \x00"


def test_a_short_key_of_a_local_model_does_not_mangle_texts():
    assert hide("ollama runs on your machine", "ollama") == "ollama runs on your machine"
