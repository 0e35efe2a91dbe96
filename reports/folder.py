"""Mails as .eml files, for those who have set no server: every mail program opens them."""

from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from monitor.domain.alerts import NoticeState
from reports.plain import slug
from reports.receipt import Delivered

_RETRY = 15 * 60.0  # seconds


class Folder:
    """Writes each message to `<day>-<subject>.eml`; the same message again overwrites its own file."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def send(self, message: EmailMessage) -> Delivered:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            place = self._place(message)
            _write(place, message.as_bytes())
        except OSError as error:
            why = error.strerror or type(error).__name__
            detail = f"The mail could not be written to {self.path}: {why}."
            return Delivered(state=NoticeState.WAITING, detail=detail, retry_after=_RETRY)
        return Delivered(state=NoticeState.SENT, detail=f"Written to {place}.")

    def _place(self, message: EmailMessage) -> Path:
        """Return the file of this message: its own if it was written before, else the first free name."""
        day = parsedate_to_datetime(message["Date"]).date().isoformat() if message["Date"] else "undated"
        name = f"{day}-{slug(str(message['Subject'] or ''))}"
        number, place = 1, self.path / f"{name}.eml"
        while place.exists() and _message_id(place) != str(message["Message-ID"]):
            number += 1
            place = self.path / f"{name}-{number}.eml"
        return place


def _message_id(place: Path) -> str:
    with place.open("rb") as file:
        return str(BytesHeaderParser().parse(file)["Message-ID"])


def _write(place: Path, content: bytes) -> None:
    """Write all or nothing."""
    draft = place.with_suffix(".part")
    draft.write_bytes(content)
    draft.replace(place)
