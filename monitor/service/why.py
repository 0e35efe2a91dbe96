"""Why there is, or is not, a mail: for a fact, a watched topic, a measure, or in short for everything."""

from datetime import timedelta

from monitor import pipeline
from monitor.alerts import rules, why, why_measures, words
from monitor.alerts.questions import Question
from monitor.alerts.why import Passage
from monitor.domain.alerts import Alert, Held
from monitor.domain.errors import Mistake
from monitor.domain.measures import Explanation, Measure
from monitor.domain.views import RoundView
from monitor.drift import why as drift_why
from monitor.pipeline import House, changes
from reports import zoned
from storage import alerts, held, rounds

_BACK = pipeline.LOOK_BACK


def explain(house: House, about: str = "", *, assistant: str = "") -> list[Passage]:
    """Return what there is to say about a fact's id, a watched topic or a measure; without one, an overview.

    `assistant` is an id. Mistake where either is not known.
    """
    names = {each.id: pipeline.naming(house.settings)(each) for each in house.settings.assistants}
    if assistant and assistant not in names:
        raise Mistake(f"{assistant}: the brand file has no such assistant; it has {', '.join(names)}.")
    sheet = house.settings.sheet
    if not about:
        return _overview(house, names)
    asked = [*(fact.id for fact in sheet.facts), *sheet.watch]
    if named := next((one for one in asked if one.casefold() == about.casefold()), ""):
        return _of_questions(house, about if about in asked else named, assistant)
    wanted = about.replace("-", "_").replace(" ", "_").lower()
    if wanted in set(Measure):
        return _of_measure(house, Measure(wanted), assistant, names)
    known = [*(fact.id for fact in sheet.facts), *sheet.watch, *(each.value for each in Measure)]
    raise Mistake(f"{about}: no fact, watched topic or measure is called so; there are {', '.join(known)}.")


def _view(house: House) -> RoundView | None:
    """Return the latest round that was decided on, as the rules saw it; None before the first."""
    now = house.clock()
    with house.store.snapshot() as tx:
        ran = list(rounds.rounds(tx, house.settings.brand, now - _BACK, now + timedelta(seconds=1)))
    spoke = [one for one in ran if one.kind.in_series and one.kind.value != "imported"]
    return pipeline.looked_at(house, spoke[-1]) if spoke else None


def _of_questions(house: House, about: str, assistant: str) -> list[Passage]:
    view = _view(house)
    if view is None:
        return [Passage(title=about, lines=("No round has run in the last weeks.",))]
    asked, fact = _asked(view, about), view.sheet.fact(about)

    def shown(value: str) -> str:
        return words.said(fact, value.upper() if value[:1].isdigit() else value) if fact else words.cut(value)

    keys = {question.key for question in asked}
    again = [one for one in view.confirmations if f"{one.suspicion.rule}:{one.suspicion.subject}" in keys]
    found = [
        why.seen(view, asked, shown, assistant=assistant),
        why.would(view, asked, shown),
        why.again(view, again, shown),
        why.back(one for one in _held(house) if _is_of(one, keys)),
        why.alerts(zoned.told(alert, house.zone) for alert in view.alerts if alert.key in keys),
    ]
    return [passage for passage in found if passage is not None]


def _asked(view: RoundView, about: str) -> list[Question]:
    every = (question for rule in rules.ALL.values() for question in rule.questions(view))
    return [question for question in every if question.subject == about] or _topic(view, about)


def _topic(view: RoundView, about: str) -> list[Question]:
    """Return the question of a topic on which nothing was said in the latest round."""
    rule = rules.ALL["new_statement"]
    return [rule.about(about)] if rule.about and about in view.sheet.watch else []


def _is_of(one: Held, keys: set[str]) -> bool:
    return any(one.key == key or one.key.startswith(f"{key}:") for key in keys)


def _held(house: House) -> list[Held]:
    now = house.clock()
    with house.store.snapshot() as tx:
        found = held.held(tx, house.settings.brand, now - _BACK, now + timedelta(seconds=1))
    return [zoned.told(each, house.zone) for each in found]


def _explained(house: House, measure: Measure | None = None, assistant: str = "") -> list[Explanation]:
    found = changes.explained(house, house.today)
    return [each for each in found if drift_why.is_wanted(each.series, measure, assistant)]


def _of_measure(house: House, measure: Measure, assistant: str, names: dict[str, str]) -> list[Passage]:
    found = _explained(house, measure, assistant)
    own = [one for one in found if one.series.subject in {"", house.settings.brand}] or found
    passages = [why_measures.of(one, names.get(one.series.assistant_id, one.series.assistant_id)) for one in own]
    standing = [alert for alert in _standing(house) if _is_about(alert, measure) and _is_at(alert, assistant)]
    back = [one for one in _held(house) if _watches(one.key, measure) and assistant in {"", one.subject}]
    more = [passage for passage in (why.back(back), why.alerts(standing)) if passage]
    if not passages:
        nothing = f"No answer of the last {pipeline.HISTORY.days} days can tell of {why_measures.name(measure)}."
        return [Passage(title=why_measures.name(measure), lines=(nothing,)), *more]
    return [*passages, Passage(title="How to read this", lines=(why_measures.GLOSS,)), *more]


def _is_about(alert: Alert, measure: Measure) -> bool:
    series = alert.signal.series
    return series.measure is measure if series else _watches(alert.key, measure)


def _watches(key: str, measure: Measure) -> bool:
    """Whether the rule that an alert's key begins with is about a measure."""
    rule = rules.ALL.get(key.partition(":")[0])
    return rule is not None and rule.measure is measure


def _is_at(alert: Alert, assistant: str) -> bool:
    return assistant in {"", *(voice.assistant_id for voice in alert.signal.voices)}


def _standing(house: House) -> list[Alert]:
    with house.store.snapshot() as tx:
        found = alerts.open_alerts(tx, house.settings.brand)
    return [zoned.told(each, house.zone) for each in found]


def _overview(house: House, names: dict[str, str]) -> list[Passage]:
    standing, found = _standing(house), _explained(house)
    building = sum(one.building for one in found)
    watched = f"{len(found)} numbers are watched; for {building} of them too little is known yet to see a change."
    near = why_measures.nearest(found, names)
    open_ = why.alerts(standing) or Passage(title="Alerts", lines=("None is open.",))
    more = Passage(title="Measures", lines=(watched, *near, *((why_measures.GLOSS,) if near else ())))
    held_back = why.back(_held(house)) or Passage(title="What was held back, and why", lines=("Nothing.",))
    return [open_, held_back, more]
