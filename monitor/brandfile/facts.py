"""One row of the fact sheet."""

from collections.abc import Mapping

from monitor.brandfile.fields import Section
from monitor.brandfile.mistakes import Unfit
from monitor.brandfile.outside import Known
from monitor.brandfile.placed import Placed
from monitor.brandfile.scalars import (
    Reads,
    choice,
    date_text,
    first_day,
    flag,
    is_null,
    last_day,
    member,
    number,
    ratio,
    scalar,
    text,
)
from monitor.brandfile.words import ident, name, prose, web_address
from monitor.brandfile.yaml_nodes import Items, Node
from monitor.domain.brand import Fact, FactValue, FormerValue, Severity

_NO_VALUE: FactValue = ""


def fact(section: Section, known: Known) -> Placed[Fact]:
    kind = section.need("kind", choice(*known.kinds), "")
    reads = _SHAPES.get(kind, _natural)
    read = Fact(
        id=section.need("id", ident, ""),
        kind=kind,
        about=section.need("about", name, ""),
        value=section.need("value", reads, _NO_VALUE),
        says=section.read("says", prose, ""),
        before=tuple(_former(part, reads) for part in section.parts("before")),
        severity=section.read("severity", member(Severity), Severity.MAJOR),
        source=section.read("source", web_address, ""),
        unit=section.read("unit", name, ""),
        tolerance=section.read("tolerance", ratio, None),
        cues=section.each("cues", name),
        since=section.read("from", first_day, None),
        until=section.read("until", last_day, None),
        applies_to=_applies_to(section),
        approved_by=section.read("approved_by", name, ""),
        confidential=section.read("confidential", flag, False),
        confirmed=section.read("confirmed", last_day, None),
    )
    section.close()
    lines = {key: section.line_of(key) for key in ("id", "value", "before", "until", "from", "unit")}
    return Placed(value=read, line=section.line, lines=lines)


def _former(section: Section, reads: Reads[FactValue]) -> FormerValue:
    former = FormerValue(
        value=section.need("value", reads, _NO_VALUE),
        until=section.read("until", last_day, None),
    )
    section.close()
    return former


def _applies_to(section: Section) -> Mapping[str, str]:
    """Return the limits of a fact; their names are the brand's own."""
    part = section.part("applies_to")
    if part is None:
        return {}
    return {key: limit for key in part.keys if (limit := part.need(key, name, ""))}


def _natural(node: Node) -> FactValue:
    """Read a value of a kind whose form is not known here: as YAML would, but nothing silently."""
    if isinstance(node, Items):
        return _names(node)
    if is_null(node):
        raise Unfit("the value is empty", "write the value that holds today")
    for reads in (flag, number):
        try:
            return reads(node)
        except Unfit:
            continue
    return text(node)


def _names(node: Node) -> tuple[str, ...]:
    """Read a set; one name alone is a set of one."""
    nodes = node.items if isinstance(node, Items) else (scalar(node),)
    if not nodes:
        raise Unfit("the list is empty", "name what belongs to it")
    return tuple(dict.fromkeys(name(item) for item in nodes))


_SHAPES: Mapping[str, Reads[FactValue]] = {
    "year": number,
    "number": number,
    "money": number,
    "percent": number,
    "flag": flag,
    "date": date_text,
    "person": name,
    "place": name,
    "text": prose,
    "set": _names,
}
