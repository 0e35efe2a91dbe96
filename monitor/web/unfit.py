"""What an address or a form got wrong, in our words: the library's speak of types, not of what to write instead."""

from collections.abc import Callable, Mapping
from typing import Any

Found = Mapping[str, Any]


def _characters(number: int) -> str:
    return "one character" if number == 1 else f"{number} characters"


_DAY = "must be a day such as 2026-10-31"
_SAID: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "enum": lambda of: f"must be one of {_choice(of)}",
    "literal_error": lambda of: f"must be one of {_choice(of)}",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "decimal_parsing": "must be a number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be text",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_type": _DAY,
    "date_from_datetime_inexact": _DAY,
    "json_invalid": "is no JSON",
    "model_attributes_type": "must be a JSON object",
    "too_short": lambda of: f"must have at least {of['min_length']}",
    "too_long": lambda of: f"must have at most {of['max_length']}",
    "string_too_short": lambda of: f"must have at least {_characters(of['min_length'])}",
    "string_too_long": lambda of: f"must have at most {_characters(of['max_length'])}",
    "greater_than_equal": lambda of: f"must be at least {of['ge']}",
    "greater_than": lambda of: f"must be more than {of['gt']}",
    "less_than_equal": lambda of: f"must be at most {of['le']}",
    "less_than": lambda of: f"must be less than {of['lt']}",
}


def said(found: Found) -> str:
    """Return one mistake that pydantic found: where it is and what belongs there."""
    where = [str(part) for part in found["loc"] if part not in {"query", "path", "header"}]
    if len(where) > 1 and where[0] == "body":
        where = where[1:]
    told = _SAID.get(found["type"], found["msg"].removeprefix("Value error, "))
    return f"{'.'.join(where)} {told if isinstance(told, str) else told(found.get('ctx', {}))}"


def _choice(of: Mapping[str, Any]) -> str:
    return str(of["expected"]).replace("'", "")
