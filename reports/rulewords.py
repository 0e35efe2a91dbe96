"""What a mail and a report call the findings of each rule, and the two sides of one."""

from dataclasses import dataclass

from monitor.domain.alerts import Signal
from reports.words import capital

_SHEET = "Your fact sheet"
_CHECKED = "answers that speak of it"
_INSTEAD = "Who is named instead"


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    title: str  # of a group of them
    noun: str
    said: str = "What was found"
    was: str = "What had been found"  # the same, once it is resolved
    truth: str = "Beside it"
    who: str = "Where, how often, since when"
    quoted: str = ""  # what stands above the quotes where these do not say it themselves
    counts: str = ""  # the answers that are counted, where these are not all
    share: bool = True  # whether how often it was found is a share of what could have been asked; False: a bare count


def _spoken(title: str, noun: str, *, counts: str = _CHECKED) -> RuleWords:
    """Return the words of a rule about what assistants say."""
    return RuleWords(
        title=title,
        noun=noun,
        said="What they say",
        was="What they said",
        truth=_SHEET,
        who="Who says it, how often, since when",
        counts=counts,
    )


def _moved(title: str, noun: str, quoted: str = "From the answers") -> RuleWords:
    """Return the words of a rule about a measure that moved for the worse."""
    return RuleWords(title=title, noun=noun, said="Now", was="While it was open", truth="Before", quoted=quoted)


_RULES = {
    "wrong_fact": _spoken("Wrong about your facts", "wrong fact"),
    "outdated_fact": _spoken("Out of date", "outdated fact"),
    "new_statement": _spoken("Said about you, not on your sheet", "new statement", counts=""),
    "visibility_drop": _moved("Seen less often", "drop in visibility", _INSTEAD),
    "recommended_drop": _moved("Recommended less often", "drop in recommendations", "Who is recommended instead"),
    "first_choice_drop": _moved("Put first less often", "drop in first choices", "Who is put first instead"),
    "position_drop": _moved("Named later", "later place", "Who is named first"),
    "rank_drop": _moved("Lower in lists", "lower rank"),
    "share_of_voice_drop": _moved("A smaller share of voice", "drop in share of voice"),
    "citation_drop": _moved("Your pages are cited less often", "drop in citations"),
    "stance_drop": _moved("Spoken of less well", "drop in stance"),
    "accuracy_drop": _moved("Right about you less often", "drop in accuracy"),
    "contradicted_rise": _moved("Contradicted more often", "rise of contradictions"),
    "outdated_rise": _moved("Out of date more often", "rise of outdated answers"),
    "refusals_rise": _moved("Refused more often", "rise of refusals"),
    "misses_rise": _moved("Unanswered more often", "rise of misses"),
    "overtaken": _moved("Overtaken by a competitor", "lost lead", _INSTEAD),
    "source_lost": _moved("Sources that are no longer cited", "lost source"),
    "wrong_source": RuleWords(
        title="Sources beside wrong facts",
        noun="source of a wrong fact",
        truth=_SHEET,
        quoted="What the answers say beside it",
        counts=_CHECKED,
    ),
    "silent_assistant": RuleWords(
        title="Assistants that gave no answers",
        noun="silent assistant",
        said="What came back",
        was="What came back",
        truth="What it means",
        who="Who, how often, since when",
        counts="questions brought an answer",
        share=False,
    ),
}


def of(name: str) -> RuleWords:
    """Return the words of a rule; a rule that is not known gets plain ones."""
    plain = name.replace("_", " ")
    return _RULES.get(name) or RuleWords(title=capital(plain), noun=plain)


def on_sheet(signal: Signal) -> bool:
    """Whether the fact sheet says anything on it; rules write "not on your sheet" where it does not."""
    return of(signal.rule).truth == _SHEET and bool(signal.truth) and not is_silent(signal)


def is_silent(signal: Signal) -> bool:
    """Whether the sheet was looked at and says nothing."""
    return of(signal.rule).truth == _SHEET and signal.truth.lower().startswith("not on your sheet")
