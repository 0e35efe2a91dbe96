"""How two texts of a brand file differ, for a person to judge."""

from difflib import unified_diff


def difference(old_source: str, new_source: str) -> str:
    r"""Return a unified difference, empty where the texts are the same. A brand file holds no secrets, so it is whole.

    >>> print(difference("a: 1\nb: 2\n", "a: 1\nb: 3\n"), end="")
    --- in the store
    +++ in the file
    @@ -1,2 +1,2 @@
     a: 1
    -b: 2
    +b: 3
    """
    lines = unified_diff(_lines(old_source), _lines(new_source), "in the store", "in the file")
    return "".join(lines)


def _lines(source: str) -> list[str]:
    return [f"{line}\n" for line in source.splitlines()]
