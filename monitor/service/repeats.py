"""Prompts that ask the same in almost the same words, with what the repetition costs."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from monitor.domain.brand import Prompt, Settings
from monitor.domain.prices import Forecast

# What may differ between two ways to write one question. Everything else, names, numbers, negations and the order of
# the words, makes a question of its own: prompts that differ in a product or a country are meant to stand side by side.
_FILLERS = frozenset(
    {"a", "an", "the", "which", "what", "whats", "is", "are", "do", "does", "can", "you", "me", "please", "tell"}
    | {"der", "die", "das", "den", "bitte"}
)
_SHORTEST_PLURAL = 4  # letters; in shorter words an s at the end is no plural


def repeats(settings: Settings, forecasts: Mapping[str, Forecast], calls_a_month: int) -> list[str]:
    """Name the prompts that repeat each other, and what the later ones take; `calls_a_month` is of one assistant."""
    by_words: dict[tuple[str, ...], list[Prompt]] = defaultdict(list)
    for prompt in settings.asked:
        by_words[folded(prompt.text)].append(prompt)
    per_prompt = calls_a_month // max(len(settings.asked), 1)
    return [
        f"Prompts {_listed(same)} ask the same in almost the same words: all but the first take "
        f"{_taken(settings, forecasts, per_prompt * (len(same) - 1))}. Write `paused: true` at those, or ask another."
        for same in by_words.values()
        if len(same) > 1
    ]


def folded(text: str) -> tuple[str, ...]:
    """Return the words by which two prompts are compared: no case, marks, fillers or plural.

    >>> folded("Which shops are the best?") == folded("what shop is best")
    True
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")  # noqa: RUF001  -- a mark
    words = "".join(letter if _counts(letter) else " " for letter in plain).split()
    return tuple(map(_singular, (word for word in words if word not in _FILLERS))) or tuple(words) or (plain,)


def _counts(letter: str) -> bool:
    """Letters, digits, what combines with them, and signs that tell names apart, as in C++ or a price."""
    return unicodedata.category(letter)[0] in "LNMS"


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word


def _listed(prompts: list[Prompt]) -> str:
    *names, last = (prompt.id for prompt in prompts)
    return f"{', '.join(names)} and {last}"


def _taken(settings: Settings, forecasts: Mapping[str, Forecast], calls: int) -> str:
    costs = [forecasts[each.id].expected for each in settings.assistants]
    known = [cost for cost in costs if cost is not None]
    said = f"{calls * len(costs)} calls a month"
    if not calls or not known or len(known) < len(costs):
        return said
    return f"{said}, about {sum(known, Decimal(0)) * calls:.2f} USD"
