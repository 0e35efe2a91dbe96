"""What the assistants say about each fact on the sheet."""

from collections.abc import Mapping

from monitor.domain.measures import Estimate, Measure
from monitor.domain.portrait import FactPortrait, Portrait
from monitor.domain.spells import Since
from reports import figures, grids, since, words
from reports.plain import web_address
from reports.section import Page, Section, asked
from reports.tables import Table

_QUOTES = 3  # of one fact


def _view(page: Page) -> Mapping[str, object]:
    portrait = page.portrait
    title = "Checked statements that were right"
    return {
        "checked": checked(portrait),
        "left_out": page.left_out,
        "grid": grids.grid(portrait, portrait.accuracy),
        "figures": (
            *figures.comparison(portrait, portrait.accuracy, title=title, axis="right, in % of checked statements"),
            *figures.verdicts(portrait.facts),
            *figures.trends(portrait, Measure.ACCURACY, title="Accuracy over time", axis="%"),
        ),
        "facts": [_told(page, each) for each in sorted(portrait.facts, key=_wrong, reverse=True)],
    }


def checked(portrait: Portrait) -> str:
    """Return 'Of 130 claims, 92 were checkable'; the rest are no mistakes, nobody can tell."""
    if not portrait.claims:
        return "No claim about a fact on the sheet was found."
    checkable = words.number(portrait.checkable)
    return f"Of {words.count(portrait.claims, 'claim')}, {checkable} could be checked against the sheet."


def _wrong(each: FactPortrait) -> tuple[int, int]:
    return each.contradicted + each.outdated, each.supported


def _told(page: Page, each: FactPortrait) -> Mapping[str, object]:
    fact = each.fact
    source, spells = web_address(fact.source), since.of_fact(page.since, fact.id)
    spoken = [(asked(page.portrait, of.series), of) for of in each.by_assistant if of.rate.of]
    return {
        "about": words.capital(fact.about or fact.id),
        "says": fact.says or str(fact.value),
        "severity": fact.severity.value,
        "source": source,
        "counts": _counts(each),
        "voices": [_voice(name, of, spells) for name, of in spoken if of.rate.hits],
        "clean": words.joined([f"{name} ({_none(of)})" for name, of in spoken if not of.rate.hits]),
        "quotes": each.quotes[: min(_QUOTES, _wrong(each)[0])],
        "wrong": bool(_wrong(each)[0]),
    }


def _voice(name: str, of: Estimate, spells: Mapping[since.Asked, Since]) -> str:
    """Return how often an assistant is wrong in the period, and since when it is."""
    often = f"{name}: wrong or out of date in {words.estimate(of)}"
    spell = spells.get((of.series.assistant_id, of.series.surface))
    return f"{often}; {since.written(spell)}" if spell else often


def _none(of: Estimate) -> str:
    """Return how sure it is that an assistant is never wrong: '0 of 29 answers, 95 % interval 0-12 %'."""
    return f"0 of {words.count(of.rate.of, 'answer')}, {words.interval(of.interval)}"


def _counts(each: FactPortrait) -> str:
    told = each.supported + each.outdated + each.contradicted
    if not told:
        return f"not measured: {_unchecked(each.unverified)}"
    rest = f"; in {words.count(each.unverified, 'more answer')} it could not be checked" if each.unverified else ""
    parts = [
        f"{number} {word}"
        for number, word in ((each.supported, "right"), (each.outdated, "out of date"), (each.contradicted, "wrong"))
        if number
    ]
    return f"{words.count(told, 'answer')}: {words.joined(parts)}{rest}"


def _unchecked(answers: int) -> str:
    if not answers:
        return "no answer speaks of it"
    speak = "speaks" if answers == 1 else "speak"
    return f"{words.count(answers, 'answer')} {speak} of it, but not so that it could be checked"


def _tables(portrait: Portrait) -> tuple[Table, ...]:
    columns = ("fact", "about", "severity", "right", "out_of_date", "wrong", "unverified", "says", "source")
    rows = tuple(
        (
            each.fact.id, each.fact.about, each.fact.severity.value, each.supported, each.outdated, each.contradicted,
            each.unverified, each.fact.says, each.fact.source,
        )
        for each in portrait.facts
    )  # fmt: skip
    rates = [estimate for each in portrait.facts for estimate in each.by_assistant]
    return (
        Table(name="facts", columns=columns, rows=rows),
        grids.table(portrait, "accuracy", [*portrait.accuracy, *rates]),
    )


SECTION = Section(id="accuracy", order=40, title="Accuracy, fact by fact", view=_view, tables=_tables)
