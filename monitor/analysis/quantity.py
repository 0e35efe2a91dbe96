"""An amount as it was said, with its dimension and its bound."""

from enum import StrEnum

from monitor.analysis.spans import Stretch


class Dimension(StrEnum):
    PLAIN = "plain"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"  # value is in days


class Bound(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    CAP = "cap"  # "up to": the most that there is, said exactly
    FLOOR = "floor"  # "at least": a bound, or the least that is asked for


class Quantity(Stretch, frozen=True, kw_only=True):
    value: float
    dimension: Dimension
    bound: Bound = Bound.EXACT
    unit: str = ""  # ISO 4217 for money, "day" .. "year" for durations as written
    high: float | None = None  # upper end of a range "10-12"
    yearlike: bool = False  # "2024": four digits that may be a year
    weak: bool = False  # "one", "a": perhaps no number at all
    loose: bool = False  # "$": the unit is that of one of several countries

    @property
    def shown(self) -> str:
        number = _plain(self.value) if self.high is None else f"{_plain(self.value)}-{_plain(self.high)}"
        sign = _SIGNS[self.bound]
        if self.dimension is Dimension.PERCENT:
            return f"{sign}{number} %"
        if self.dimension is Dimension.DURATION:
            return f"{sign}{number} days"
        return f"{sign}{number} {self.unit}".rstrip()


_WHOLE = 10_000  # from here on parts of one are noise of the arithmetic
_SIGNS = {
    Bound.EXACT: "", Bound.ABOUT: "about ", Bound.OVER: "over ", Bound.UNDER: "under ", Bound.CAP: "up to ",
    Bound.FLOOR: "at least ",
}  # fmt: skip


def _plain(value: float) -> str:
    rounded = round(value, 6) if abs(value) < _WHOLE else round(value)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.10g}"
