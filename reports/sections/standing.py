"""Where the brand stands, on one page: what is told wrong, how right each assistant is, how visible the brand is."""

from collections.abc import Mapping

from monitor.domain.documents import Edition
from monitor.domain.portrait import FactPortrait
from reports import figures, grids, rulewords, words
from reports.plain import one_line
from reports.section import Page, Section
from reports.summary import open_alerts

_MOST = 4  # alerts and facts on the page


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    own = [each for each in portrait.visibility if each.series.subject == portrait.brand]
    wrong = sorted((each for each in portrait.facts if _wrong(each)), key=lambda each: -_wrong(each))
    still = open_alerts(portrait)
    return {
        "alerts": [(one_line(each.signal.headline), rulewords.of(each.signal.rule), each) for each in still[:_MOST]],
        "more": max(0, len(still) - _MOST),
        "facts": [(each.fact.about or each.fact.id, each.fact.says, _told(each)) for each in wrong[:_MOST]],
        "accuracy": grids.grid(portrait, portrait.accuracy),
        "figures": figures.comparison(
            portrait,
            [*own, *(each for each in portrait.visibility if each not in own)],
            title="Answers that name it unasked",
            axis="% of answers",
        ),
    }


def _wrong(each: FactPortrait) -> int:
    return each.contradicted + each.outdated


def _told(each: FactPortrait) -> str:
    told = each.supported + _wrong(each)
    return f"wrong or out of date in {_wrong(each)} of {words.count(told, 'answer')} that could be checked"


SECTION = Section(id="standing", order=35, title="Where we stand", view=_view, editions=frozenset({Edition.LEADERSHIP}))
