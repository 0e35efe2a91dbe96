"""Reports: written into a folder at once, mailed when they are due."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog

from monitor import calendar, pipeline
from monitor.domain.alerts import NoticeState
from monitor.domain.brand import ReportPlan, Schedule
from monitor.domain.documents import Asked, Edition
from monitor.domain.errors import Mistake
from monitor.domain.portrait import Portrait
from monitor.domain.spells import Since
from monitor.pipeline import House, leaving
from monitor.service import proving, rounds_due, sheets, spells_found
from reports import mail, report
from storage import beats, brands, slots

log = structlog.get_logger(__name__)

# A report that could not be made or sent is still worth a day's trying.
_LATE = timedelta(days=1)
_LARGEST_LOGO = 400_000  # bytes


def portrait(house: House, start: date, end: date, *, assistant: str = "", topic: str = "") -> Portrait:
    """Return the portrait of a period; of one assistant or topic if they are named."""
    due = _rounds_due(house, start, end)
    made = pipeline.portray(house, start, end, rounds_due=due, assistant=assistant, topic=topic)
    return replace(house.mask.all(made), unconfirmed=sheets.unseen(house.store, house.settings, house.today))


def _rounds_due(house: House, start: date, end: date) -> int:
    """Return how many slots of the period could have run."""
    return len(rounds_due.due(house, *house.bounds(start, end)))


def write(house: House, start: date, end: date, folder: Path) -> list[Path]:
    """Write the full HTML report and its tables; returns the files, the report first."""
    shown = portrait(house, start, end)
    name = stem(house.settings.brand, start, end)
    html = report.html(
        shown,
        made_at=house.clock(),
        site=house.settings.site,
        zone=house.settings.zone,
        logo=logo(house),
        since=_since(house, start, end),
    )
    files = {f"{name}.html": html} | {
        f"{name}-{table}": text for table, text in report.tables(shown, zone=house.zone).items()
    }
    into(folder, {file: text.encode() for file, text in files.items()})
    return [folder / file for file in files]


def _since(house: House, start: date, end: date) -> list[Since]:
    return spells_found.reaching(spells_found.checked(house, end), start, end)


def into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made; Mistake where that cannot be."""
    _made(folder)
    for file, content in files.items():
        (folder / file).write_bytes(content)


def stem(brand: str, start: date, end: date) -> str:
    """Return what the files of a report begin with."""
    return f"{_slug(brand)}-{start}-{end}"


def logo(house: House) -> bytes:
    """Return the brand's logo; empty where the brand file names none, or it cannot be read."""
    if not house.settings.logo:
        return b""
    try:
        return Path(house.settings.logo).read_bytes()[:_LARGEST_LOGO]
    except OSError as error:
        log.warning("no logo", file=house.settings.logo, why=error.strerror)
        return b""


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Mistake(f"{folder}: cannot be made ({error.strerror}); name another folder with --out.") from error


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-") or "brand"


def send_due(house: House) -> int:
    """Mail every scheduled report whose time has come, once; returns how many."""
    return sum(_send_if_due(house, number, plan) for number, plan in enumerate(house.settings.reports))


def _send_if_due(house: House, number: int, plan: ReportPlan) -> bool:
    now, brand, purpose = house.clock(), house.settings.brand, f"report:{number}"
    with house.store.snapshot() as tx:
        known = set(slots.claimed(tx, brand, purpose, now - timedelta(days=62)))
        since = brands.first_used(tx, brand)
    due, _ = calendar.due(
        Schedule(cron=plan.cron, timezone=house.settings.zone), now, known=known, oldest=_LATE, since=since
    )
    sent = [_mail(house, plan, purpose, slot) for slot in due]
    return any(sent)


def _mail(house: House, plan: ReportPlan, purpose: str, slot: calendar.Slot) -> bool:
    """Send to each recipient who has not got it, then claim the slot.

    A crash in between repeats a Message-ID, and loses nothing. Where somebody could not be reached, the others do not
    get it again with the next try, which comes a while later: making a report takes its time.
    """
    wanting = _left(house, plan, purpose, slot)
    if wanting is None:
        return False
    start, end = calendar.last_period(plan.period, date.fromisoformat(slot.key[:10]))
    asked = Asked(start=start, end=end, edition=Edition(plan.edition))
    shown = portrait(house, start, end)
    html = report.html(
        shown,
        made_at=slot.at,
        site=house.settings.site,
        zone=house.settings.zone,
        edition=asked.edition,
        before=portrait(house, *calendar.last_period(plan.period, start)) if plan.compare else None,
        exhibits=proving.exhibits(house, asked),
        logo=logo(house),
        since=_since(house, start, end),
    )
    pdf = house.draw(html) if "pdf" in plan.formats else b""
    letter = Letter(shown=shown, html=html, pdf=pdf, made_at=slot.at, edition=asked.edition)
    sent = {recipient: _deliver(house, letter, recipient) for recipient in wanting}
    return _noted(house, purpose, slot, sent)


_AGAIN = timedelta(minutes=15)  # after a report reached somebody and not everybody


def _left(house: House, plan: ReportPlan, purpose: str, slot: calendar.Slot) -> list[str] | None:
    """Return who is to get a report and has not; None where it was tried a moment ago."""
    brand, wanting = house.settings.brand, _wanting(house, plan)
    with house.store.snapshot() as tx:
        tried = beats.last(tx, _tries(brand, purpose))
        got = set(slots.claimed(tx, brand, f"{purpose} to", slot.at - _LATE))
    if tried is not None and slot.at <= tried <= house.clock() < tried + _AGAIN:
        return None
    return [recipient for recipient in wanting if f"{slot.key} {recipient}" not in got]


def _noted(house: House, purpose: str, slot: calendar.Slot, sent: Mapping[str, bool]) -> bool:
    """Write down who got a report; whether that was everybody."""
    brand, now = house.settings.brand, house.clock()
    with house.store.transaction() as tx:
        if all(sent.values()):
            return slots.claim(tx, brand, purpose, slot.key, now)
        for recipient in (name for name, got in sent.items() if got):
            slots.claim(tx, brand, f"{purpose} to", f"{slot.key} {recipient}", now)
        beats.beat(tx, _tries(brand, purpose), now)
    return False


def _tries(brand: str, purpose: str) -> str:
    return f"{purpose} {brand}"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A report as it goes to every recipient."""

    shown: Portrait
    html: str
    pdf: bytes  # empty: none was asked for
    made_at: datetime
    edition: Edition = Edition.FULL


def _deliver(house: House, letter: Letter, recipient: str) -> bool:
    shown = letter.shown
    sender = house.settings.alerts.sender if house.settings.alerts else "likeness@localhost"
    what = "" if letter.edition is Edition.FULL else f"|{letter.edition}"
    known_by = f"{shown.brand}|{shown.start}|{shown.end}|{recipient}{what}"
    identity = hashlib.sha256(known_by.encode()).hexdigest()[:32]
    message = mail.report(
        shown,
        letter.html,
        sender=sender,
        recipient=recipient,
        made_at=letter.made_at,
        message_id=f"<report.{identity}@{pipeline.mail_domain(house.settings)}>",
        site=house.settings.site,
        zone=house.settings.zone,
        pdf=letter.pdf,
        unsubscribe=leaving.link(house, recipient),
    )
    delivered = house.post.send(message)
    if delivered.state is NoticeState.WAITING:
        log.warning("report waits", recipient=recipient, why=delivered.detail)
    return delivered.state is not NoticeState.WAITING


def _wanting(house: House, plan: ReportPlan) -> list[str]:
    """Return who gets a regular report: all that the brand file names, but those who left."""
    named = plan.to or _alert_recipients(house)
    return [recipient for recipient in named if not leaving.has_left(house, recipient)]


def _alert_recipients(house: House) -> tuple[str, ...]:
    return house.settings.alerts.to if house.settings.alerts else ()
