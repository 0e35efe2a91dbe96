"""A value and the line it stands on, for the checks that compare values with each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Placed(Generic[T_co]):
    value: T_co
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)  # of single keys, where a check names them
