"""Reports on demand: asked for, made beside whoever asked, kept with their files."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import structlog

from monitor.domain.documents import Asked, Report
from monitor.domain.errors import Mistake
from monitor.domain.portrait import Portrait
from monitor.pipeline import House
from monitor.service import asked_ever, documents, portraits, proving, since_when
from monitor.service.beside import Beside, in_a_thread
from reports import report as document
from storage import exports
from storage import reports as kept
from storage.writers import write_jsonl

log = structlog.get_logger(__name__)

FORMATS = ("html", "pdf", "csv", "jsonl")
LONGEST = 3660  # days


def ask(house: House, asked: Asked, *, by: str = "", beside: Beside = in_a_thread) -> Report:
    """Write down that a report is wanted and make it beside the caller, who finds it by its id.

    `beside` runs what it is given without waiting for it; by default in a thread of its own.
    """
    _check(asked, house.today)
    _check_parts(house, asked)
    wanted = Report(id=house.new_id(), brand=house.settings.brand, asked=asked, asked_at=house.clock(), asked_by=by)
    with house.store.transaction() as tx:
        kept.ask(tx, wanted)
    beside(lambda: make(house, wanted))
    return wanted


def _check(asked: Asked, today: date) -> None:
    periods = [(asked.start, asked.end), *([asked.before] if asked.before else [])]
    for start, end in periods:
        if start > end or (end - start).days > LONGEST:
            raise Mistake(f"From {start} to {end} is no period; take a first day before the last, at most ten years.")
    if asked.start > today:
        raise Mistake(f"{asked.start} has not come yet: nothing was asked then. Take a first day up to today, {today}.")
    unknown = set(asked.formats) - set(FORMATS)
    if unknown or not asked.formats:
        raise Mistake(
            f"A report comes as {', '.join(FORMATS)}; {', '.join(sorted(unknown)) or 'nothing'} was asked for."
        )


def make(house: House, wanted: Report) -> None:
    """Make the files of a report and keep them; a mistake is kept as the reason why there are none."""
    try:
        files = dict(_files(house, wanted.asked))
    except Mistake as mistake:
        with house.store.transaction() as tx:
            kept.failed(tx, wanted.id, str(mistake))
        log.error("report failed", brand=wanted.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
        return
    with house.store.transaction() as tx:
        kept.made(tx, wanted.id, files, house.clock())


def _files(house: House, asked: Asked) -> Iterator[tuple[str, tuple[str, bytes]]]:
    shown = _portrait(house, asked, asked.start, asked.end)
    stem = documents.stem(house.settings.brand, asked.start, asked.end)
    html = page(house, asked, shown)
    yield f"{stem}.html", ("text/html; charset=utf-8", html.encode())
    if "pdf" in asked.formats:
        yield f"{stem}.pdf", ("application/pdf", house.draw(html))
    if "csv" in asked.formats:
        yield f"{stem}-tables.zip", ("application/zip", _zipped(document.tables(shown, zone=house.zone)))
    if "jsonl" in asked.formats:
        yield f"{stem}-answers.jsonl", ("application/x-ndjson", _answers(house, asked).encode())


def write(house: House, asked: Asked, folder: Path) -> list[Path]:
    """Write the files of a report into a folder, tables as CSV files; returns them, the report first."""
    _check(asked, house.today)
    _check_parts(house, asked)
    shown = _portrait(house, asked, asked.start, asked.end)
    stem = documents.stem(house.settings.brand, asked.start, asked.end)
    html = page(house, asked, shown)
    files: dict[str, bytes] = {f"{stem}.html": html.encode()}
    if "pdf" in asked.formats:
        files[f"{stem}.pdf"] = house.draw(html)
    if "csv" in asked.formats:
        files |= {f"{stem}-{name}": text.encode() for name, text in document.tables(shown, zone=house.zone).items()}
    if "jsonl" in asked.formats:
        files[f"{stem}-answers.jsonl"] = _answers(house, asked).encode()
    documents.into(folder, files)
    return [folder / name for name in files]


def _check_parts(house: House, asked: Asked) -> None:
    assistants = [id_ for id_, _ in asked_ever.assistants(house, house.today)]
    topics = sorted({each.topic for each in house.settings.prompts if each.topic})
    for what, name, known in (("assistant", asked.assistant, assistants), ("topic", asked.topic, topics)):
        if name and name not in known:
            raise Mistake(f"No {what} is called {name!r} here; there are {', '.join(known) or 'none'}.")


def _portrait(house: House, asked: Asked, start: date, end: date) -> Portrait:
    """Return the portrait of these days: the one that the pages show, where it is of every assistant and topic."""
    if asked.assistant or asked.topic:
        return documents.portrait(house, start, end, assistant=asked.assistant, topic=asked.topic)
    return portraits.portrait(house, start, end)


def page(house: House, asked: Asked, shown: Portrait) -> str:
    """Return the report as HTML."""
    before = None
    if asked.before:
        before = _portrait(house, asked, *asked.before)
    return document.html(
        shown,
        made_at=house.clock(),
        site=house.settings.site,
        zone=house.settings.zone,
        edition=asked.edition,
        before=before,
        exhibits=proving.exhibits(house, asked),
        logo=documents.logo(house),
        assistant=asked.assistant,
        topic=asked.topic,
        since=since_when.since(house, asked.start, asked.end, topic=asked.topic),
    )


def _zipped(tables: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()


def _answers(house: House, asked: Asked) -> str:
    stream = io.StringIO()
    with house.store.snapshot() as tx:
        rows = exports.rows(tx, house.settings.brand, "answers", *house.bounds(asked.start, asked.end))
        write_jsonl(map(house.mask.all, rows), stream)
    return stream.getvalue()


def days_before(start: date, end: date) -> tuple[date, date]:
    """Return the stretch of the same length that ends the day before `start`; Mistake where the calendar has none."""
    length = (end - start).days + 1
    if length >= start.toordinal():
        raise Mistake(f"Before {start} there are no {length:,} days to compare with; take later days, or fewer.")
    return start - timedelta(days=length), start - timedelta(days=1)
