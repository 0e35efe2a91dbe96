"""The brand and its competitors."""

from monitor.brandfile.fields import Section
from monitor.brandfile.placed import Placed
from monitor.brandfile.words import domain, name
from monitor.domain.brand import Entity


def entity(section: Section) -> Placed[Entity]:
    """Read one brand; the caller closes the section, for the brand of the file has more keys."""
    found = Entity(
        name=section.need("name", name, ""),
        aliases=_unlike(section.each("aliases", name), section.read("name", name, "")),
        lookalikes=_once(section.each("not", name)),
        domains=_once(section.each("domains", domain)),
    )
    lines = {key: section.line_of(key) for key in ("name", "aliases", "not", "domains")}
    return Placed(value=found, line=section.line, lines=lines)


def _unlike(aliases: tuple[str, ...], own_name: str) -> tuple[str, ...]:
    return tuple(alias for alias in _once(aliases) if alias != own_name)


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
