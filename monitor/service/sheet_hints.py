"""What somebody who changes a fact's value forgets easily, said before the change counts."""

from collections.abc import Iterator

from monitor.domain.brand import Fact, FactSheet
from monitor.service.sheet_changes import differing


def hints(before: FactSheet, after: FactSheet) -> Iterator[str]:
    """Yield a sentence for each changed value whose sentence, or whose former values, were left as they are."""
    for fact in after.facts:
        old = before.fact(fact.id)
        changes = differing(old, fact) if old else {}
        if "value" in changes:
            yield from _of_value(fact, changes["value"][0], frozenset(changes))


def _of_value(fact: Fact, old: str, changed: frozenset[str]) -> Iterator[str]:
    about = fact.about or fact.id
    if fact.says and "says" not in changed:
        yield f"The sentence on {about} is the one from before: \u201c{fact.says}\u201d"
    if old and "before" not in changed:
        yield (
            f"{old} is not among the former values of {about}, so answers that say it are wrong, also those from when "
            f"it held. If it held until a day, leave this and write that into its former values: {old} | that day."
        )
