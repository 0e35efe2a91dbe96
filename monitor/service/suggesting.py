"""Prompts worth asking: shapes in which people ask for a shortlist, a comparison or a fact."""

from collections.abc import Iterator

from monitor.domain.brand import Prompt, Settings

_OPEN = (
    ("best", "What are the best {what} right now?", "discovery"),
    ("value", "Which {what} give the best value for money?", "discovery"),
    ("beginner", "I am new to this: which {what} should I start with?", "discovery"),
    ("avoid", "Which {what} should I avoid, and why?", "discovery"),
)
_NAMED = (
    ("who", "What is {brand}?", "informational"),
    ("price", "How much does {brand} cost?", "informational"),
    ("owner", "Who owns and who runs {brand}?", "informational"),
    ("trust", "Is {brand} a company I can trust? Is there any recent news?", "informational"),
    ("good", "Is {brand} any good? What do people like and dislike?", "evaluation"),
    ("alternatives", "What are good alternatives to {brand}?", "comparison"),
)
_RIVAL = ("versus", "{brand} or {rival}: which one should I choose?", "comparison")
_MOST_RIVALS = 4


def prompts(settings: Settings, *, what: str = "") -> list[Prompt]:
    """Return prompts that the panel does not have yet; `what` is what the brand sells, in the plural."""
    asked = {" ".join(prompt.text.lower().split()) for prompt in settings.prompts}
    taken = {prompt.id for prompt in settings.prompts}
    rivals = [rival.name for rival in settings.sheet.competitors[:_MOST_RIVALS]]
    found = shapes(settings.brand, rivals, what=what)
    return [each for each in found if each.id not in taken and each.text.lower() not in asked]


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
