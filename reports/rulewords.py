"""What a mail and a report call the findings of each rule, and the two sides of one."""

from dataclasses import dataclass

from monitor.domain.alerts import Signal
from reports.words import capital


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    title: str  # of a group of them
    noun: str
    said: str = "What was found"
    truth: str = "Beside it"
    who: str = "Where, how often, since when"


_SHEET = "Your fact sheet"
_WHO_SAYS = "Who says it, how often, since when"
_RULES = {
    "wrong_fact": RuleWords(
        title="Wrong about your facts", noun="wrong fact", said="What they say", truth=_SHEET, who=_WHO_SAYS
    ),
    "outdated_fact": RuleWords(
        title="Out of date", noun="outdated fact", said="What they say", truth=_SHEET, who=_WHO_SAYS
    ),
    "new_statement": RuleWords(
        title="Said about you, not on your sheet",
        noun="new statement",
        said="What they say",
        truth=_SHEET,
        who=_WHO_SAYS,
    ),
    "visibility_drop": RuleWords(title="Seen less often", noun="drop in visibility", said="Now", truth="Before"),
    "silent_assistant": RuleWords(
        title="Assistants that gave no answers",
        noun="silent assistant",
        said="What came back",
        truth="What it means",
        who="Who, how often, since when",
    ),
}


def of(name: str) -> RuleWords:
    """Return the words of a rule; a rule that is not known gets plain ones."""
    plain = name.replace("_", " ")
    return _RULES.get(name) or RuleWords(title=capital(plain), noun=plain)


def on_sheet(signal: Signal) -> bool:
    """Whether the fact sheet says anything on it; rules write "not on your sheet" where it does not."""
    return (
        of(signal.rule).truth == _SHEET
        and bool(signal.truth)
        and not signal.truth.lower().startswith("not on your sheet")
    )
