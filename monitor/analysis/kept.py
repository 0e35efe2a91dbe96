"""What is worked out once: a value of an object, and what is asked of an object about one stretch of the answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, Protocol, TypeVar, overload

from monitor.analysis.spans import Span

T = TypeVar("T")


class Answering(Protocol):
    """What keeps what was asked of it."""

    @property
    def answers(self) -> dict[tuple[object, int, int], Any]: ...


A = TypeVar("A", bound=Answering)


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


def asked_once(asks: Callable[[A, Span], T]) -> Callable[[A, Span], T]:
    """Keep with an object what a function of it and a stretch comes to: each fact asks the same of the same value.

    Of the stretch the function may look only at where it begins and ends.
    """

    @wraps(asks)
    def asked(of: A, at: Span) -> T:
        key = (asks, at.start, at.end)
        answers = of.answers
        if key not in answers:
            answers[key] = asks(of, at)
        found: T = answers[key]
        return found

    return asked


def once(asks: Callable[[A], T]) -> Callable[[A], T]:
    """Keep with an object what a function of it alone comes to: each value of a sentence asks the same of it."""

    @wraps(asks)
    def asked(of: A) -> T:
        key = (asks, 0, 0)
        answers = of.answers
        if key not in answers:
            answers[key] = asks(of)
        found: T = answers[key]
        return found

    return asked
