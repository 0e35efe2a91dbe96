"""Sentences about tables of facts that many people wrote: `python -m tests.bench.tables FOLDER [dev|train]`.

The folder holds rows of {"table_id", "claim", "label", "facts"} as InfoTabS publishes them. A table's cells become a
fact sheet where they have a type that a sheet knows: a date, a year, a count, an amount of money, a share, a person or
several, a place. A sentence is read as an answer about the table's title. Its verdict is wrong where any claim in it is
wrong, and right where a claim is supported and nothing else stands in the sentence that was not checked. Rows fall in
two halves by a hash of table and sentence, so that what is changed for one can be looked at in the other.
"""

import calendar
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from monitor.analysis import kinds, lexicon
from monitor.analysis.claims import Checker
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.folding import WORD, fold
from monitor.analysis.mentions import Finder
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FactValue
from monitor.domain.readings import Claim

Row = Mapping[str, Any]
PUBLISHED = date(2019, 7, 1)  # "61 years ago" in the tables is counted from about then
_MONTHS = [*calendar.month_name][1:]
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?P<d>\d{{1,2}}) (?P<m>{_MONTH}),? (?P<y>\d{{4}})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}})"
)
_YEAR = re.compile(r"(?P<y>1\d{3}|20[012]\d)(?:; \d+ years ago| \(\d+ years ago\))?")
_COUNT = re.compile(r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (?P<unit>[a-z]+))?")
_MONEY = re.compile(r"(?P<cur>[$€£])(?P<n>[\d,.]+)(?: (?P<scale>million|billion))?")
_SHARE = re.compile(r"(?P<n>\d+(?:\.\d+)?) ?%")
_NAME = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]*){1,3}")
_TOWN = re.compile(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}(?:, [A-Z][\w'. -]+){1,3}")
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP"}
_SCALE = {"million": 1e6, "billion": 1e9, None: 1.0}
# How a person who keeps a sheet would call what a column is named: (about, cues).
_ABOUT = {
    "Born": ("date of birth", ("born", "birth")),
    "Died": ("date of death", ("died", "death", "passed away")),
    "Children": ("number of children", ()),
    "Running time": ("running time", ()),
    "Box office": ("box office", ("grossed", "earned")),
    "Budget": ("budget", ("budget",)),
    "Released": ("release date", ()),
    "Directed by": ("director", ("directed by",)),
    "Produced by": ("producer", ("produced by",)),
    "Written by": ("writer", ("written by",)),
    "Music by": ("composer of the music", ("music by",)),
    "Edited by": ("editor", ("edited by",)),
    "Starring": ("starring", ()),
    "Headquarters": ("headquarters", ()),
}
_PEOPLE = {
    *("Directed by", "Produced by", "Written by", "Music by", "Edited by", "Starring", "Producer", "Founder"),
    *("Founder(s)", "CEO", "President", "Chairman", "Author", "Artist", "Owner", "Trainer", "Prime Minister"),
    *("Director", "Key people"),
}
_PLACES = {"Headquarters", "Location", "Origin", "Residence", "Resting place", "Home town", "Place of origin"}


def facts(cells: Mapping[str, Sequence[str]]) -> Iterator[Fact]:
    for number, (key, values) in enumerate(cells.items()):
        if key != "title":
            yield from _facts(f"f{number}", key, [" ".join(value.split()) for value in values])


def _facts(name: str, key: str, values: Sequence[str]) -> Iterator[Fact]:
    about, cues = _ABOUT.get(key, (key.lower(), ()))
    typed = _typed(key, values)
    if typed:
        kind, value, unit = typed
        yield Fact(id=name, kind=kind, about=about, value=value, unit=unit, cues=cues)


def _typed(key: str, values: Sequence[str]) -> tuple[str, FactValue, str] | None:
    if key in _PEOPLE and all(_NAME.fullmatch(value) for value in values):
        return ("person", values[0], "") if len(values) == 1 else ("set", tuple(values), "")
    if len(values) != 1:
        return None
    value = values[0]
    days = {_iso(match) for match in _DAY.finditer(value)}
    if len(days) == 1:
        return "date", days.pop(), ""
    if key in _PLACES and _TOWN.fullmatch(value):
        return "place", value, ""
    return _amount(key, value)


def _amount(key: str, value: str) -> tuple[str, FactValue, str] | None:
    if year := _YEAR.fullmatch(value):
        return "year", int(year["y"]), ""
    if money := _MONEY.fullmatch(value):
        return "money", float(money["n"].replace(",", "")) * _SCALE[money["scale"]], _CURRENCY[money["cur"]]
    if share := _SHARE.fullmatch(value):
        return "percent", float(share["n"]), ""
    if count := _COUNT.fullmatch(value):
        return "number", float(count["n"].replace(",", "")), count["unit"] or key.lower()
    return None


def _iso(match: re.Match[str]) -> str:
    day, month, year = match["d"] or match["d2"], match["m"] or match["m2"], match["y"] or match["y2"]
    return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"


def half(row: Row) -> str:
    """The half that a row belongs to: `a` is looked at, `b` only counted."""
    digest = hashlib.sha256(f"{row['table_id']}/{row['claim']}".encode()).digest()
    return "ab"[digest[0] % 2]


def verdict(sheet: FactSheet, sentence: str, claims: Sequence[Claim]) -> str:
    """The verdict of a sentence: wrong where any claim is, supported where one is and nothing else is said."""
    given = {claim.verdict.value for claim in claims}
    if given & {"contradicted", "outdated"}:
        return "contradicted"
    if "supported" not in given or unchecked(sheet, sentence, claims):
        return ""
    return "supported"


def unchecked(sheet: FactSheet, sentence: str, claims: Sequence[Claim]) -> list[str]:
    """The words of a sentence that no claim speaks of: its label is about them too."""
    compiled = compile_sheet(sheet, kinds.ALL)
    facts = {claim.fact for claim in claims}
    asked = [one for one in compiled.asked if one.fact.id in facts]
    concepts = compiled.generic.union(*(one.concepts | one.units | {one.cue} for one in asked))
    known = {known.concept for one in asked for known in one.known}
    folded = fold(sentence)
    told = [hit for hit in compiled.spotter.find(folded, "en") if hit.concept in concepts | known]
    own = fold(" ".join([sheet.brand.name, *(f"{one.fact.about} {one.fact.value}" for one in asked)]))
    words = {*WORD.findall(own), *_SAID_BY_ALL, *(_WHEN if any(one.kind == "date" for one in asked) else ())}
    values = " ".join(claim.value for claim in claims)
    return [
        match[0]
        for match in WORD.finditer(folded)
        if match[0] not in words
        and not (match[0].isdigit() and (match[0] in values or not _YEAR.fullmatch(match[0])))
        and not any(hit.start <= match.start() and match.end() <= hit.end for hit in told)
    ]


_SAID_BY_ALL = lexicon.listed("empty") | {
    *WORD.findall(
        "he she his her their did s million billion hundred thousand one two three four five six seven eight"
    ),
    *WORD.findall("nine ten twelve there about around over more than less under early late mid year years month day"),
    *WORD.findall("century 19th 20th 21st"),
}
# Parts of a year say more than a fact that is a year: these are checked by a date alone.
_WHEN = {*map(fold, _MONTHS), *WORD.findall("spring summer fall autumn winter")}


def read(rows: Iterable[Row], cells: Mapping[str, Any]) -> Iterator[tuple[Row, FactSheet, tuple[Claim, ...]]]:
    made: dict[str, tuple[FactSheet, Checker, Finder]] = {}
    for row in rows:
        known = row.get("facts") or cells[row["table_id"]]
        if row["table_id"] not in made:
            sheet = FactSheet(brand=Entity(name=known["title"][0]), facts=tuple(facts(known)), as_of=PUBLISHED)
            made[row["table_id"]] = sheet, Checker(sheet), Finder(sheet.entities)
        sheet, checker, finder = made[row["table_id"]]
        answer = Answer(id="a", text=row["claim"], question=f"What is {sheet.brand.name}?", lang="en")
        document = parse(answer.text, "en")
        yield row, sheet, checker.check(document, finder.find(document, answer.question), answer)


def main() -> None:
    folder, part = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "dev"
    rows = [json.loads(line) for line in (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
    cells = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    counts: dict[str, Counter[str]] = {"a": Counter(), "b": Counter()}
    for row, sheet, claims in read(rows, cells):
        if not sheet.facts:
            continue
        said, counted = verdict(sheet, row["claim"], claims), counts[half(row)]
        counted["rows"] += 1
        if said:
            counted[f"{said} {'right' if said == row['label'] else 'false'}"] += 1
            if "-v" in sys.argv and half(row) == "a" and said != row["label"]:
                kind = {f.id: f"{f.kind}/{f.about}={f.value}{f.unit}" for f in sheet.facts}
                told = "; ".join(f"{kind[c.fact]} {c.verdict} {c.value!r}" for c in claims)
                print(f"{said:12} is {row['label']:15} [{sheet.brand.name}] {row['claim']}  <{told}>")
    for name, counted in [*counts.items(), ("all", counts["a"] + counts["b"])]:
        print(name, line(counted))


def line(counted: Counter[str]) -> str:
    parts = []
    for said in ("contradicted", "supported"):
        right, false = counted[f"{said} right"], counted[f"{said} false"]
        parts.append((right, right + false))
    right, given = sum(one for one, _ in parts), sum(of for _, of in parts)
    shown = "   ".join(
        f"{name} {one}/{of} = {one / of if of else 1:.3f}"
        for name, (one, of) in zip(("wrong", "supported"), parts, strict=True)
    )
    return f"given verdicts {right}/{given} = {right / given if given else 1:.3f} of {counted['rows']} rows   {shown}"


if __name__ == "__main__":
    main()
