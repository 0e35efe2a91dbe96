"""How long answers are kept, and whether personal data in them are masked."""

import re
from collections.abc import Mapping

from monitor.brandfile.fields import Section
from monitor.brandfile.mistakes import Unfit, shown
from monitor.brandfile.scalars import flag, text
from monitor.brandfile.words import name
from monitor.brandfile.yaml_nodes import Node, Pairs
from monitor.domain.answers import Surface
from monitor.domain.keeping import KeepSettings, Kept, MaskSettings

LEAST_ANSWERS = 42  # days: what rules and weekly reports look back on, and a week
_SPAN = re.compile(r"([1-9][0-9]{0,4})d")
_ALL = 0


def keep(section: Section) -> KeepSettings:
    surfaces = {
        surface: {what: days or None for what, days in _days(part).items()}
        for surface in Surface
        if (part := section.part(surface))
    }
    days = {what: days for what, days in _days(section).items() if days}
    return KeepSettings(days=days, surfaces=surfaces)


def _days(section: Section) -> Mapping[Kept, int]:
    """Return the days that are written; 0 for `all`."""
    read = {what: section.need(what, _span, _ALL) for what in Kept if section.has(what)}
    if 0 < read.get(Kept.ANSWERS, _ALL) < LEAST_ANSWERS:
        line = section.line_of(Kept.ANSWERS)
        section.found.wrong(line, "alerts look back on more answers than are kept", f"write {LEAST_ANSWERS}d or more")
    section.close()
    return read


def _span(node: Node) -> int:
    written = text(node)
    found = _SPAN.fullmatch(written)
    if written == "all":
        return _ALL
    if not found:
        raise Unfit(f"{shown(written)} is no time", "write days such as 90d, or all")
    return int(found[1])


def mask(top: Section) -> MaskSettings:
    """Read `mask: true`, or a section with what is not masked."""
    written: bool | None = False
    written = top.read("mask", _flag_unless_section, written)
    if written is not None:
        return MaskSettings(on=written)
    section = top.part("mask")
    if section is None:
        return MaskSettings()
    besides = section.each("except", name)
    section.close()
    return MaskSettings(on=True, besides=besides)


def _flag_unless_section(node: Node) -> bool | None:
    return None if isinstance(node, Pairs) else flag(node)
