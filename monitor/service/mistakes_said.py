"""Mistakes of a text that nobody sees: told by what stands there, never by a line."""

import re
from dataclasses import replace
from pathlib import Path

from monitor import brandfile
from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.service import build
from monitor.service.sheet_changes import CALLED

_UNSEEN = "entries"
_PLACED = re.compile(rf"{_UNSEEN}(?::(?P<line>\d+))?: (?P<what>.*)")
_ELSEWHERE = re.compile(r",? (?:first )?on line \d+")
_KEY = re.compile(r"(?P<key>[A-Za-z0-9_.-]+): ")
_SECTIONS = {"facts": "", "prompts": "the prompt ", "assistants": "the assistant ", "competitors": "the competitor "}


def parsed(source: str) -> Settings:
    """Return the settings of a text that is in no file; Mistake with every mistake in words, one a line."""
    try:
        return build.parse_brand(source, Path(_UNSEEN))
    except Mistake as mistake:
        raise Mistake("\n".join(_said(line, source) for line in str(mistake).splitlines())) from None


def _said(told: str, source: str) -> str:
    found = _PLACED.fullmatch(told)
    if found is None:
        return told
    what = _ELSEWHERE.sub("", found["what"])
    spot = brandfile.at_line(source, int(found["line"])) if found["line"] else brandfile.Spot(section="")
    key = _KEY.match(what)
    if key and (key["key"] == spot.row or not spot.keys or key["key"] in spot.keys):
        what = what[key.end() :]
        spot = spot if spot.keys or key["key"] == spot.row else replace(spot, keys=(key["key"],))
    where = _where(spot)
    return f"{where}: {what}" if where else what


def _where(spot: brandfile.Spot) -> str:
    """Return a place in words: "price-one, former values"; "the prompt who"; "schedule, timezone"."""
    row = f"{_SECTIONS.get(spot.section, f'{spot.section} ')}{spot.row}" if spot.row else spot.section
    field = _YAML.get(spot.keys[0], spot.keys[0]) if spot.keys else ""
    words = CALLED.get(field, field) if spot.section == "facts" else field
    return ", ".join(filter(None, (row, words if words != "id" else "")))


_YAML = {"from": "since"}  # keys that a form calls otherwise
