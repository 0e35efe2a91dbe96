"""The one sentence that tells a brand manager why a claim got its verdict."""

from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Said
from monitor.domain.readings import Verdict


def why(kind: Kind, asked: Asked, said: Said, verdict: Verdict, former: int | None) -> str:
    fact = asked.fact
    true = kind.show(fact.value, fact.unit)
    about = asked.about
    if verdict is Verdict.SUPPORTED and former is not None:
        return f"It tells the former {about} ({said.shown}) as history, which agrees with your sheet."
    if verdict is Verdict.SUPPORTED:
        return f"It says {said.shown} for {about}, which agrees with your sheet ({true})."
    if verdict is Verdict.OUTDATED:
        until = fact.before[former].until if former is not None else None
        held = f" until {until:%B %Y}" if until else " before"
        return f"It gives {said.shown} for {about} as true now; that held{held}, today it is {true}."
    if verdict is Verdict.CONTRADICTED:
        ends = f" until {fact.until:%-d %B %Y}" if fact.until else ""
        return f"It says {said.shown} for {about}; your sheet says {true}{ends}."
    return f"It says {said.shown} for {about}, which cannot be compared with your sheet ({true}) without doubt."
