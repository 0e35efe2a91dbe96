import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.analysis.addresses import canonical, domain, host_of

TRACKING = (
    "utm_source utm_medium utm_campaign gclid fbclid msclkid mc_cid mc_eid igshid srsltid _hsenc yclid ttclid dclid"
)


@pytest.mark.parametrize("name", TRACKING.split())
def test_tracking_is_cut_and_the_rest_stays(name):
    assert canonical(f"https://example.org/a?b=1&{name}=x&c=2") == "https://example.org/a?b=1&c=2"


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/?", "https://example.org/"),
        ("http://EXAMPLE.org:80/A?q=1#x", "http://example.org/A?q=1"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
        ("https://example.org/#:~:text=hello", "https://example.org/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a?utm=1", "https://example.org/a"),
        ("https://example.org/a?q=utm_source", "https://example.org/a?q=utm_source"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("ftp://example.org/", ""),
        ("https://", ""),
        ("https://localhost/", ""),
        ("http://[broken", ""),
        ("#part", ""),
        ("https://example.org/\x85#part", "https://example.org/"),
        ("", ""),
    ],
)
def test_one_form(written, one):
    assert canonical(written) == one


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it_and_one_form_is_its_own(text):
    once = canonical("https://example.org/" + text)
    assert canonical(once) == once
    canonical(text)
    assert isinstance(domain(text), str)
    assert isinstance(host_of(text), str)


@pytest.mark.parametrize(
    ("url", "registrable"),
    [
        ("https://a.b.example.co.uk/x", "example.co.uk"),
        ("https://example.org:8443/x", "example.org"),
        ("https://xn--wbstuhl-90a.de/", "xn--wbstuhl-90a.de"),
        ("http://10.0.0.1/x", "10.0.0.1"),
    ],
)
def test_registrable_domain(url, registrable):
    assert domain(url) == registrable
