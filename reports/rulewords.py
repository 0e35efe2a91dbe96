"""What a mail and a report call the findings of each rule, and the two sides of one."""

from dataclasses import dataclass

from monitor.domain.alerts import Signal
from reports.words import capital

_SHEET = "Your fact sheet"


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    title: str  # of a group of them
    noun: str
    said: str = "What was found"
    was: str = "What had been found"  # the same, once it is resolved
    truth: str = "Beside it"
    who: str = "Where, how often, since when"


def _spoken(title: str, noun: str) -> RuleWords:
    """Return the words of a rule about what assistants say."""
    return RuleWords(
        title=title,
        noun=noun,
        said="What they say",
        was="What they said",
        truth=_SHEET,
        who="Who says it, how often, since when",
    )


def _moved(title: str, noun: str) -> RuleWords:
    """Return the words of a rule about a measure that moved for the worse."""
    return RuleWords(title=title, noun=noun, said="Now", was="While it was open", truth="Before")


_RULES = {
    "wrong_fact": _spoken("Wrong about your facts", "wrong fact"),
    "outdated_fact": _spoken("Out of date", "outdated fact"),
    "new_statement": _spoken("Said about you, not on your sheet", "new statement"),
    "visibility_drop": RuleWords(
        title="Seen less often", noun="drop in visibility", said="Now", was="While it was open", truth="Before"
    ),
    "recommended_drop": _moved("Recommended less often", "drop in recommendations"),
    "first_choice_drop": _moved("Put first less often", "drop in first choices"),
    "position_drop": _moved("Named later", "later place"),
    "rank_drop": _moved("Lower in lists", "lower rank"),
    "share_of_voice_drop": _moved("A smaller share of voice", "drop in share of voice"),
    "citation_drop": _moved("Your pages are cited less often", "drop in citations"),
    "stance_drop": _moved("Spoken of less well", "drop in stance"),
    "accuracy_drop": _moved("Right about you less often", "drop in accuracy"),
    "contradicted_rise": _moved("Contradicted more often", "rise of contradictions"),
    "outdated_rise": _moved("Out of date more often", "rise of outdated answers"),
    "refusals_rise": _moved("Refused more often", "rise of refusals"),
    "misses_rise": _moved("Unanswered more often", "rise of misses"),
    "overtaken": _moved("Overtaken by a competitor", "lost lead"),
    "source_lost": _moved("Sources that are no longer cited", "lost source"),
    "wrong_source": _spoken("Sources beside wrong facts", "source of a wrong fact"),
    "silent_assistant": RuleWords(
        title="Assistants that gave no answers",
        noun="silent assistant",
        said="What came back",
        was="What came back",
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
