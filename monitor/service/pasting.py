"""Facts pasted from a spreadsheet or typed one a line: what was understood, and what was not, line by line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.brandfile import editing, writing
from monitor.brandfile.editing import Row
from monitor.domain.brand import Fact, Settings, Severity
from monitor.domain.errors import Mistake
from monitor.service import mistakes_said, numbers_typed
from monitor.service.pasted_table import Pasted, rows
from monitor.service.sheet_rows import FactForm, form_of, row

MOST = 500  # lines of one paste

_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_AMOUNT = re.compile(
    rf"(?P<before>[€$£¥]|[A-Z]{{3}}\b)?\s*(?P<number>{numbers_typed.NUMBER})\s*(?P<after>[€$£¥]|[A-Z]{{3}}\b)?"
)
_COUNTED = re.compile(rf"(?P<number>{numbers_typed.NUMBER})\s+(?P<unit>[^\W\d_][\w -]{{0,40}})")
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
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
        shown = "; ".join(map(_word, value)) if isinstance(value, list) else _word(value)
        return " ".join(filter(None, (shown, str(known.get("unit", "")))))


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """What is there already."""

    facts: Mapping[str, Fact]  # by id
    written: Mapping[str, Row]  # as the brand file has them, by id

    def named(self, cells: Mapping[str, str]) -> Fact | None:
        """Return the fact that a row speaks of: by its id, else by what it is about."""
        if cells.get("id"):
            return self.facts.get(cells["id"])
        about = cells.get("about", "").casefold()
        return next((fact for fact in self.facts.values() if fact.about.casefold() == about), None)


def lines(text: str, *, on: Settings | None = None) -> list[Line]:
    """Return what each line says; what it leaves out of a fact that is there already stays as it is."""
    pasted = rows(text)
    if len(pasted) > MOST:
        raise Mistake(f"{len(pasted)} lines were pasted, and {MOST} are taken at a time; paste them in parts.")
    sheet = _Sheet(
        facts={fact.id: fact for fact in on.sheet.facts} if on else {},
        written=editing.rows(on.source, "facts") if on else {},
    )
    return list(_understood(pasted, sheet))


def _understood(pasted: list[Pasted], sheet: _Sheet) -> Iterator[Line]:
    taken, done = set(sheet.facts), set[str]()
    for each in pasted:
        try:
            made = _row(each.cells, sheet, taken)
            why = _wrong(made)
        except Mistake as mistake:
            made, why = {}, str(mistake)
        if made.get("id") in done:
            why = f"{made['id']} stands on another line of the paste already."
        if not why:
            taken.add(str(made["id"]))
            done.add(str(made["id"]))
        yield Line(number=each.number, text=each.text, row=None if why else made, why=why)


def _row(cells: Mapping[str, str], sheet: _Sheet, taken: set[str]) -> Row:
    known = sheet.named(cells)
    if known is None and not (cells.get("about") and cells.get("value")):
        raise Mistake("write what it is about, a tab or a colon, and the value.")
    form = _form(cells, known, taken)
    return row(form, written=sheet.written.get(form.id, {}))


def _form(cells: Mapping[str, str], known: Fact | None, taken: set[str]) -> FactForm:
    """Return a fact as it was pasted, on top of what is known of it."""
    before = form_of(known) if known else FactForm(id="", kind="", about="", value="")
    typed: dict[str, Any] = {name: cells[name] for name in _AS_TYPED if name in cells}
    about = cells.get("about", before.about)
    form = replace(before, **typed, id=before.id or cells.get("id") or free_id(about, taken))
    if "value" in cells:
        form = replace(form, **_read(cells["value"], about, form.kind))
    return replace(
        form,
        unit=cells.get("unit", form.unit),
        before=cells["before"].replace(";", "\n") if "before" in cells else form.before,
        severity=_severity(cells["severity"]) if "severity" in cells else form.severity,
        confidential=_yes(cells["confidential"]) if "confidential" in cells else form.confidential,
    )


_AS_TYPED = ("kind", "about", "says", "source", "since", "until", "cues", "applies_to", "approved_by")


def _read(value: str, about: str, kind: str) -> dict[str, Any]:
    """Return the value of a fact, and its kind and unit as far as the value tells them."""
    name, plain, unit = (kind.lower(), *_of_kind(kind.lower(), value)) if kind else _guessed(about, value)
    return {"kind": name, "value": plain, **({"unit": unit} if unit else {})}


def _of_kind(kind: str, value: str) -> tuple[str, str]:
    fits = {"money": _money, "number": _counted, "percent": _share}.get(kind)
    return fits(value) if fits else (value, "")


def _severity(typed: str) -> Severity:
    if typed.lower() not in set(Severity):
        raise Mistake(f"the severity {typed!r} is not known; write {', '.join(Severity)}.")
    return Severity(typed.lower())


def _yes(typed: str) -> bool:
    if typed.lower() not in {"yes", "true", "no", "false"}:
        raise Mistake(f"confidential is {typed!r}; write yes or no.")
    return typed.lower() in {"yes", "true"}


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
    number, unit = _share(value)
    return (number, unit) if value.endswith("%") and _PLAIN.fullmatch(number) else None


def _share(value: str) -> tuple[str, str]:
    """Return a share; nobody speaks of thousands of percent, so a point in it stands before decimals."""
    bare = value.rstrip("% ")
    return (bare if _PLAIN.fullmatch(bare) else numbers_typed.plain(bare)), ""


def _is_money(_about: str, value: str) -> tuple[str, str] | None:
    found = _AMOUNT.fullmatch(value)
    return _money(value) if found and (found["before"] or found["after"]) else None


def _money(value: str) -> tuple[str, str]:
    found = _AMOUNT.fullmatch(value)
    sign = (found["before"] or found["after"] or "") if found else ""
    return (numbers_typed.plain(found["number"]) if found else value), _CURRENCIES.get(sign, sign)


def _number(_about: str, value: str) -> tuple[str, str] | None:
    number, unit = _counted(value)
    return (number, unit) if _PLAIN.fullmatch(number) else None


def _counted(value: str) -> tuple[str, str]:
    found = _COUNTED.fullmatch(value)
    number, unit = (found["number"], found["unit"].strip()) if found else (value, "")
    return numbers_typed.plain(number), unit


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
        mistakes_said.parsed(source)
    except Mistake as mistake:
        return str(mistake)
    return ""
