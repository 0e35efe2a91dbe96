"""Changes that passed a test, with their cause where it is known."""

from collections.abc import Mapping

from monitor.domain.documents import Edition
from monitor.domain.measures import Shift
from monitor.domain.portrait import Portrait
from reports import words
from reports.moves import ordered, sentence
from reports.plain import one_line
from reports.section import Page, Section, asked
from reports.tables import Table

_MANY = 1_000_000
_PERMUTED = "; permutation test"
_IN_SHORT = 4  # sentences on the page for leaders


def _view(page: Page) -> Mapping[str, object]:
    shifts = ordered(page.portrait)
    if page.edition is Edition.LEADERSHIP:
        told = [sentence(page.portrait, shift) for shift in shifts[:_IN_SHORT]]
        return {"short": told, "more": len(shifts) - len(told), "changes": [], "tests": []}
    tests = dict.fromkeys(_test(shift)[0] for shift in shifts if shift.test)
    changes = [_told(page.portrait, shift) for shift in shifts]
    return {"short": [], "more": 0, "changes": changes, "tests": [words.capital(test) for test in tests]}


def _told(portrait: Portrait, shift: Shift) -> Mapping[str, str]:
    return {
        "sentence": sentence(portrait, shift, support=False),
        "before": words.estimate(shift.before),
        "after": words.estimate(shift.after),
        "chance": _chance(shift.evidence),
        "permuted": _test(shift)[1],
    }


def _test(shift: Shift) -> tuple[str, str]:
    """Return by what test a change was found, and what a permutation of its own answers says; empty: nothing."""
    test, permuted, found = one_line(shift.test).partition(_PERMUTED)
    return test, f"{permuted.removeprefix('; ')}{found}"


def _chance(evidence: float) -> str:
    """Return what an e-value promises: 1 / e bounds the chance of seeing it without a change."""
    if evidence <= 1:
        return "no bound on chance is known"
    tries = f"more than {words.number(_MANY)}" if evidence > _MANY else words.number(float(f"{evidence:.2g}"))
    return f"without a change, chance shows this at most once in {tries} tries"


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("assistant", "surface", "measure", "subject", "topic", "since", "before", "before_of", "after",
               "after_of", "evidence", "test", "cause")  # fmt: skip
    rows = tuple(
        (
            asked(portrait, shift.series), shift.series.surface.value, shift.series.measure.value,
            shift.series.subject, shift.series.topic, shift.since.isoformat(), shift.before.rate.value,
            shift.before.rate.of, shift.after.rate.value, shift.after.rate.of, shift.evidence, shift.test, shift.cause,
        )
        for shift in portrait.shifts
    )  # fmt: skip
    return (Table(name="changes", columns=columns, rows=rows),)


SECTION = Section(
    id="changes",
    order=20,
    title="What changed",
    view=_view,
    tables=_tables,
    editions=frozenset({Edition.FULL, Edition.LEADERSHIP}),
)
