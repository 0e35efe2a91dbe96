"""Since when an assistant is wrong about a fact: its latest spell, told from single earlier slips."""

from collections.abc import Sequence

from monitor.domain.spells import ENDS, CheckedDay, Spell


def latest(days: Sequence[CheckedDay]) -> Spell | None:
    """Return the latest spell of days in their order; None where no answer was wrong.

    >>> from datetime import date
    >>> days = [CheckedDay(day=date(2026, 3, n), wrong=n > 2, of=4) for n in (1, 2, 3, 4)]
    >>> found = latest(days)
    >>> found.first.day, found.before, found.wrong, found.of
    (3, 8, 2, 8)
    """
    checked = [day for day in days if day.of]
    wrong = [n for n, day in enumerate(checked) if day.wrong]
    if not wrong:
        return None
    first = _begin(checked, wrong)
    ahead = [n for n in wrong if n < first]
    clean = checked[ahead[-1] + 1 if ahead else 0 : first]
    spell = checked[first : wrong[-1] + 1]
    right = [day.day for day in checked if day.wrong < day.of]
    return Spell(
        first=checked[first].day,
        last=checked[wrong[-1]].day,
        wrong=sum(day.wrong for day in spell),
        of=sum(day.of for day in spell),
        before=sum(day.of for day in clean),
        before_from=clean[0].day if clean else None,
        earlier=checked[ahead[-1]].day if ahead else None,
        after=sum(day.of for day in checked[wrong[-1] + 1 :]),
        last_right=right[-1] if right else None,
    )


def _begin(checked: Sequence[CheckedDay], wrong: Sequence[int]) -> int:
    """Return where the latest spell begins: after enough right answers, or with the first wrong one."""
    begin = wrong[-1]
    for before in reversed(wrong[:-1]):
        if sum(day.of for day in checked[before + 1 : begin]) >= ENDS:
            break
        begin = before
    return begin
