"""Vega-Lite specs drawn as SVG or PNG without a browser, and what all charts share.

Every chart works in greyscale (shapes and dashes beside colours) and on dark paper: axes and letters take the
colour of the text around them. Intervals are bands or whiskers, gaps stay gaps, regime changes are dashed rules.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

import vl_convert

Spec = dict[str, Any]

# One thread at a time: the library waits for itself while it holds the interpreter, and two would wait for ever.
DRAWING = Lock()

VERSION = "5.21"  # of Vega-Lite
INK = "#404142"  # becomes the colour of the surrounding text
# Okabe and Ito's colours for all kinds of sight, moved until each has a contrast of 3:1 on white and on #1f242a.
COLOURS = ("#2b7fc4", "#c8621b", "#14916a", "#a466b8", "#b5881c", "#5d87a1", "#d2556b", "#7c8590")
FONT = "Helvetica, Arial, sans-serif"
_TAG = re.compile(r"<\w[^>]*>")
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
NAME, LABEL = 34, 120  # characters of a name beside an axis, of a label above a chart or in a legend


def svg(spec: Spec) -> str:
    """Return the chart as an SVG element to be put into a page; identifiers are its own."""
    return _svg(json.dumps(spec, sort_keys=True))


def png(spec: Spec, *, scale: float = 2) -> bytes:
    """Return the chart as a picture on white, for mails."""
    with DRAWING:
        return bytes(vl_convert.vegalite_to_png({**spec, "background": "white"}, vl_version=VERSION, scale=scale))


def written(spec: Spec) -> str:
    """Return a chart as text: equal charts have equal texts."""
    return json.dumps(spec, sort_keys=True)


def picture(spec: str, *, scale: float = 2) -> bytes:
    """Return a written chart as a small picture on white, which stays light where the mail around it is dark."""
    return _packed(png(json.loads(spec), scale=scale))


def _packed(drawn: bytes) -> bytes:
    """Return the same PNG in a quarter of its bytes: what draws it is quick and packs badly."""
    chunks = list(_chunks(drawn))
    pixels = zlib.compress(zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")), 9)
    first, last = chunks[0], chunks[-1]
    return drawn[:8] + b"".join(_chunk(*each) for each in (first, (b"IDAT", pixels), last))


def _chunks(drawn: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(drawn):
        length = int.from_bytes(drawn[at : at + 4], "big")
        yield drawn[at + 4 : at + 8], drawn[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def drawn_so_far() -> int:
    """Return how many charts were drawn as SVG, those that were kept counted once."""
    return _svg.cache_info().misses


Elsewhere = Callable[[str], str | None]
_elsewhere: list[Elsewhere] = []


@contextmanager
def drawn_by(other: Elsewhere) -> Iterator[None]:
    """Have charts drawn by `other` for as long as the block lasts; those of which it makes nothing are drawn here."""
    _elsewhere.append(other)
    try:
        yield
    finally:
        _elsewhere.remove(other)


def plain(spec: str) -> str:
    """Return a written chart as the library draws it; ValueError where it cannot."""
    with DRAWING:
        return str(vl_convert.vegalite_to_svg(spec, vl_version=VERSION))


def _drawn(spec: str) -> str:
    with DRAWING:
        found = next((drawn for other in _elsewhere if (drawn := other(spec))), None)
    return found or plain(spec)


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    drawn = _drawn(spec)
    drawn = drawn[drawn.index("<svg") :].replace(INK, "currentColor")
    # A chart stands as one image with words of its own and a table below: its parts have nothing to say beside that.
    drawn = _TAG.sub(lambda tag: _SPOKEN.sub("", tag[0]), drawn)
    own = "c" + hashlib.sha256(spec.encode()).hexdigest()[:8]  # two charts of one page must not share a clip path
    drawn = re.sub(r'id="([\w-]+)"', rf'id="{own}-\1"', drawn)
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{own}-\1)", drawn)


def framed(**parts: Any) -> Spec:
    """Return a spec with the letters, lines and legend that all charts share."""
    axis = {"labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK, "gridColor": INK,
            "gridOpacity": 0.15, "titleFontWeight": "normal", "labelFontSize": 12, "titleFontSize": 12,
            "labelLimit": 260}  # fmt: skip
    config = {
        "font": FONT,
        "axis": axis,
        "view": {"stroke": None},
        "legend": {
            "labelColor": INK,
            "titleColor": INK,
            "orient": "bottom",
            "labelLimit": 320,
            "columns": 2,
            "labelFontSize": 12,
        },
    }
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return {"$schema": schema, "background": None, "config": config, "autosize": {"type": "pad"}, **parts}
