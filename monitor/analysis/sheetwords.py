"""The words that a fact of the sheet and a company are spoken of in."""

import re
from functools import lru_cache

from monitor.analysis.folding import fold
from monitor.domain.brand import Fact

COMPANY = re.compile(
    r"\b(?:chain|company|firm|group|brand|retailer|maker|manufacturer|producer|airline|bank|business|insurer|carrier"
    r"|giant|startup|start-up|team|staff|workforce|network|total|number|fleet|unternehmen|konzern|entreprise|groupe"
    r"|empresa|cadena|grupo|few|lot|dozen|couple|hundred|thousand|million|billion|quarter|third|half|fifth|tenth)\b"
)


@lru_cache(maxsize=4096)
def _of(about: str, says: str, unit: str, cues: tuple[str, ...]) -> str:
    return fold(f"{about} {says} {unit} {' '.join(cues)}")


def of_fact(fact: Fact) -> str:
    """All that a fact says of itself, folded."""
    return _of(fact.about or fact.id.replace("_", " "), fact.says, fact.unit, tuple(fact.cues))
