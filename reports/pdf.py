"""The same HTML as a PDF. Importing this file imports WeasyPrint, which takes seconds: do so only when it is used."""

from monitor.domain.errors import Mistake

try:
    import weasyprint
    from weasyprint.urls import URLFetcher
except (ImportError, OSError) as error:  # OSError: the package is there, its libraries (Pango) are not
    weasyprint = None
    URLFetcher = object
    _missing = f"{type(error).__name__}: {error}".splitlines()[0]


class PdfError(Mistake):
    """No PDF can be made here; the text says what to install."""


class _Closed(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Fetches nothing, from nowhere: a hostile address in an answer must not be visited."""

    def fetch(self, url: str, headers: object = None) -> object:
        del headers
        raise ValueError(f"not fetched: {url[:80]}")


def pdf(html: str) -> bytes:
    """Return the report as a PDF; nothing is fetched. Raises PdfError where WeasyPrint cannot run."""
    if weasyprint is None:
        raise PdfError(
            "A PDF needs WeasyPrint: install likeness[pdf] and, on Debian, libpango-1.0-0 libpangoft2-1.0-0 "
            f"libharfbuzz-subset0 and fonts-dejavu ({_missing})."
        )
    document = weasyprint.HTML(string=html, url_fetcher=_Closed(), base_url=None)
    return bytes(document.write_pdf())
