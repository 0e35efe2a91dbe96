"""A fact as a form has it: words in fields, made into a row of the brand file and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.brandfile.editing import Row, Value
from monitor.domain.brand import Fact, Severity
from monitor.domain.errors import Mistake
from monitor.service import numbers_typed

_NUMBERS = frozenset({"year", "number", "money", "percent"})
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})


@dataclass(frozen=True, kw_only=True)
class FactForm:
    """The fields of one fact, as they were typed."""

    id: str
    kind: str
    about: str
    value: str  # a set: its members with a semicolon between them
    says: str = ""
    unit: str = ""
    severity: Severity = Severity.MAJOR
    source: str = ""
    before: str = ""  # one former value a line: "549 | 2026-10-18"
    since: str = ""
    until: str = ""
    cues: str = ""  # with commas
    applies_to: str = ""  # "region: SE, plan: Family"
    approved_by: str = ""
    confidential: bool = False


def form_of(fact: Fact) -> FactForm:
    """Return a fact as its form shows it."""
    return FactForm(
        id=fact.id,
        kind=fact.kind,
        about=fact.about,
        value=_typed(fact.value),
        says=fact.says,
        unit=fact.unit,
        severity=fact.severity,
        source=fact.source,
        before="\n".join(f"{_typed(each.value)} | {each.until or ''}".rstrip(" |") for each in fact.before),
        since=str(fact.since or ""),
        until=str(fact.until or ""),
        cues=", ".join(fact.cues),
        applies_to=", ".join(f"{name}: {value}" for name, value in fact.applies_to.items()),
        approved_by=fact.approved_by,
        confidential=fact.confidential,
    )


def row(form: FactForm, *, written: Mapping[str, Value]) -> Row:
    """Return the row of the brand file; what the form does not know of stays as it was `written`."""
    known = {key: value for key, value in written.items() if key not in _OURS}
    return {**dict(_fields(form)), **known}


_OURS = frozenset(
    {"id", "kind", "about", "value", "says", "unit", "severity", "source", "before", "from", "until", "cues"}
    | {"applies_to", "approved_by", "confidential"}
)


def _fields(form: FactForm) -> Iterator[tuple[str, Value]]:
    yield "id", form.id.strip()
    yield "kind", form.kind
    yield "about", form.about.strip()
    yield "value", _value(form.kind, form.value)
    plain: dict[str, Value] = {
        "unit": form.unit.strip(),
        "says": form.says.strip(),
        "before": [dict(each) for each in _before(form)],
        "from": _day(form.since, "The first day"),
        "until": _day(form.until, "The last day"),
        "source": form.source.strip(),
        "cues": _split(form.cues, ","),
        "applies_to": dict(_limits(form.applies_to)),
        "approved_by": form.approved_by.strip(),
    }
    for key, value in plain.items():
        if value:
            yield key, value
    yield "severity", form.severity.value
    if form.confidential:
        yield "confidential", True


def _value(kind: str, typed: str) -> Value:
    """Return what was typed as the kind has it; what does not fit stays text, and the check of the file says so."""
    text = typed.strip()
    if kind in _NUMBERS:
        return _number(text)
    if kind == "flag" and text.lower() in _YES | _NO:
        return text.lower() in _YES
    return _split(text, ";") if kind == "set" else text


def _number(text: str) -> Value:
    try:
        plain = numbers_typed.plain(text)
    except Mistake:  # a program means decimals; pages ask people beforehand
        plain = text
    try:
        return int(plain) if plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        return text


def _before(form: FactForm) -> Iterator[Mapping[str, Value]]:
    for line in filter(str.strip, form.before.splitlines()):
        value, _, until = line.partition("|")
        last = _day(until, f"The last day of the former value {value.strip()!r}")
        yield {"value": _value(form.kind, value), **({"until": last} if last else {})}


def _day(typed: str, what: str) -> date | str:
    """Return a day; months and years stay as they are, for they are allowed too."""
    text = typed.strip()
    if not text or text.isdigit() or len(text) == len("2026-10"):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake(f"{what} is written {text!r}; write it such as 2026-10-18.") from None


def _limits(typed: str) -> Iterator[tuple[str, str]]:
    for part in _split(typed, ","):
        name, colon, value = part.partition(":")
        if not colon or not value.strip():
            raise Mistake(f"{part!r} is no limit of a fact; write it such as region: SE.")
        yield name.strip(), value.strip()


def _split(typed: str, by: str) -> list[str]:
    return [part.strip() for part in typed.split(by) if part.strip()]


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value)
