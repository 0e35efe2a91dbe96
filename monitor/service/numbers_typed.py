"""Numbers as people type them, with points or commas; one that can be read in two ways is asked for again."""

import re

from monitor.domain.errors import Mistake

NUMBER = r"-?\d[\d ,.'\u00a0\u202f]*"  # what may be one
_KINDS = frozenset({"number", "money"})  # a share of thousands of percent is none
_SPACED = re.compile(r"(?<=\d)[ '\u00a0\u202f](?=\d{3}(?!\d))")
_POINTS = re.compile(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?|-?\d{1,3}\.\d{3},\d+")  # 1.200.000 and 1.200,50
_COMMAS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")  # 1,200.50
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")  # 9,90
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")  # twelve hundred, or one and a fifth


def plain(typed: str) -> str:
    """Return a number with a point before its decimals and nothing between its thousands; what is none stays.

    Mistake where it can be read in two ways.

    >>> [plain(each) for each in ("1,200", "1.200.000", "1.200,50", "9,90", "1 200", "12.5", "soon")]
    ['1200', '1200000', '1200.50', '9.90', '1200', '12.5', 'soon']
    """
    bare = _SPACED.sub("", typed.strip())
    if _EITHER.fullmatch(bare):
        whole, _, rest = bare.partition(".")
        raise Mistake(f"{typed.strip()} can be read in two ways; write {whole}{rest}, or {bare}0 for {float(bare):g}.")
    if _POINTS.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    if _COMMAS.fullmatch(bare):
        return bare.replace(",", "")
    return bare.replace(",", ".") if _DECIMAL_COMMA.fullmatch(bare) else bare


def check(kind: str, typed: str) -> None:
    """Mistake where the value of a fact of this kind can be read in two ways."""
    if kind in _KINDS:
        plain(typed)
