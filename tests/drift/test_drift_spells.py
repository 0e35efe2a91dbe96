"""Since when an assistant is wrong about a fact."""

from datetime import date

import pytest

from monitor.domain.answers import Surface
from monitor.domain.spells import CheckedDay, Since
from monitor.drift import spells
from reports import since


def days(pattern):
    """Return a day of March for each letter: four checked answers, w: two wrong, W: all wrong, .: right, -: none."""
    wrong = {"W": 4, "w": 2, "1": 1, ".": 0, "-": 0}
    return [
        CheckedDay(day=date(2026, 3, n), wrong=wrong[letter], of=0 if letter == "-" else 4)
        for n, letter in enumerate(pattern, start=1)
    ]


def said(pattern):
    spell = spells.latest(days(pattern))
    assert spell
    return since.written(Since(fact="f", assistant_id="a", surface=Surface.API, spell=spell))


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("..-WW", ("since 4 March 2026, in 8 of 8 checked answers; in none of the 8 before, from 1 March 2026 on;"
                  " last right on 2 March 2026")),
        ("WW", ("since 1 March 2026, in 8 of 8 checked answers; that was the first day on which it could be checked;"
               " never right so far")),
        (".w.w", ("since 2 March 2026, in 4 of 12 checked answers; in none of the 4 before, from 1 March 2026 on;"
                 " last right on 4 March 2026")),
        ("W...w.", ("on 5 March 2026, in 2 of 4 checked answers; in none of the 12 before, and ahead of these last"
                   " on 1 March 2026; right in all 4 since")),
        (".W...", ("on 2 March 2026, in 4 of 4 checked answers; in none of the 4 before, from 1 March 2026 on;"
                  " right in all 12 since")),
        (".WW...", ("from 2 March 2026 to 3 March 2026, in 8 of 8 checked answers; in none of the 4 before,"
                   " from 1 March 2026 on; right in all 12 since")),
        (".1.", "once, on 2 March 2026; in none of the 4 before, from 1 March 2026 on; right in all 4 since"),
    ],
)  # fmt: skip
def test_a_spell_in_a_sentence(pattern, told):
    assert said(pattern) == told


def test_where_nothing_was_wrong_there_is_no_spell():
    assert spells.latest(days("..-.")) is None
    assert spells.latest([]) is None
