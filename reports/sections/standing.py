"""Where the brand stands, on one page: what is told wrong, how right each assistant is, how visible the brand is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from monitor.domain.alerts import Alert
from monitor.domain.documents import Edition
from monitor.domain.measures import Estimate
from monitor.domain.portrait import FactPortrait, Portrait
from reports import figures, since, words
from reports.plain import one_line
from reports.section import Page, Section
from reports.summary import open_alerts, today

_MOST = 4  # alerts and facts on the page
_RIVALS = 3
_AGAIN = "The same is to be done here."


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    wrong = sorted((each for each in portrait.facts if _wrong(each)), key=lambda each: -_wrong(each))
    still, leading = open_alerts(portrait), _leading(portrait)
    return {
        "alerts": list(_alerts(portrait, still[:_MOST])),
        "more": max(0, len(still) - _MOST),
        "until": words.day(portrait.end),
        "facts": [
            (each.fact.about or each.fact.id, each.fact.says, _told(each), _since(page, each)) for each in wrong[:_MOST]
        ],
        "figures": figures.comparison(portrait, leading, title=_title(portrait, leading), axis="% of answers"),
    }


def _title(portrait: Portrait, shown: Sequence[Estimate]) -> str:
    """Say who is shown where not everybody is."""
    names, everybody = ({each.series.subject for each in some} for some in (shown, portrait.visibility))
    title = "Answers that name each of them unasked"
    return title if names == everybody else f"{title}: {portrait.brand}, who changed, and who is named most"


def _leading(portrait: Portrait) -> list[Estimate]:
    """Return the visibility of the brand, of those who gained or lost, and of those named most often beside it."""
    hits: Counter[str] = Counter()
    for each in portrait.visibility:
        hits[each.series.subject] += round(each.rate.hits)
    moved = [shift.series.subject for shift in portrait.shifts if shift.series.subject in hits]
    others = dict.fromkeys(
        name for name in (*moved, *(name for name, _ in hits.most_common())) if name != portrait.brand
    )
    names = [portrait.brand, *tuple(others)[:_RIVALS]]
    return [each for name in names for each in portrait.visibility if each.series.subject == name]


def _alerts(portrait: Portrait, still: Sequence[Alert]) -> Iterator[Mapping[str, str]]:
    """Yield each finding; what to do is said once where several need the same."""
    said: set[str] = set()
    for each in still:
        advice = one_line(each.signal.advice[0]) if each.signal.advice else ""
        yield {
            "headline": one_line(each.signal.headline),
            "severity": each.signal.severity.value,
            "today": today(portrait, each),
            "advice": _AGAIN if advice in said else advice,
        }
        said |= {advice} if advice else set()


def _wrong(each: FactPortrait) -> int:
    return each.contradicted + each.outdated


def _told(each: FactPortrait) -> str:
    told = each.supported + _wrong(each)
    return f"wrong or out of date in {_wrong(each)} of {words.count(told, 'answer')} that could be checked"


def _since(page: Page, each: FactPortrait) -> str:
    """Return since when it is told wrong, by whoever did so first and does so still."""
    spells = [one for one in since.of_fact(page.since, each.fact.id).values() if not one.spell.over]
    if not spells:
        return ""
    first = min(spells, key=lambda one: (one.spell.first, one.assistant_id))
    labels = {(panel.assistant_id, panel.surface): panel.label for panel in page.portrait.panels}
    name = labels.get((first.assistant_id, first.surface), first.assistant_id)
    others = f"; {words.count(len(spells) - 1, 'other assistant')} too" if len(spells) > 1 else ""
    return f"{name}: {since.short(first)}{others}"


SECTION = Section(id="standing", order=35, title="Where we stand", view=_view, editions=frozenset({Edition.LEADERSHIP}))
