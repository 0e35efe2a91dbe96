"""A value of an object that is worked out once, when it is first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 -- a decorator, as `property` is
    """`functools.cached_property` without its lock: in Python 3.11 that takes a thirtieth of a reading.

    For what one thread holds, such as an answer that is being read.

    >>> class Circle:
    ...     @kept
    ...     def area(self) -> float:
    ...         print("worked out")
    ...         return 3.14
    >>> circle = Circle()
    >>> circle.area + circle.area
    worked out
    6.28
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "kept[T]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "kept[T] | T":
        if instance is None:
            return self
        made = instance.__dict__[self._name] = self._make(instance)
        return made
