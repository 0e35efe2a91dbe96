"""Values of the domain as JSON text in a column, and back."""

import json
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from monitor.domain.text import storable

T = TypeVar("T")


class Body(Generic[T]):
    """Writes one kind of value as JSON and reads it back as the same frozen value."""

    def __init__(self, kind: Any) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def text(self, value: T) -> str:
        try:
            return self._adapter.dump_json(value).decode()
        except PydanticSerializationError:  # a lone surrogate somewhere in it
            return storable(json.dumps(_plain(value, self._adapter), ensure_ascii=False))

    def value(self, text: str) -> T:
        return self._adapter.validate_json(text)


def _plain(value: Any, adapter: TypeAdapter[Any]) -> Any:
    return json.loads(json.dumps(adapter.dump_python(value), default=_simpler))


def _simpler(value: Any) -> Any:
    """Return what JSON knows for the few things in our values that it does not."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
