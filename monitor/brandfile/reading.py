"""The whole file: text in, settings out, or one error with every mistake."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from monitor.brandfile import asking, checks, confirming, entities, facts, keeping, telling
from monitor.brandfile.fields import Section
from monitor.brandfile.mistakes import BrandFileError, Findings, Unreadable
from monitor.brandfile.named import Names
from monitor.brandfile.outside import Askable, CheckCron, KindOfFact, Known
from monitor.brandfile.placed import Placed
from monitor.brandfile.scalars import first_day, text
from monitor.brandfile.words import name, web_address
from monitor.brandfile.yaml_nodes import Pairs, compose
from monitor.domain.brand import (
    AskingSettings,
    AssistantSettings,
    Budget,
    ConfirmSettings,
    Entity,
    Fact,
    FactSheet,
    Prompt,
    Settings,
)
from monitor.domain.keeping import KeepSettings

MOST_BYTES = 4_000_000  # a million characters of any script


@dataclass(frozen=True, kw_only=True)
class BrandFile:
    """A file that was read, and what is allowed but worth a look."""

    settings: Settings
    warnings: tuple[str, ...] = ()


def read(
    path: Path,
    *,
    kinds: Mapping[str, KindOfFact],
    assistants: Mapping[str, Askable],
    check_cron: CheckCron,
) -> Settings:
    """Return the settings of a file; BrandFileError tells every mistake."""
    return read_with_warnings(path, kinds=kinds, assistants=assistants, check_cron=check_cron).settings


def read_with_warnings(
    path: Path,
    *,
    kinds: Mapping[str, KindOfFact],
    assistants: Mapping[str, Askable],
    check_cron: CheckCron,
    today: date | None = None,
) -> BrandFile:
    """Return settings and warnings; `today` decides which facts have expired."""
    known = Known(kinds=kinds, assistants=assistants, check_cron=check_cron, today=today)
    return _parsed(_text(path), str(path), known)


def parse(
    source: str,
    name: str,
    *,
    kinds: Mapping[str, KindOfFact],
    assistants: Mapping[str, Askable],
    check_cron: CheckCron,
) -> Settings:
    """Return the settings of a text; `name` is what its mistakes are placed in."""
    return _parsed(source, name, Known(kinds=kinds, assistants=assistants, check_cron=check_cron)).settings


def parse_with_warnings(
    source: str,
    name: str,
    *,
    kinds: Mapping[str, KindOfFact],
    assistants: Mapping[str, Askable],
    check_cron: CheckCron,
    today: date | None = None,
) -> BrandFile:
    """As `parse`, with what is allowed but worth a look."""
    return _parsed(source, name, Known(kinds=kinds, assistants=assistants, check_cron=check_cron, today=today))


def version(source: str) -> str:
    """Return what tells two texts of a brand file apart: 12 hex digits.

    >>> version("")
    'e3b0c44298fc'
    """
    return hashlib.sha256(source.encode(errors="surrogatepass")).hexdigest()[:12]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BrandFileError(f"{path}: there is no such file; `likeness init` writes one to start from") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BrandFileError(f"{path}: cannot be read ({why}); name a text file that you may read") from error
    if len(raw) > MOST_BYTES:
        raise BrandFileError(f"{path}: the file has more than {MOST_BYTES:,} bytes; split it by brand")
    return _decoded(raw, path)


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrandFileError(f"{path}:{line}: this is not UTF-8 text; save the file as UTF-8") from None


def _parsed(source: str, name: str, known: Known) -> BrandFile:
    found = Findings(name)
    settings = None
    try:
        root = compose(source.removeprefix("\ufeff"), found)
        if isinstance(root, Pairs):
            settings = _settings(Section(root, "the file", found), known)
        else:
            found.wrong(0, "this is no brand file", "`likeness init` writes one to start from")
    except Unreadable as end:
        found.wrong(end.line, end.what, end.remedy)
    if settings is None or found.any_wrong:
        raise found.error()
    return BrandFile(settings=replace(settings, source=source, version=version(source)), warnings=found.warnings)


def _settings(top: Section, known: Known) -> Settings:
    brand, site, logo = _brand(top)
    rivals = [_competitor(part) for part in top.parts("competitors")]
    rows = [facts.fact(part, known) for part in top.parts("facts")]
    prompts = [asking.prompt(part) for part in top.parts("prompts")]
    asked = [asking.assistant(part, known) for part in top.parts("assistants")]
    plan = top.part("schedule")
    schedule = asking.schedule(plan, known.check_cron) if plan else None
    budget, alerts, judge = top.part("budget"), top.part("alerts"), top.part("judge")
    confirm, limits, keep = top.part("confirm"), top.part("asking"), top.part("keep")
    _check(top, named=[brand, *rivals], rows=rows, prompts=prompts, asked=asked, known=known)
    names = Names(placed.value for placed in (brand, *rivals))
    subjects = _subjects([brand, *rivals], rows, prompts, asked)
    settings = Settings(
        sheet=FactSheet(
            brand=brand.value,
            competitors=tuple(rival.value for rival in rivals),
            facts=tuple(row.value for row in rows),
            watch=_watch(top),
            as_of=top.read("as_of", first_day, None),
        ),
        site=site,
        logo=logo,
        prompts=tuple(replace(row.value, names=names.within(row.value.text)) for row in prompts),
        assistants=tuple(row.value for row in asked),
        schedule=schedule,
        budget=asking.budget(budget) if budget else Budget(),
        alerts=telling.alerts(alerts, known.check_cron, subjects | set(_watch(top))) if alerts else None,
        reports=tuple(telling.report(part, known.check_cron) for part in top.parts("reports")),
        judge=telling.judge(judge, known) if judge else None,
        confirm=confirming.confirm(confirm) if confirm else ConfirmSettings(),
        asking=asking.limits(limits) if limits else AskingSettings(),
        keep=keeping.keep(keep) if keep else KeepSettings(),
        mask=keeping.mask(top),
    )
    top.close()
    return settings


def _brand(top: Section) -> tuple[Placed[Entity], str, str]:
    section = top.part("brand")
    if section is None:
        top.found.wrong(top.line_of("brand"), "the file has no brand", "add brand: with its name: below it")
        nowhere = dict.fromkeys(("name", "aliases", "not", "domains"), 0)
        return Placed(value=Entity(name=""), line=0, lines=nowhere), "", ""
    brand = entities.entity(section)
    site, logo = section.read("site", web_address, ""), section.read("logo", text, "")
    section.close()
    return brand, site, logo


def _competitor(section: Section) -> Placed[Entity]:
    rival = entities.entity(section)
    section.close()
    return rival


def _subjects(
    named: Sequence[Placed[Entity]],
    rows: Sequence[Placed[Fact]],
    prompts: Sequence[Placed[Prompt]],
    asked: Sequence[Placed[AssistantSettings]],
) -> set[str]:
    """Return what a finding can be about, besides watched topics."""
    ids = {row.value.id for row in rows} | {each.value.id for each in asked}
    return ids | {placed.value.topic for placed in prompts} | {placed.value.name for placed in named}


def _watch(top: Section) -> tuple[str, ...]:
    return tuple(dict.fromkeys(top.each("watch", name)))


def _check(
    top: Section,
    *,
    named: Sequence[Placed[Entity]],
    rows: Sequence[Placed[Fact]],
    prompts: Sequence[Placed[Prompt]],
    asked: Sequence[Placed[AssistantSettings]],
    known: Known,
) -> None:
    found = top.found
    if not rows:
        remedy = "add one, such as - {id: founded, kind: year, about: founding year, value: 1943}"
        found.wrong(top.line_of("facts"), "the sheet has no facts, so nothing could be checked", remedy)
    checks.unique_ids(rows, "facts", found)
    checks.unique_ids(prompts, "prompts", found)
    checks.unique_ids(asked, "assistants", found)
    checks.names_apart(named, found)
    checks.prompts_differ(prompts, found)
    checks.facts_hold(rows, known, found)
