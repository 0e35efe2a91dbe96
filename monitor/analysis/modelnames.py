"""Products by name, beside which a price alone says whose it is."""

import re

from monitor.analysis.folding import fold
from monitor.domain.brand import Fact

_PRICED = re.compile(r"\bprice of (?:the |an? )?(?:\d+ \w+ )?(?P<name>[A-Z][\w-]*(?: [A-Z0-9][\w-]*)*)")


def priced(fact: Fact) -> str:
    """Return the name of the product whose price a fact gives, folded; "" where it names none."""
    found = _PRICED.search(fact.about) if fact.kind == "money" else None
    return fold(found["name"]) if found else ""
