"""Whether a sheet agrees with itself: each fact's own sentence, read as an answer, must give the fact's value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Fact, FactSheet
from monitor.domain.readings import Verdict


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A fact whose sentence gives another value than the fact does."""

    fact: str
    said: str  # the value that the sentence gives
    why: str  # one sentence for the keeper of the sheet


def disagreements(sheet: FactSheet, *, today: date | None = None) -> tuple[Disagreement, ...]:
    """Return the facts whose `says` gives another value than `value`, in the sheet's order.

    A sentence in which the value is not found is left alone: it may say it in words that cannot be read.
    """
    return tuple(_disagreements(sheet, today))


def _disagreements(sheet: FactSheet, today: date | None) -> Iterator[Disagreement]:
    silent = replace(sheet, facts=tuple(replace(fact, says="") for fact in sheet.facts))
    checker, finder = Checker(silent, today=today), Finder(sheet.entities)
    for fact in sheet.facts:
        if not fact.says:
            continue
        document = parse(fact.says)
        question = f"What is {sheet.brand.name}?"
        answer = Answer(id=fact.id, text=fact.says, question=question, lang=document.lang or "en")
        claims = checker.check(document, finder.find(document, question), answer)
        own = [claim for claim in claims if claim.fact == fact.id]
        wrong = [claim for claim in own if claim.verdict.wrong]
        if wrong and not any(claim.verdict is Verdict.SUPPORTED for claim in own):
            yield Disagreement(fact=fact.id, said=wrong[0].value, why=_why(fact, wrong[0].value))


def _why(fact: Fact, said: str) -> str:
    about = fact.about or fact.id.replace("_", " ")
    return f"its sentence `says` {said} for {about}, its `value` is {fact.value}: correct one of the two"
