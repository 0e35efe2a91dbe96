"""The one sentence that tells a brand manager why a claim got its verdict."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Said
from monitor.domain.readings import Verdict


def why(kind: Kind, asked: Asked, said: Said, verdict: Verdict, former: int | None) -> str:
    fact = asked.fact
    true = kind.show(fact.value, fact.unit)
    about = asked.about
    shown = readable(said.shown) if asked.measured else said.shown
    if verdict is Verdict.SUPPORTED and former is not None:
        return f"It tells the former {about} ({shown}) as history, which agrees with your sheet."
    if verdict is Verdict.SUPPORTED:
        return f"It says {shown} for {about}, which agrees with your sheet ({true})."
    if verdict is Verdict.OUTDATED:
        until = fact.before[former].until if former is not None else None
        held = f" until {until:%B %Y}" if until else " before"
        return f"It gives {shown} for {about} as true now; that held{held}, today it is {true}."
    if verdict is Verdict.CONTRADICTED:
        ends = f" until {fact.until:%-d %B %Y}" if fact.until else ""
        return f"It says {shown} for {about}; your sheet says {true}{ends}."
    return f"It says {shown} for {about}, which cannot be compared with your sheet ({true}) without doubt."


_FIGURE = re.compile(r"(?<![\w.-])(?:\d{4,}(?:\.\d+)?|\d+\.\d{3,})(?![\w.-])")


def readable(shown: str) -> str:
    """Group the thousands of amounts and keep two decimals.

    >>> readable("about 17000000 EUR"), readable("33.333333 %")
    ('about 17,000,000 EUR', '33.33 %')
    """
    return _FIGURE.sub(lambda found: f"{float(found[0]):,.2f}".removesuffix(".00"), shown)
