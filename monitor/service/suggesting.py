"""Prompts worth asking: shapes in which people ask for a shortlist, a comparison or a fact."""

import re
from collections.abc import Iterator

from monitor.domain.brand import Prompt, Settings

_OPEN = (
    ("best", "What are the best {what} right now?", "discovery"),
    ("value", "Which {what} give the best value for money?", "discovery"),
    ("beginner", "I am new to this: which {what} should I start with?", "discovery"),
    ("avoid", "Which {what} should I avoid, and why?", "discovery"),
)
# For a panel that stands: who begins is asked for less.
_FURTHER = (
    ("experts", "Which {what} do experts and testers recommend?", "discovery"),
    ("top", "Give me a shortlist of five {what}, with one reason for each.", "discovery"),
)
_NAMED = (
    ("who", "What is {brand}?", "informational"),
    ("price", "How much does {brand} cost?", "informational"),
    ("owner", "Who owns and who runs {brand}?", "informational"),
    ("trust", "Is {brand} a company I can trust? Is there any recent news?", "informational"),
    ("good", "Is {brand} any good? What do people like and dislike?", "evaluation"),
    ("alternatives", "What are good alternatives to {brand}?", "comparison"),
)
_INSTEAD = ("instead", "What are good alternatives to {rival}?", "discovery")
_RIVAL = ("versus", "{brand} or {rival}: which one should I choose?", "comparison")
_MOST_RIVALS = 4


def prompts(settings: Settings, *, what: str = "") -> list[Prompt]:
    """Return prompts that the panel does not have yet, shortlists first.

    `what` is what the brand sells, in the plural; without it what the panel's own words say is taken.
    """
    asked = {" ".join(prompt.text.lower().split()) for prompt in settings.prompts}
    rivals = [rival.name for rival in settings.sheet.competitors[:_MOST_RIVALS]]
    what = what or sold(settings)
    first = list(shapes(settings.brand, rivals, what=what))
    open_ = [each for each in first if each.intent == "discovery"]
    found = [*open_, *_further(rivals, what), *(each for each in first if each.intent != "discovery")]
    return [each for each in found if each.text.lower() not in asked]


def sold(settings: Settings) -> str:
    """Return what the brand sells as its panel puts it: a topic in the words of a prompt that names nobody; else ''."""
    for prompt in settings.prompts:
        topic = " ".join(prompt.topic.split())
        named = topic.endswith("s") and re.search(rf"\b{re.escape(topic)}\b", prompt.text, re.IGNORECASE)
        if named and not prompt.names and prompt.intent == "discovery":
            return topic
    return ""


def _further(rivals: list[str], what: str) -> Iterator[Prompt]:
    """Yield further shortlists: of what is sold, and in the place of a competitor."""
    for name, shape, intent in _FURTHER if what else ():
        yield Prompt(id=name, text=shape.format(what=what), topic=what, intent=intent)
    for number, rival in enumerate(rivals, start=1):
        name, shape, intent = _INSTEAD
        yield Prompt(id=f"{name}-{number}", text=shape.format(rival=rival), topic=what or "choosing", intent=intent)


def shapes(brand: str, rivals: list[str], *, what: str = "") -> Iterator[Prompt]:
    """Yield a prompt for each shape, those that name nobody first: they show who comes up unasked."""
    for name, shape, intent in _OPEN if what else ():
        yield Prompt(id=name, text=shape.format(what=what), topic=what, intent=intent)
    for name, shape, intent in _NAMED:
        topic = "comparison" if intent == "comparison" else "facts"
        yield Prompt(id=name, text=shape.format(brand=brand), topic=topic, intent=intent)
    for number, rival in enumerate(rivals, start=1):
        name, shape, intent = _RIVAL
        yield Prompt(
            id=f"{name}-{number}", text=shape.format(brand=brand, rival=rival), topic="comparison", intent=intent
        )
