"""YAML text to nodes that know their line; strict where YAML is generous.

PyYAML's loaders keep the last of two equal keys, expand aliases without end and call themselves once per level of
nesting. Here its events alone are used: nothing is constructed, nothing recurses, and every limit is checked as
they come.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from monitor.brandfile.mistakes import Findings, Unreadable, shown

MOST_CHARACTERS = 1_000_000
DEEPEST = 20
MOST_NODES = 100_000

# libyaml is ten times as fast, takes a question mark in [] and {} as text, and is not part of every build of PyYAML
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_REMEDIES = (
    ("mapping values are not allowed", 'put text that holds ": " in quotes, and check the indentation'),
    ("cannot start any token", "put the value in quotes"),
    ("unexpected end of stream", "close the bracket or quote that was opened"),
    ("got '?'", "put text with a question mark in quotes"),
    ("expected ',' or", "close the bracket, or put a comma between the items"),
    ("escape", "write the backslash twice, or use single quotes"),
)


@dataclass(frozen=True, kw_only=True)
class Scalar:
    text: str
    plain: bool  # written without quotes, so that YAML gives it a type
    line: int


@dataclass(frozen=True, kw_only=True)
class Items:
    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, kw_only=True)
class Pairs:
    pairs: tuple[tuple[Scalar, "Node"], ...]  # keys are unique
    line: int


Node = Scalar | Items | Pairs


def compose(source: str, found: Findings) -> Node | None:
    """Return the file's one document, None for an empty one; Unreadable where nothing more can be made of it."""
    if len(source) > MOST_CHARACTERS:
        raise Unreadable(0, f"the file has more than {MOST_CHARACTERS:,} characters", "split it by brand")
    bad = _UNPRINTABLE.search(source)
    if bad:
        line = source.count("\n", 0, bad.start()) + 1
        raise Unreadable(line, f"the character {bad[0]!a} cannot be kept", "remove it")
    tree = _Tree(found)
    for event in _events(_json_as_yaml(source)):
        tree.take(event)
    return tree.root


def _json_as_yaml(source: str) -> str:
    """Rewrite what JSON allows and YAML 1.1 does not: tabs before a line, characters as two escapes. Lines stay."""
    if not source.lstrip().startswith("{"):
        return source
    joined = _SURROGATE_PAIR.sub(_joined, source)
    return _INDENT.sub(lambda indent: " " * len(indent[0]), joined)


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _events(source: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        problem = _problem(error)
        raise Unreadable(line, f"this is not YAML: {problem}", _remedy(problem, source, line)) from error
    except yaml.YAMLError as error:
        raise Unreadable(0, f"this is not YAML: {shown(str(error))}", "save the file as UTF-8 text") from error


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "something else"
    begun = error.context_mark
    return f"{problem} of what begins on line {begun.line + 1}" if begun and " or '" in problem else problem


def _remedy(problem: str, source: str, line: int) -> str:
    indent = _INDENT.match("".join(source.splitlines()[line - 1 : line])) if line else None
    if indent and "\t" in indent[0]:
        return "indent with spaces, not with tabs"
    fitting = (remedy for words, remedy in _REMEDIES if words in problem)
    return next(fitting, "check indentation and quotes on this line and the one before it")


class _Open:
    """A list or mapping whose end has not come yet."""

    def __init__(self, line: int, *, mapping: bool) -> None:
        self.line = line
        self.mapping = mapping
        self.children: list[Node] = []


class _Tree:
    """Events in, one root node out."""

    def __init__(self, found: Findings) -> None:
        self.root: Node | None = None
        self._found = found
        self._open: list[_Open] = []
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise Unreadable(_line(event), "a second document begins here", "keep one brand in one file")
        if isinstance(event, yaml.NodeEvent):
            self._check(event)
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._open.append(_Open(_line(event), mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._add(self._closed(self._open.pop()))
        elif isinstance(event, yaml.AliasEvent):
            self._add(Scalar(text="", plain=False, line=_line(event)))
        elif isinstance(event, yaml.ScalarEvent):
            if _SURROGATE.search(event.value):
                raise Unreadable(_line(event), "half of a character stands here as an escape", "write it out")
            plain = event.implicit[0] and not event.style  # libyaml says "" where Python says None
            self._add(Scalar(text=event.value, plain=plain, line=_line(event)))

    def _check(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        line = _line(event)
        if self._nodes > MOST_NODES:
            raise Unreadable(line, f"the file has more than {MOST_NODES:,} values", "split it by brand")
        if len(self._open) >= DEEPEST:
            raise Unreadable(line, f"this is nested more than {DEEPEST} levels deep", "a brand file needs four")
        if event.anchor is not None:
            mark = "alias *" if isinstance(event, yaml.AliasEvent) else "anchor &"
            self._found.wrong(line, f"the {mark}{event.anchor[:40]} is not allowed", "write the value out")
        tag = getattr(event, "tag", None)  # an alias has none
        if tag is not None:
            self._found.wrong(line, f"the tag {shown(tag)} is not allowed", "remove it")

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node

    def _closed(self, opened: _Open) -> Node:
        if not opened.mapping:
            return Items(items=tuple(opened.children), line=opened.line)
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
            self._pair(pairs, key, value)
        return Pairs(pairs=tuple(pairs.values()), line=opened.line)

    def _pair(self, pairs: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self._found.wrong(key.line, "a key must be one word", "write key: value")
        elif key.text in pairs:
            first = pairs[key.text][0].line
            self._found.wrong(key.line, f"the key {shown(key.text)} stands twice, first on line {first}", "keep one")
        else:
            pairs[key.text] = (key, value)


def _line(event: yaml.Event) -> int:
    """Count from 1, as editors do."""
    return int(event.start_mark.line) + 1 if event.start_mark else 0
