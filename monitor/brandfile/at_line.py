"""What stands at a line of a brand file: which row of which section, for whoever does not see the file."""

from dataclasses import dataclass

import yaml

# As the reading of brand files has it: libyaml where it is there takes a question mark in {} for text.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in a brand file by its names."""

    section: str  # "facts"; empty: none
    row: str = ""  # the id, or the name, of the row
    keys: tuple[str, ...] = ()  # within the row or section, the outermost first


def at_line(source: str, line: int) -> Spot:
    r"""Return what stands at a line, counted from 1; nothing where the text is no YAML.

    >>> at_line("facts:\n  - id: a\n    before:\n      - value: x\n", 4)
    Spot(section='facts', row='a', keys=('before', 'value'))
    """
    try:
        root = yaml.compose(source, Loader=_LOADER)
    except yaml.YAMLError:
        return Spot(section="")
    path = _path(root, line - 1)
    section, rest = (path[0], path[1:]) if path else ("", [])
    rows = [name for name in rest if name.startswith(_ROW)]
    keys = tuple(name for name in rest if not name.startswith(_ROW))
    return Spot(section=section, row=rows[0].removeprefix(_ROW) if rows else "", keys=keys)


_ROW = "\0"  # before the name of a row, so that no key looks like one


def _path(root: yaml.Node | None, line: int) -> list[str]:
    """Return the names on the way to a line, those of rows marked."""
    found: list[str] = []
    node = root
    while isinstance(node, yaml.CollectionNode) and not (found and _on_one_line(node)):
        if isinstance(node, yaml.MappingNode):
            step = next((pair for pair in reversed(node.value) if pair[0].start_mark.line <= line), None)
            found += [str(step[0].value)] if step else []
            node = step[1] if step else None
        else:
            node = next((each for each in reversed(node.value) if each.start_mark.line <= line), None)
            found += [_ROW + _named(node)] if node is not None and _named(node) else []
    return found


def _on_one_line(node: yaml.CollectionNode) -> bool:
    """Whether a mapping is written in braces: which of its keys is meant cannot be told by the line."""
    return isinstance(node, yaml.MappingNode) and bool(node.flow_style)


def _named(item: yaml.Node) -> str:
    pairs = {key.value: value.value for key, value in item.value} if isinstance(item, yaml.MappingNode) else {}
    return str(pairs.get("id") or pairs.get("name") or "")
