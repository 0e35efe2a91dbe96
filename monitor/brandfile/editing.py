"""Changes to a brand file's text: one row put in, changed or taken out; every other line stays as it was written."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from monitor.domain.errors import Mistake

# As the reading of brand files has it: libyaml where it is there takes a question mark in {} for text.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What stands for a row of a section.
Value = str | int | float | bool | date | Sequence["Value"] | Mapping[str, "Value"]
Row = Mapping[str, Value]


def put(source: str, section: str, row: Row) -> str:
    r"""Return the text with this row in the section: in place of the one with its id, else after the last.

    Comments inside a replaced row are lost. Mistake where the text has no such section of rows.

    >>> put("facts:\n  - {id: a, value: 1}\n# end\n", "facts", {"id": "a", "value": 2})
    'facts:\n  - id: a\n    value: 2\n# end\n'
    """
    found = _section(source, section)
    if found is None:
        return _with_end(source) + f"\n{section}:\n" + _written(row, indent=2)
    items, lines = found, _lines(source)
    if items.flow_style:
        rows: list[Row] = _loaded(source)[section] or []
        kept = [row if each.get("id") == row["id"] else each for each in rows]
        return _whole(source, section, items, kept if row in kept else [*kept, row])
    for item in items.value:
        if _id(item) == str(row["id"]):
            return _replaced(lines, item, _written(row, indent=_indent(lines, item)))
    last = items.value[-1]
    after = _last_line(last) + 1
    return "".join([*lines[:after], _written(row, indent=_indent(lines, last)), *lines[after:]])


def put_all(source: str, section: str, rows: Sequence[Row]) -> str:
    r"""Return the text with every one of these rows put in, the file read but once.

    >>> put_all("facts:\n  - {id: a, value: 1}\n# end\n", "facts", [{"id": "b", "value": 3}, {"id": "a", "value": 2}])
    'facts:\n  - id: a\n    value: 2\n  - id: b\n    value: 3\n# end\n'
    """
    wanted = {str(row["id"]): row for row in rows}
    found = _section(source, section)
    if not wanted or found is None or found.flow_style:
        first = list(wanted.values())[:1]
        rest = list(wanted.values())[1:]
        return put_all(put(source, section, first[0]), section, rest) if first else source
    lines, last = _lines(source), found.value[-1]
    new = [row for row_id, row in wanted.items() if row_id not in {_id(item) for item in found.value}]
    lines.insert(_last_line(last) + 1, "".join(_written(row, indent=_indent(lines, last)) for row in new))
    for item in reversed(found.value):
        if _id(item) in wanted:
            written = _written(wanted[_id(item)], indent=_indent(lines, item))
            lines[item.start_mark.line : _last_line(item) + 1] = [written]
    return "".join(lines)


def put_section(source: str, section: str, fields: Row) -> str:
    r"""Return the text with these fields of a section changed or added; its other fields stay.

    Comments inside the section are lost.

    >>> put_section("budget: {per_month: 5}  # a month\nfacts: []\n", "budget", {"per_month": 9})
    'budget:\n  per_month: 9\nfacts: []\n'
    """
    known = _loaded(source).get(section) or {}
    body = yaml.safe_dump({section: {**known, **fields}}, sort_keys=False, allow_unicode=True, width=110)
    root, lines = yaml.compose(source, Loader=_LOADER), _lines(source)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == section:
            return "".join([*lines[: key.start_mark.line], body, *lines[_last_line(value) + 1 :]])
    return _with_end(source) + "\n" + body


def drop(source: str, section: str, row_id: str) -> str:
    r"""Return the text without the row; Mistake where there is none.

    >>> drop("facts:\n  - {id: a, value: 1}\n  - {id: b, value: 2}\n", "facts", "a")
    'facts:\n  - {id: b, value: 2}\n'
    """
    items = _section(source, section)
    item = next((each for each in items.value if _id(each) == row_id), None) if items else None
    if items is None or item is None:
        raise Mistake(f"The brand file has no {row_id!r} among its {section}.")
    if items.flow_style or len(items.value) == 1:
        kept = [each for each in _loaded(source)[section] if each.get("id") != row_id]
        return _whole(source, section, items, kept)
    return _replaced(_lines(source), item, "")


def row(source: str, section: str, row_id: str) -> dict[str, Value]:
    """Return a row as it is written, to be changed; empty where there is none."""
    return rows(source, section).get(row_id, {})


def rows(source: str, section: str) -> dict[str, dict[str, Value]]:
    """Return the rows of a section as they are written, by their ids."""
    return {str(each.get("id")): dict(each) for each in _loaded(source).get(section) or []}


def _loaded(source: str) -> dict[str, Any]:
    return yaml.load(source, Loader=_LOADER) or {}  # noqa: S506 -- both are safe loaders


def _section(source: str, section: str) -> yaml.SequenceNode | None:
    root = yaml.compose(source, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise Mistake("This is no brand file; `likeness init` writes one to start from.")
    for key, value in root.value:
        if key.value == section:
            if isinstance(value, yaml.SequenceNode) and value.value:
                return value
            return _empty(value)
    return None


def _empty(value: yaml.Node) -> yaml.SequenceNode:
    """Stand in for a section that is there and holds nothing."""
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [], value.start_mark, value.end_mark, flow_style=True)


def _whole(source: str, section: str, items: yaml.SequenceNode, rows: Sequence[Row]) -> str:
    """Return the text with a section written anew."""
    start = source.rfind("\n", 0, items.start_mark.index) + 1
    key = re.compile(rf"^{re.escape(section)}:", re.MULTILINE)
    at = [found.start() for found in key.finditer(source) if found.start() <= items.start_mark.index]
    start = at[-1] if at else start
    end = items.end_mark.index if items.flow_style else _offset(source, _last_line(items) + 1)
    written = f"{section}:\n" + "".join(_written(row, indent=2) for row in rows) if rows else f"{section}: []\n"
    rest = source[end:]
    return source[:start] + written + (rest.removeprefix("\n"))


def _replaced(lines: list[str], item: yaml.Node, text: str) -> str:
    return "".join([*lines[: item.start_mark.line], text, *lines[_last_line(item) + 1 :]])


def _id(item: yaml.Node) -> str:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _last_line(node: yaml.Node) -> int:
    """Return the last line on which anything of a node is written."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        end: yaml.Mark = node.end_mark
        return int(end.line - 1 if end.column == 0 and end.line > node.start_mark.line else end.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _indent(lines: Sequence[str], item: yaml.Node) -> int:
    """Return how far the dash of an item stands in."""
    line = lines[item.start_mark.line]
    return len(line) - len(line.lstrip(" "))


def _written(row: Row, *, indent: int) -> str:
    """Return a row as a list item in block style."""
    body = yaml.safe_dump(dict(row), sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)
    lines = body.splitlines(keepends=True)
    dash, deeper = " " * indent + "- ", " " * (indent + 2)
    return "".join((dash if at == 0 else deeper) + line for at, line in enumerate(lines))


def _lines(source: str) -> list[str]:
    return _with_end(source).splitlines(keepends=True)


def _with_end(source: str) -> str:
    return source if not source or source.endswith("\n") else source + "\n"


def _offset(source: str, line: int) -> int:
    return sum(len(each) for each in source.splitlines(keepends=True)[:line])
