"""Numbers, values and names as a sentence has them."""

import re
from collections.abc import Sequence
from datetime import date

from monitor.domain.brand import Fact, FactValue
from monitor.domain.measures import Interval, Rate

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_CUT = 60  # characters of a value in a headline
ABOUT = "about "
_BOUNDS = (ABOUT, "over ", "under ", "up to ", "at least ")  # as the analyzer writes how exactly an amount is meant
_MANY = 1_000_000
_FOLDED = re.compile(rf"(?P<bound>(?:{'|'.join(_BOUNDS)})?)(?P<amount>\d+(?:\.\d+)?) (?P<unit>[a-z]{{3}})")


def count(number: int) -> str:
    """Return a small number as a word.

    >>> count(3), count(40)
    ('three', '40')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def plural(number: int, noun: str) -> str:
    """Return number and noun.

    >>> plural(1, "answer"), plural(3, "answer")
    ('1 answer', '3 answers')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def every(number: int, noun: str) -> str:
    """Return all of a number of things.

    >>> every(2, "assistant"), every(3, "assistant")
    ('both assistants', 'all three assistants')
    """
    return f"both {noun}s" if number == 2 else f"all {count(number)} {noun}s"  # noqa: PLR2004  -- a pair has its word


def listed(items: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def cut(text: str, most: int = _CUT) -> str:
    """Return the text on one line, shortened at a word with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rsplit(' ', 1)[0]}…"


def day(when: date) -> str:
    """Return a date in words.

    >>> day(date(2026, 5, 1))
    '1 May 2026'
    """
    return f"{when.day} {when:%B} {when.year}"


def share(value: float) -> str:
    """Return a share 0..1 in whole per cent."""
    return f"{value * 100:.0f} %"


def chance(evidence: float) -> str:
    """Return what an e-value promises, which bounds the chance of seeing it without a change by its inverse.

    >>> chance(1268.4), chance(0.5), chance(3e9)
    ('Without a change, chance shows this at most once in 1,300 tries', '', \
'Without a change, chance shows this at most once in more than 1,000,000 tries')
    """
    if evidence <= 1:
        return ""
    tries = f"more than {_MANY:,}" if evidence > _MANY else f"{float(f'{evidence:.2g}'):,.0f}"
    return f"Without a change, chance shows this at most once in {tries} tries"


def share_of(rate: Rate, interval: Interval | None, noun: str) -> str:
    """Return how many of how many, with what is known of the rate behind it.

    >>> share_of(Rate(hits=5, of=6), Interval(low=0.44, high=0.97), "extra sample")
    '5 of 6 extra samples (83 %, 95 % interval 44-97 %)'
    >>> share_of(Rate(hits=0, of=6), Interval(low=0, high=0.33), "extra sample")
    'none of 6 extra samples (95 % interval 0-33 %)'
    """
    value = f"{share(rate.value or 0)}, " if rate.hits else ""
    within = f"95 % interval {interval.low * 100:.0f}-{share(interval.high)}" if interval else "too few to say more"
    return f"{f'{rate.hits:g}' if rate.hits else 'none'} of {plural(int(rate.of), noun)} ({value}{within})"


def who(label: str) -> str:
    """Turn an assistant's label round, so that a sentence begins with the model.

    >>> who("OpenAI API, gpt-5 with search")
    'gpt-5 with search (OpenAI API)'
    """
    vendor, comma, model = label.partition(", ")
    return f"{model} ({vendor})" if comma else label


def truth(fact: Fact) -> str:
    """Return the sheet's value as a sentence has it."""
    return written(fact, fact.value)


def written(fact: Fact, value: FactValue) -> str:
    """Return a value of the fact's kind in words: "$79", "12 %", "yes", "Ann and Bob"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return listed([str(item) for item in value])
    if fact.kind == "money" and isinstance(value, int | float):
        symbol = _SYMBOLS.get(fact.unit)
        return f"{symbol}{_amount(value)}" if symbol else f"{_amount(value)} {fact.unit}".strip()
    if fact.kind == "percent" and isinstance(value, int | float):
        return f"{_plain(value)} %"
    return str(value) if isinstance(value, str) or fact.kind == "year" else f"{_plain(value)} {fact.unit}".strip()


def said(fact: Fact, value: str) -> str:
    """Return what an answer said, written as the sheet would write it where it can be read as a number."""
    if fact.kind == "flag":
        return {"true": "yes", "false": "no"}.get(value.casefold(), value)
    bound = next((each for each in _BOUNDS if value.startswith(each)), "")
    return bound + _said(fact, value.removeprefix(bound))


def _said(fact: Fact, value: str) -> str:
    first, _, unit = value.partition(" ")
    try:
        number = float(first)
    except ValueError:
        return cut(value)
    if fact.kind not in {"money", "percent", "number"}:
        return cut(value)
    if fact.kind == "money" and unit not in {"", fact.unit}:
        return f"{_SYMBOLS[unit]}{_amount(number)}" if unit in _SYMBOLS else cut(value)
    return written(fact, number)


def money(value: str) -> str:
    """Return an amount whose currency was folded to small letters as people write it; anything else stays.

    >>> money("about 599 eur"), money("900 sek"), money("two years")
    ('about €599', '900 SEK', 'two years')
    """
    found = _FOLDED.fullmatch(value)
    if found is None:
        return value
    symbol, amount = _SYMBOLS.get(found["unit"].upper()), _amount(float(found["amount"]))
    return found["bound"] + (f"{symbol}{amount}" if symbol else f"{amount} {found['unit'].upper()}")


def _amount(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
