"""A number in a text counts in the vendor's own list, in which a page may stand twice and one may lack its address."""

import json

import pytest

from probes.shapes import chat, responses

RESULTS = [
    {"id": 1, "url": "https://a.example/", "title": "A"},
    {"id": 2, "url": "https://a.example/", "title": "A, found again"},
    {"id": 3, "title": "no address"},
    {"id": 4, "url": "https://b.example/", "title": "B"},
]
TEXT = "The K2 is fast.[1] It is quiet.[4] It is red.[3]"
AGENT = {
    "status": "completed",
    "output": [
        {"type": "search_results", "results": RESULTS[:2]},
        {"type": "search_results", "results": RESULTS[2:]},
        {"type": "message", "content": [{"type": "output_text", "text": TEXT}]},
    ],
}
CHAT = {"search_results": RESULTS, "choices": [{"finish_reason": "stop", "message": {"content": TEXT}}]}


@pytest.mark.parametrize(("read", "body"), [(responses.read, AGENT), (chat.read, CHAT)], ids=["responses", "chat"])
def test_a_number_points_to_the_page_that_stands_there(read, body):
    reply = read(json.dumps(body).encode())
    assert [citation.url for citation in reply.citations] == ["https://a.example/", "https://b.example/"]
    assert [source.url for source in reply.sources] == ["https://a.example/", "https://b.example/"]
