"""Values of the domain as JSON text in a column, and back."""

import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from monitor.domain.text import storable

T = TypeVar("T")

_WRITER = msgspec.json.Encoder()


class Body(Generic[T]):
    """Writes one kind of value as JSON and reads it back as the same frozen value.

    A text that lacks a field, written before the field came, gives its default; one that does not hold the kind of
    value raises ValueError.
    """

    def __init__(self, kind: Any) -> None:
        self.value: Callable[[str], T] = msgspec.json.Decoder(kind).decode

    def text(self, value: T) -> str:
        try:
            return _WRITER.encode(value).decode()
        except UnicodeEncodeError:  # a lone surrogate somewhere in it
            return storable(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
