"""Every mistake of a file is collected and told in one message: file, line, what, remedy."""

from dataclasses import dataclass

from monitor.domain.errors import Mistake

_SHOWN = 48  # characters of a user's own text inside a message
_LINES = 500  # a hopeless file is not told line by line for ever
_MOST = 1_000  # nor read to its end


class BrandFileError(Mistake):
    """A brand file that cannot be used; its text is all mistakes, one line each: `brand.yaml:12: what; remedy`."""


class Unfit(Exception):  # noqa: N818  -- caught where the place is known; never leaves this package
    """A value that its field cannot take."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy


class Unreadable(Unfit):
    """A file of which nothing more can be read."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Remark:  # one mistake or warning
    line: int  # from 1; 0: the file as a whole
    what: str
    remedy: str

    def placed(self, name: str) -> str:
        place = f"{name}:{self.line}" if self.line else name
        return f"{place}: {_one_line(self.what)}; {_one_line(self.remedy)}"


class Findings:
    """The mistakes and warnings of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._mistakes: dict[Remark, None] = {}
        self._warnings: dict[Remark, None] = {}

    def wrong(self, line: int, what: str, remedy: str) -> None:
        """Note a mistake; Unreadable where there are so many that reading on helps nobody."""
        self._mistakes[Remark(line=line, what=what, remedy=remedy)] = None
        if len(self._mistakes) == _MOST:
            raise Unreadable(line, f"reading stopped after {_MOST:,} mistakes", "correct the first of them")

    def warn(self, line: int, what: str, remedy: str) -> None:
        self._warnings[Remark(line=line, what=what, remedy=remedy)] = None

    @property
    def any_wrong(self) -> bool:
        return bool(self._mistakes)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(remark.placed(self.name) for remark in sorted(self._warnings, key=_by_line))

    def error(self) -> BrandFileError:
        told = [remark.placed(self.name) for remark in sorted(self._mistakes, key=_by_line)]
        rest = len(told) - _LINES
        if rest > 0:
            told[_LINES:] = [f"{self.name}: {rest} more mistakes or further ones are not shown; correct these first"]
        return BrandFileError("\n".join(told))


def _by_line(remark: Remark) -> int:
    return remark.line


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def shown(text: str) -> str:
    r"""Return a user's text as one message may show it: in quotes, short, nothing unprintable.

    >>> shown("a\nb")
    "'a\\nb'"
    """
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return repr(short)
