"""Programs may not ask for what an address does not know: a misspelt filter would bring everything in silence."""

from collections.abc import Callable, Collection

from fastapi import Request

from monitor.domain.errors import Mistake
from reports.plain import one_line

_LONGEST = 40  # characters of a word that is quoted


def only_known(under: str) -> Callable[[Request], None]:
    """Return a dependency of the routes `under` a prefix: Mistake for a word that the address does not know."""

    def check(request: Request) -> None:
        known = _described(request, under)
        for name, value in request.query_params.multi_items():
            if name not in known:
                takes = f"it takes {', '.join(known)}" if known else "it takes none"
                raise Mistake(f"{one_line(name, _LONGEST)!r} is no word of this address; {takes}.")
            if "\0" in value:
                raise Mistake(f"{name} holds a character that is none (NUL); leave it out.")

    return check


def _described(request: Request, under: str) -> Collection[str]:
    """Return the words after the question mark that the description of the API has for this address."""
    here = request.app.openapi()["paths"][under + request.scope["route"].path]
    method = "get" if request.method == "HEAD" else request.method.lower()
    return [each["name"] for each in here[method].get("parameters", ()) if each["in"] == "query"]
