"""A vendor's redirect is read, never followed; nothing else is asked at all."""

import asyncio

import httpx
import pytest

from monitor.domain.answers import Reply, Source, VendorCitation
from probes import links

REDIRECT = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZ"


async def public(_host):
    return ["142.250.74.78"]


def location(answer, url=REDIRECT, look_up=public):
    """Ask with a transport that answers like the redirector; returns what was learned and what was asked."""
    asked = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer

    async def scene():
        async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as client:
            return await links.location(client, url, look_up)

    return asyncio.run(scene()), asked


def test_the_page_is_read_from_the_redirect_and_not_visited():
    found, asked = location(httpx.Response(302, headers={"location": "https://kettles.example/k2"}))
    assert found == "https://kettles.example/k2"
    assert len(asked) == 1
    assert asked[0].url.host == "142.250.74.78"
    assert asked[0].headers["host"] == "vertexaisearch.cloud.google.com"
    assert asked[0].extensions["sni_hostname"] == "vertexaisearch.cloud.google.com"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "169.254.169.254", "192.168.1.1", "::1", "fe80::1", "fd00::1", "0.0.0.0", "224.0.0.1"],  # noqa: S104
)
def test_a_redirector_that_resolves_to_a_private_address_is_not_asked(address):
    async def rebound(_host):
        return ["142.250.74.78", address]

    found, asked = location(httpx.Response(302, headers={"location": "https://kettles.example/"}), look_up=rebound)
    assert (found, asked) == ("", [])


@pytest.mark.parametrize(
    "url",
    [
        "https://kettles.example/",
        "http://vertexaisearch.cloud.google.com/x",
        "https://vertexaisearch.cloud.google.com.evil.example/x",
        "https://vertexaisearch.cloud.google.com:8443/x",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "https://[broken",
        "",
    ],
)
def test_no_other_address_is_asked(url):
    assert location(httpx.Response(302, headers={"location": "https://kettles.example/"}), url) == ("", [])


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="hello"),
        httpx.Response(404),
        httpx.Response(302),
        httpx.Response(302, headers={"location": "javascript:alert(1)"}),
        httpx.Response(302, headers={"location": "http://127.0.0.1:8080/admin"}),
        httpx.Response(302, headers={"location": "http://[::1]/"}),
        httpx.Response(302, headers={"location": "/relative"}),
        httpx.Response(302, headers={"location": "https://x.example/" + "a" * 3000}),
    ],
)
def test_what_leads_to_no_public_page_leads_nowhere(answer):
    assert location(answer)[0] == ""


def test_both_addresses_are_kept_side_by_side():
    reply = Reply(
        text="K2",
        sources=(Source(url=REDIRECT), Source(url="https://other.example/")),
        citations=(VendorCitation(url=REDIRECT, start=0, end=2),),
    )

    async def follow(_url):
        return "https://kettles.example/"

    found = asyncio.run(links.resolved(reply, follow))
    assert [(page.url, page.resolved) for page in found.sources] == [
        (REDIRECT, "https://kettles.example/"),
        ("https://other.example/", ""),
    ]
    assert found.citations[0].resolved == "https://kettles.example/"


def test_a_slow_redirector_does_not_hold_up_an_answer(monkeypatch):
    monkeypatch.setattr(links, "SECONDS", 0.05)

    async def follow(url):
        await asyncio.sleep(0 if url.endswith("1") else 30)
        return "https://kettles.example/"

    reply = Reply(text="", sources=(Source(url=REDIRECT + "1"), Source(url=REDIRECT + "2")))
    found = asyncio.run(links.resolved(reply, follow))
    assert [page.resolved for page in found.sources] == ["https://kettles.example/", ""]


def test_no_more_than_a_few_are_followed():
    asked = []

    async def follow(url):
        asked.append(url)
        return ""

    pages = tuple(Source(url=f"{REDIRECT}{number}") for number in range(500))
    asyncio.run(links.resolved(Reply(text="", sources=pages), follow))
    assert len(asked) == links.MOST


def test_a_name_that_does_not_resolve_has_no_address():
    assert asyncio.run(links.addresses("no-such-host.invalid")) == []
    assert asyncio.run(links.addresses("127.0.0.1")) == ["127.0.0.1"]
