"""The answer's text with everything but its words blanked, character for character."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from monitor.analysis.blocks import Definition, Outline
from monitor.analysis.folding import swapped
from monitor.analysis.spans import Span, Stretch


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A label that points somewhere: `[label](url)`, `[label][ref]`, `<url>` or a bare address."""

    label: Span  # for bare addresses the address itself
    url: str  # as written; empty for a dead link `[label]()`
    target: Span  # everything from after the label to the end of the construct
    ref: str = ""  # the reference's label, if it is one
    title: str = ""

    @property
    def shown(self) -> bool:
        """Whether a reader sees the whole of it, as of a bare address: it has no label of its own."""
        return self.label is self.target


# A target may hold one level of balanced parentheses, as Wikipedia's addresses do.
_TARGET = r"\(\s*(?P<url><[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?P<title>\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
# Most characters begin no mark: those that may are looked for first, then what stands behind one.
# "[1][2]" are two footnotes, not a link with a label.
_MARK = re.compile(
    r"(?:\*|~|_|\\|`|!|\[|【|<|&|h(?=(?i:ttp))|H(?=(?i:ttp))|w(?=(?i:ww))|W(?=(?i:ww)))(?i:"
    r"(?P<emphasis>(?<=\*)\**|(?<=~)~+|(?<=_)(?<![^\W_]_)_*(?=\w)|(?<=\w_)_*(?![^\W_]))"
    r"|(?P<escape>(?<=\\)(?=[!-/:-@\[-`{-~]))"
    r"|(?P<code>(?<=`)(?<!``)(?P<ticks>`{0,2})(?!`)[^`\n]{1,300}`(?P=ticks)(?!`))"
    rf"|(?P<image>(?<=!)\[(?P<alt>[^\[\]\n]{{0,300}}]){_TARGET.replace('?P<url>', '').replace('?P<title>', '')})"
    rf"|(?P<link>(?<=\[)(?<!!\[)(?!\^?\d{{1,3}}\]\[\^?\d{{1,3}}\])(?P<label>(?:[^\[\]]"
    rf"|\[[^\[\]\n]{{0,80}}]){{0,400}})](?:{_TARGET}|\[(?P<ref>[^\[\]\n]{{0,80}})]))"
    r"|(?P<note>(?<=\[)(?<!!\[)(?:\^?(?:\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|\^[\w-]{1,40})|citation:\s?\d+)]"
    r"|(?<=【)[^【】\n]{1,60}】)"
    r"|(?P<autolink>(?<=<)(?P<address>(?:https?|mailto):[^<>\s]+)>)"
    r"|(?P<tag>(?<=<)(?:/?[a-z][a-z0-9]{0,15}(?:\s[^<>\n]{0,300})?/?>|!--[^\n]{0,300}?-->))"
    r"|(?P<bare>(?:(?<=h)ttps?://|(?<=w)(?<!ww)ww\.)[^\s<>\"“”`|【】（）「」、。]{1,2000})"
    r"|(?P<nbsp>(?<=&)(?:nbsp|\#160|\#xa0);))"
)
_POINTING = frozenset({"autolink", "bare", "note"})
_TRAILING = ".,;:!?'\"*_~…’"
_QUOTE_MARK = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")
_NOTE_LABEL = re.compile(r"\^?[\w-]+(?=\s*[,;\]†】])|\^[\w-]+|\d+")

# One character for one: what a pattern would otherwise have to spell out in every variant.
_EVEN: dict[int, int | str] = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u3000"), " "),
    **dict.fromkeys(map(ord, "‘’‛ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟"), '"'),
    **dict.fromkeys(map(ord, "‐‑−"), "-"),
}
# Sentence ends and brackets of CJK text keep their own form: they cut sentences without a space.
for _kept in "！？，．：；（）":
    _EVEN.pop(ord(_kept), None)


def plain(text: str, outline: Outline) -> tuple[str, tuple[Link, ...]]:
    """Return the text's words at their own offsets (same length, line breaks kept), and its links."""
    refs = {d.label.casefold(): d for d in outline.definitions}
    links: list[Link] = []
    blank, at = _hollow(text), 0
    pieces: list[str] = []
    for block in outline.blocks:
        pieces.append(blank[at : block.start])
        at = block.start
        for found in _MARK.finditer(text, block.start, block.end):
            kind, (start, end) = found.lastgroup, found.span()
            if kind == "link":
                label = Stretch(start=found.start("label"), end=found.end("label"))
                links.append(_labelled(found, label, refs))
                pieces += (text[at:start], blank[start : label.start], text[label.start : label.end])
                start = label.end
            else:
                pieces.append(text[at:start])
                if kind in _POINTING:
                    end = start + len(address(found[0])) if kind == "bare" else end
                    links += _pointing(found, Stretch(start=start, end=end), refs)
            pieces.append(blank[start:end])
            at = end
        pieces.append(text[at : block.end])
        at = block.end
    shown = "".join((*pieces, blank[at:]))
    return swapped(_without_quote_marks(shown, outline), _EVEN), tuple(links)


def _without_quote_marks(shown: str, outline: Outline) -> str:
    if ">" not in shown:
        return shown
    pieces: list[str] = []
    at = 0
    for block in outline.blocks:
        inside = _QUOTE_MARK.sub(lambda found: _hollow(found[0]), shown[block.start : block.end])
        pieces += (shown[at : block.start], inside)
        at = block.end
    return "".join((*pieces, shown[at:]))


def _pointing(found: re.Match[str], whole: Span, references: Mapping[str, Definition]) -> Iterator[Link]:
    """Yield what points somewhere without a label of its own."""
    if found.lastgroup == "autolink":
        yield Link(label=whole, url=found["address"], target=whole)
    elif found.lastgroup == "bare":
        yield Link(label=whole, url=address(found[0]), target=whole)
    else:
        for label in _NOTE_LABEL.findall(found[0]):
            known = references.get(label.casefold())
            url, title = (known.url, known.title) if known else ("", "")
            yield Link(label=whole, url=url, target=whole, ref=label, title=title)


def _labelled(found: re.Match[str], label: Span, references: Mapping[str, Definition]) -> Link:
    target = Stretch(start=label.end, end=found.end())
    if found["ref"] is None:
        url, title = (found["url"] or "").strip("<>"), (found["title"] or "")[1:-1]
        return Link(label=label, url=url, target=target, title=title)
    ref = found["ref"] or found["label"]
    known = references.get(ref.casefold())
    return Link(label=label, url=known.url if known else "", target=target, ref=ref, title=known.title if known else "")


def address(written: str) -> str:
    """Cut what belongs to the sentence and not to the address: final points, an unopened closing parenthesis.

    >>> address("https://example.org/a_(b)).")
    'https://example.org/a_(b)'
    """
    while written:
        if written[-1] in _TRAILING or (written[-1] in ")]" and _unopened(written)):
            written = written[:-1]
        else:
            break
    return written


def _unopened(written: str) -> bool:
    opening = "(" if written[-1] == ")" else "["
    return written.count(written[-1]) > written.count(opening)


def _hollow(text: str) -> str:
    """Return blanks for a text; its line breaks stay."""
    if "\n" not in text:
        return " " * len(text)
    return "\n".join([" " * len(line) for line in text.split("\n")])
