"""Cases of claims, one a line, and what the analyzer finds in their words."""

from collections.abc import Callable, Iterable
from pathlib import Path

from monitor.analysis import text
from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Claim, Verdict

CASES = Path(__file__).parent.parent / "analysis" / "cases"
Check = Callable[..., tuple[Claim, ...]]  # words, and their language where it is not English


def cases(name: str) -> list[tuple[str, ...]]:
    """Return the columns of each line of cases/<name>.txt; in a column `\\|` is a bar, `\\n` ends a line."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.replace("\\|", "\0").split(" | ") for line in lines if line and not line.startswith("#"))
    return [tuple(column.replace("\0", "|").replace("\\n", "\n") for column in row) for row in rows]


def checking(sheet: FactSheet, question: str = "") -> Check:
    """Return what finds the claims that an answer to `question` makes about the facts of `sheet`."""
    checker, finder = Checker(sheet), Finder(sheet.entities)

    def check(words: str, lang: str = "en") -> tuple[Claim, ...]:
        document = text.parse(words, lang)
        answer = Answer(id="a", text=words, question=question, lang=lang)
        return checker.check(document, finder.find(document, question), answer)

    return check


def told(found: Iterable[Claim]) -> dict[str, str]:
    """Return the verdict on each fact, but for what could not be checked."""
    return {claim.fact: claim.verdict.value for claim in found if claim.verdict is not Verdict.UNVERIFIED}


def wanted(expected: str) -> dict[str, str]:
    """Return what a case says `told` should be."""
    pairs = (pair.split("=") for pair in expected.split(", ")) if expected != "-" else ()
    return {fact: verdict for fact, verdict in pairs if verdict != Verdict.UNVERIFIED}
