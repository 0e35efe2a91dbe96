"""Facts pasted from a spreadsheet or typed one a line: what was understood, and what was not, line by line."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.brandfile import writing
from monitor.brandfile.editing import Row
from monitor.domain.brand import Severity
from monitor.domain.errors import Mistake
from monitor.service import build
from monitor.service.sheet_rows import FactForm, row

MOST = 500  # lines of one paste

# What the columns of a table may be called in its first line; without such a line they come in this order.
_COLUMNS = {
    "about": {"about", "fact", "attribute", "what"},
    "value": {"value", "is", "answer", "today"},
    "says": {"says", "sentence", "statement", "wording"},
    "source": {"source", "proof", "link", "url", "page"},
    "kind": {"kind", "type"},
    "unit": {"unit", "currency"},
    "severity": {"severity", "weight", "importance"},
    "id": {"id", "key"},
}
_ORDER = ("about", "value", "says", "source")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_AMOUNT = re.compile(r"(?P<before>[€$£¥]|[A-Z]{3}\b)?\s*(?P<number>-?\d[\d ,.']*)\s*(?P<after>[€$£¥]|[A-Z]{3}\b)?")
_COUNTED = re.compile(r"(?P<number>-?\d[\d ,.']*)\s+(?P<unit>[^\W\d_][\w -]{0,40})")
_THOUSANDS = re.compile(r"(?<=\d)[, '](?=\d{3}(?!\d))")
_YEAR, _DAY = re.compile(r"1[0-9]{3}|20[0-9]{2}"), re.compile(r"\d{4}-\d{2}(-\d{2})?")
_PERSON = re.compile(r"\b(ceo|founder|founded by|chief|president|director|chair\w*|head of)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(headquarters|head office|based|city|country|seat|located|location)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(year|founded|founding|established|since|opened)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a paste."""

    number: int  # from 1
    text: str
    row: Row | None = None  # of the brand file
    why: str = ""  # what is wrong with it, in words

    @property
    def said(self) -> str:
        """What was understood."""
        known = self.row or {}
        value = known.get("value", "")
        shown = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        return " ".join(filter(None, (shown, str(known.get("unit", "")))))


def lines(text: str, *, taken: Sequence[str] = ()) -> list[Line]:
    """Return what each line says; `taken` are the ids of facts that are there already."""
    written = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(written) > MOST:
        raise Mistake(f"{len(written)} lines were pasted, and {MOST} are taken at a time; paste them in parts.")
    columns, rest = _columns(written)
    return list(_understood(rest, columns, set(taken)))


def _columns(written: list[tuple[int, str]]) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Return what the columns hold, and the lines below their heading."""
    heads = [cell.strip().lower() for cell in written[0][1].split("\t")] if written else []
    named = tuple(next((name for name, words in _COLUMNS.items() if head in words), "") for head in heads)
    return (named, written[1:]) if {"about", "value"} <= set(named) else (_ORDER, written)


def _understood(written: list[tuple[int, str]], columns: Sequence[str], taken: set[str]) -> Iterator[Line]:
    for number, text in written:
        cells = _cells(text, columns)
        if not cells.get("about") or not cells.get("value"):
            yield Line(number=number, text=text, why="write what it is about, a tab or a colon, and the value.")
            continue
        form = _form(cells, taken)
        made = row(form, written={})
        why = _wrong(made)
        if not why:
            taken.add(form.id)
        yield Line(number=number, text=text, row=None if why else made, why=why)


def _cells(text: str, columns: Sequence[str]) -> dict[str, str]:
    parts = text.split("\t") if "\t" in text else text.split(":", 1)
    return {name: part.strip() for name, part in zip(columns, parts, strict=False) if name}


def _form(cells: Mapping[str, str], taken: set[str]) -> FactForm:
    about, value = cells["about"], cells["value"]
    kind, plain, unit = (cells.get("kind", "").lower(), value, "") if cells.get("kind") else _guessed(about, value)
    if kind in {"money", "number", "percent"} and cells.get("kind"):
        plain = _THOUSANDS.sub("", value.rstrip("% ")) if kind != "money" else _money(value)[0]
        unit = _money(value)[1] if kind == "money" else ""
    severity = cells.get("severity", "").lower()
    return FactForm(
        id=cells.get("id") or free_id(about, taken),
        kind=kind,
        about=about,
        value=plain,
        unit=cells.get("unit", "") or unit,
        says=cells.get("says", ""),
        source=cells.get("source", ""),
        severity=Severity(severity) if severity in set(Severity) else Severity.MAJOR,
    )


def _guessed(about: str, value: str) -> tuple[str, str, str]:
    """Return the kind of a value, the value without its unit, and the unit."""
    for kind, fits in _SHAPES:
        found = fits(about, value)
        if found is not None:
            return kind, *found
    return "text", value, ""


_Fits = Callable[[str, str], tuple[str, str] | None]


def _year(about: str, value: str) -> tuple[str, str] | None:
    return (value, "") if _YEAR.fullmatch(value) and _SINCE.search(about) else None


def _date(_about: str, value: str) -> tuple[str, str] | None:
    return (value, "") if _DAY.fullmatch(value) else None


def _percent(_about: str, value: str) -> tuple[str, str] | None:
    number = _THOUSANDS.sub("", value.rstrip("% "))
    return (number, "") if value.endswith("%") and re.fullmatch(r"-?\d+(\.\d+)?", number) else None


def _is_money(_about: str, value: str) -> tuple[str, str] | None:
    number, unit = _money(value)
    return (number, unit) if unit else None


def _money(value: str) -> tuple[str, str]:
    found = _AMOUNT.fullmatch(value)
    sign = (found["before"] or found["after"] or "") if found else ""
    return (_THOUSANDS.sub("", found["number"]).strip() if found else value), _CURRENCIES.get(sign, sign)


def _number(_about: str, value: str) -> tuple[str, str] | None:
    plain = _THOUSANDS.sub("", value)
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return plain, ""
    found = _COUNTED.fullmatch(value)
    return (_THOUSANDS.sub("", found["number"]).strip(), found["unit"].strip()) if found else None


def _flag(_about: str, value: str) -> tuple[str, str] | None:
    return (value.lower(), "") if value.lower() in {"yes", "no", "true", "false"} else None


def _set(_about: str, value: str) -> tuple[str, str] | None:
    return (value, "") if ";" in value else None


def _person(about: str, value: str) -> tuple[str, str] | None:
    return (value, "") if _PERSON.search(about) else None


def _place(about: str, value: str) -> tuple[str, str] | None:
    return (value, "") if _PLACE.search(about) else None


_SHAPES: tuple[tuple[str, _Fits], ...] = (
    ("year", _year),
    ("date", _date),
    ("percent", _percent),
    ("money", _is_money),
    ("number", _number),
    ("flag", _flag),
    ("set", _set),
    ("person", _person),
    ("place", _place),
)


def free_id(words: str, taken: set[str]) -> str:
    """Return an id that is not taken, made of the first words."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-") or "row"
    numbered = (f"{plain}-{number}" for number in range(2, 100_000))
    return plain if plain not in taken else next(each for each in numbered if each not in taken)


def _wrong(made: Row) -> str:
    """Return what the check of a brand file says of this fact alone."""
    return mistakes(writing.written({"brand": {"name": "The brand of this sheet"}, "facts": [made]}))


def mistakes(source: str) -> str:
    """Return the mistakes of a text in words, one a line, without places that nobody can see; empty for none."""
    try:
        build.parse_brand(source, Path("entries"))
    except Mistake as mistake:
        return "\n".join(re.sub(r"^entries(:\d+)?: ", "", line) for line in str(mistake).splitlines())
    return ""
