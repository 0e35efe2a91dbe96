"""Units of measure: grams, kilometres, litres, gigabytes, each with its size in the unit of its dimension."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, kw_only=True)
class Measure:
    dimension: str  # "mass": only amounts of one dimension can be compared
    size: float  # in the dimension's own unit: a kilogram is 1000 grams


# dimension -> (size, spellings); what stands first in a line is the dimension's own unit.
_TABLE = {
    "mass": (
        (1.0, "g gr gram grams gramm gramme grammes gramo gramos グラム"),
        (1e3, "kg kilo kilos kilogram kilograms kilogramm kilogrammes kilogramos キロ"),
        (1e-3, "mg milligram milligrams milligramm milligrammes"),
        (453.6, "lb lbs"),
        (28.35, "oz ounce ounces"),
        (1e6, "t tonne tonnes tonnen tons ton toneladas トン"),
    ),
    "length": (
        (1.0, "m metre metres meter meters mètre mètres metro metros メートル"),
        (1e3, "km kilometre kilometres kilometer kilometers kilomètres kilómetros キロメートル"),
        (1e-2, "cm centimetre centimetres centimeter centimeters zentimeter センチ"),
        (1e-3, "mm millimetre millimetres millimeter millimeters"),
        (1609.34, "mi mile miles meilen millas マイル"),
        (0.0254, "inch inches zoll pouces pulgadas インチ"),
        (0.3048, "ft feet foot"),
    ),
    "volume": (
        (1.0, "l litre litres liter liters litros リットル"),
        (1e-3, "ml millilitre millilitres milliliter milliliters ミリリットル"),
        (1e-2, "cl"),
    ),
    "power": (
        (1.0, "w watt watts"),
        (1e3, "kw kilowatt kilowatts"),
        (1e6, "mw megawatt megawatts"),
        (1e9, "gw gigawatt gigawatts"),
    ),
    "energy": ((1.0, "wh"), (1e3, "kwh"), (1e6, "mwh"), (1e9, "gwh"), (1e12, "twh")),
    "information": ((1.0, "mb megabyte megabytes"), (1e3, "gb gigabyte gigabytes go"), (1e6, "tb terabyte terabytes")),
    "area": ((1.0, "m² sqm"), (1e4, "ha hectare hectares hektar"), (1e6, "km²")),
}  # fmt: skip
_MEASURES = {
    name: Measure(dimension=dimension, size=size)
    for dimension, lines in _TABLE.items()
    for size, names in lines
    for name in names.split()
}
_UNIT = re.compile(r"[ -]?(?P<name>[^\W\d_]+[²³]?|[ァ-ヺー]+)")


def of_unit(unit: str) -> Measure | None:
    """Return the measure that a fact's unit names; None for what is counted.

    >>> of_unit("kg").size, of_unit("stores")
    (1000.0, None)
    """
    return _of_unit(unit.strip().lower())


@lru_cache(maxsize=1024)
def _of_unit(unit: str) -> Measure | None:
    return _MEASURES.get(unit)


def behind(folded: str, end: int) -> tuple[Measure, int] | None:
    """Return the measure that stands behind a number which ends at `end`, and where it ends."""
    found = _UNIT.match(folded, end)
    measure = _MEASURES.get(found["name"]) if found else None
    return (measure, found.end()) if found and measure else None
