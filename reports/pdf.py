"""The same HTML as a PDF. Importing this file imports WeasyPrint, which takes seconds: do so only when it is used."""

import re

from monitor.domain.errors import Mistake

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError) as error:  # OSError: the package is there, its libraries (Pango) are not
    weasyprint = None
    URLFetcher = object
    _missing = f"{type(error).__name__}: {error}".splitlines()[0]

_CHART = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_UNSEEN = re.compile(r'<path class="(?:back|fore)ground"[^>]*/>|<g\b[^>]*/>|<g\b[^>]*></g>')
_FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
_INK = "#000000"  # of paper, as the report's style has it


class PdfError(Mistake):
    """No PDF can be made here; the text says what to install."""


class _Own(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Gives what the report itself carries and nothing else: a hostile address in an answer must not be visited."""

    def __init__(self, charts: list[str]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._charts = charts

    def fetch(self, url: str, headers: object = None) -> object:
        if url.startswith("chart:"):
            drawn = self._charts[int(url.removeprefix("chart:"))]
            return URLFetcherResponse(url, body=drawn.encode(), headers={"Content-Type": "image/svg+xml"})
        return super().fetch(url, headers)


def pdf(html: str) -> bytes:
    """Return the report as a PDF; nothing is fetched. Raises PdfError where WeasyPrint cannot run."""
    if weasyprint is None:
        raise PdfError(
            "A PDF needs WeasyPrint: install likeness[pdf] and, on Debian, libpango-1.0-0 libpangoft2-1.0-0 "
            f"libharfbuzz-subset0 and fonts-dejavu ({_missing})."
        )
    text, charts = _apart(_FOLDED.sub("", html))
    document = weasyprint.HTML(string=text, url_fetcher=_Own(charts), base_url=None)
    return bytes(document.write_pdf())


def _apart(html: str) -> tuple[str, list[str]]:
    """Return the report with its charts as pictures, and the charts.

    Within the page each of a chart's thousands of parts is held against each rule of the style; as a picture it is not.
    """
    charts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        charts.append(_pruned(found[0]).replace("currentColor", _INK))
        size = _SIZE.search(found[0])
        room = f' width="{size[1]}" height="{size[2]}"' if size else ""
        return f'<img src="chart:{len(charts) - 1}" alt=""{room}>'

    return _CHART.sub(taken, html), charts


def _pruned(chart: str) -> str:
    """Return a chart without the groups and grounds that draw nothing."""
    while (less := _UNSEEN.sub("", chart)) != chart:
        chart = less
    return chart
