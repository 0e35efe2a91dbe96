"""Shares and times that are told as parts of a whole."""

import pytest

from monitor.analysis import numberwords, quantities
from monitor.analysis.folding import WORD, fold


def shown(text: str, lang: str) -> list[str]:
    folded = fold(text)
    words = [found.span() for found in WORD.finditer(folded)]
    spelled = numberwords.spelled(folded, words, lang)
    return [one.shown for one in quantities.find(folded, spelled, lang, 0, len(folded))]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "one tram in eight is late", ["about 12.5 %"]),
        ("en", "8 in 100 are leased", ["about 8 %"]),
        ("en", "one office in ten countries", ["10"]),
        ("en", "3 in 5 years", ["3", "1826.25 days"]),
        ("en", "a twentieth of the takings", ["about 5 %"]),
        ("en", "two and a half cents of every dollar", ["2.5 %"]),
        ("en", "a fifth of a percent", ["0.2 %"]),
        ("en", "a quarter of a century", ["9131.25 days"]),
        ("en", "three quarters of an hour", ["0.03125 days"]),
        ("de", "jede vierte Lampe", ["about 25 %"]),
        ("de", "jede vierte Woche", []),
        ("fr", "une lampe sur dix", ["about 10 %"]),
        ("fr", "une note de 4 sur 5", ["4", "5"]),
        ("es", "una de cada cinco", ["about 20 %"]),
        ("es", "la tercera parte", ["about 33.333333 %"]),
        ("ja", "売上の3割", ["about 30 %"]),
        ("ja", "全体の4分の1", ["about 25 %"]),
    ],
)
def test_parts_of_a_whole_are_read(lang: str, text: str, expected: list[str]) -> None:
    assert shown(text, lang) == expected
