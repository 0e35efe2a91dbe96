"""The sheet's own amounts and days as an answer may write them: a figure that only one fact has speaks of that fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.analysis.lexicon import Word
from monitor.domain.brand import Fact

_SCALES = (1.0, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12)  # units, thousands, 万, millions, 億, billions
_MOST = 1000
_MONTHS = (
    "january february march april may june july august september october november december".split(),
    "januar februar märz april mai juni juli august september oktober november dezember".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
)
_LEAST_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One amount of a fact, today's or a former one."""

    concept: str
    value: float
    digits: int  # that tell it from others: 14.99 has four, 131 million three


def of_fact(index: int, fact: Fact) -> tuple[tuple[Figure, ...], list[Word]]:
    """Return a fact's amounts and the words that an answer may write them with."""
    found: list[Figure] = []
    words: list[Word] = []
    values = [fact.value, *(former.value for former in fact.before)]
    for number, value in enumerate(values):
        concept = f"fig:{index}:{number}"
        if fact.kind in {"number", "money", "percent"} and isinstance(value, int | float):
            digits = significant(float(value))
            if digits >= _LEAST_DIGITS:
                found.append(Figure(concept=concept, value=float(value), digits=digits))
                words += [Word(text=text, concept=concept, open_end=True, longest_tail=3) for text in _written(value)]
        elif fact.kind == "year":
            words.append(Word(text=str(value), concept=concept))
        elif fact.kind == "date":
            words += [Word(text=text, concept=concept) for text in _days(str(value))]
    return tuple(found), words


def significant(value: float) -> int:
    """Count the figures that carry an amount.

    >>> significant(14.99), significant(131_000_000), significant(2.6), significant(90)
    (4, 3, 2, 1)
    """
    return (
        len(f"{value:.9g}".split("e")[0].replace(".", "").strip("0"))
        if value < _WHOLE
        else len(str(round(value)).rstrip("0"))
    )


_WHOLE = 1e9


def _written(value: float) -> set[str]:
    found = set[str]()
    for scale in _SCALES:
        part = value / scale
        if scale > 1.0 and not 1 <= part < _MOST * 10:
            continue
        text = f"{part:.3f}".rstrip("0").rstrip(".") if part < _MOST else f"{round(part)}"
        if abs(float(text) * scale - value) > abs(value) * 1e-6:
            continue
        found |= {text, text.replace(".", ",")}
        whole = f"{round(part):,}" if part >= _MOST else ""
        if whole:
            found |= {whole, whole.replace(",", "."), whole.replace(",", " "), whole.replace(",", "\u202f")}
    if value != int(value) and value < _MOST:  # 19.90
        found |= {f"{value:.2f}", f"{value:.2f}".replace(".", ",")}
    return {one for one in found if sum(sign.isdigit() for sign in one) >= _LEAST_DIGITS}


def _days(value: str) -> Iterator[str]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return
    for months in _MONTHS:
        name = months[day.month - 1]
        yield from (f"{day.day} {name} {day.year}", f"{day.day}. {name} {day.year}", f"{name} {day.day}, {day.year}")
        yield f"{day.day} de {name} de {day.year}"
    yield f"{day.day} {_MONTHS[0][day.month - 1][:3]} {day.year}"
    yield from (f"{day.year}年{day.month}月{day.day}日", value)
