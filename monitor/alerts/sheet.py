"""Check your sheet first: when everybody disagrees with it in the same way, the sheet may be what is wrong."""

from collections import defaultdict

from monitor.alerts import checks, words
from monitor.alerts.checks import Check
from monitor.alerts.questions import Heard
from monitor.domain.brand import Fact
from monitor.domain.quoting import cited
from monitor.domain.readings import Owner, Span
from monitor.domain.views import RoundView

ADVICE = "Look at your own fact sheet before anything else: if it is out of date, mend it there, and this is closed."

# Nearly all answers of all assistants, and so many that it is no accident.
_NEARLY_ALL = 0.9
_ENOUGH = 6
_SEVERAL = 2  # assistants


def doubt(view: RoundView, fact: Fact, said: str, heard: Heard) -> str:
    """Return why the sheet may be wrong on this fact, one sentence; nothing where it is the assistants' affair.

    Either every assistant says the same other value and one of the brand's own pages is cited beside it, or nearly all
    answers of several assistants do.
    """
    value, checked = heard.values[0], [*heard.current, *heard.extra]
    by_assistant: dict[str, list[Check]] = defaultdict(list)
    for check in checked:
        by_assistant[check.observation.assistant_id].append(check)
    if not all(_mostly(own, value) for own in by_assistant.values()):
        return ""
    hits = sum(checks.says(check, [value]) for check in checked)
    page, own = _own_page(view, checked, value), words.cut(words.truth(fact))
    who = words.every(len(by_assistant), "assistant") if len(by_assistant) >= _SEVERAL else "the assistant"
    many = f"{hits} of {words.plural(len(checked), 'answer')} of {who} say {said}"
    if page:
        return f"Your sheet says {own}, but {many}, and your own page is cited for it: {page}"
    if len(by_assistant) >= _SEVERAL and len(checked) >= _ENOUGH and hits >= _NEARLY_ALL * len(checked):
        return f"Your sheet says {own}, but {many}. Is your sheet up to date?"
    return ""


def _mostly(found: list[Check], value: str) -> bool:
    return 2 * sum(checks.says(check, [value]) for check in found) > len(found)


def _own_page(view: RoundView, found: list[Check], value: str) -> str:
    """Return a page of the brand's own that is cited beside the value, the one cited most often."""
    pages: dict[str, int] = defaultdict(int)
    for check in found:
        for span in (one.span for one in check.findings if one.value == value):
            for page in _own(view, check, span):
                pages[page] += 1
    return max(sorted(pages), key=lambda page: pages[page], default="")


def _own(view: RoundView, check: Check, span: Span) -> list[str]:
    reading = check.observation.reading
    citations = reading.citations if reading else ()
    own = {one.url for one in citations if one.owner is Owner.OWN and one.entity in {"", view.sheet.brand.name}}
    return [page for page in cited(check.observation, span) if page in own]
