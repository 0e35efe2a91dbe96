"""Mails with a text and an HTML twin that say the same."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses

from monitor.domain.alerts import Notice, NoticeReason
from monitor.domain.errors import Mistake
from monitor.domain.portrait import Portrait
from reports import discretion, twins, zoned
from reports.letters import letter
from reports.pictures import Picture
from reports.plain import one_line, slug, web_address
from reports.summary import summary as summed

_NAME = "Likeness"
_TEMPLATES = {
    NoticeReason.OPENING_BALANCE: "opening",
    NoticeReason.PASSED: "resolved",
    NoticeReason.RESOLVED: "resolved",
}


class _Policy(policy.EmailPolicy):
    """Folds a subject so that it comes back as it was: the standard way adds spaces where it breaks a line."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject":
            folded: str = super().fold(name, value)
            return folded
        charset = "us-ascii" if value.isascii() else "utf-8"
        written = Header(str(value), charset, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {written}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() != "subject":
            folded: bytes = super().fold_binary(name, value)
            return folded
        return self.fold(name, value).encode("ascii")


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


class MailError(Mistake):
    """An address cannot be used; the text says which."""


def compose(notice: Notice, *, sender: str, site: str = "", unsubscribe: str = "", zone: str = "UTC") -> EmailMessage:
    """Return the mail of a notice, the same bytes every time it is composed.

    `unsubscribe` is the address by which its recipient leaves such mail with one click (RFC 8058). Times are told as
    they are in `zone`.
    """
    content = letter(zoned.told(notice, zone), site=site)
    template = _TEMPLATES.get(notice.reason, "alert")
    at = notice.told_at or notice.created_at
    message = _envelope(
        sender=sender,
        recipient=notice.recipient,
        subject=content.subject,
        at=at,
        message_id=notice.message_id,
    )
    _leavable(message, unsubscribe)
    if notice.thread:
        message["In-Reply-To"] = message["References"] = one_line(notice.thread)
    twins.fill(message, template, letter=content, at=zoned.at(at, zone))
    shown = {"alert": content.findings}.get(template, ())
    _illustrate(message, [finding.picture for finding in shown if finding.picture])
    _settle_boundaries(message)
    return message


def report(
    portrait: Portrait,
    html: str,
    *,
    sender: str,
    recipient: str,
    made_at: datetime,
    message_id: str,
    site: str = "",
    pdf: bytes = b"",
    confidential: bool = False,
    unsubscribe: str = "",
    zone: str = "UTC",
) -> EmailMessage:
    """Return the regular mail: headline, key numbers, and the report attached as HTML (and PDF, where one is given).

    `unsubscribe` is the address by which its recipient leaves with one click (RFC 8058). Times are told as they are in
    `zone`.
    """
    hidden = frozenset() if confidential else discretion.confidential(portrait)
    summary = summed(discretion.without(portrait, hidden))
    message = _envelope(sender=sender, recipient=recipient, subject=summary.subject, at=made_at, message_id=message_id)
    _leavable(message, unsubscribe)
    twins.fill(message, "report", summary=summary, at=zoned.at(made_at, zone), link=web_address(site))
    name = f"{slug(portrait.brand)}-{portrait.start:%Y-%m-%d}-to-{portrait.end:%Y-%m-%d}"
    message.add_attachment(html.encode(), maintype="text", subtype="html", filename=f"{name}.html")
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{name}.pdf")
    _settle_boundaries(message)
    return message


def _leavable(message: EmailMessage, unsubscribe: str) -> None:
    if leave := web_address(unsubscribe):
        message["List-Unsubscribe"] = f"<{leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _envelope(*, sender: str, recipient: str, subject: str, at: datetime, message_id: str) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(sender, _NAME)
    message["To"] = _address(recipient)
    message["Subject"] = one_line(subject)
    message["Date"] = at
    message["Message-ID"] = one_line(message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange answers with "out of office" otherwise
    return message


def _address(written: str, name: str = "") -> Address:
    """Return 'Name <a@example.com>' or a bare address as a header's value."""
    found = getaddresses([one_line(written)])
    shown, spec = found[0] if len(found) == 1 else ("", "")
    try:
        return Address(display_name=one_line(shown) or name, addr_spec=spec)
    except (MessageError, ValueError, IndexError):
        raise MailError(f"{one_line(written, 120)!r} is not a mail address.") from None


def _illustrate(message: EmailMessage, pictures: Iterable[Picture]) -> None:
    """Put pictures beside the HTML twin, which shows them by their Content-ID; nothing is fetched."""
    html = message.get_body(("html",))
    for number, picture in enumerate(pictures, start=1):
        if html is not None:
            name = f"chart-{number}.png"
            html.add_related(picture.png, "image", "png", cid=f"<{picture.cid}>", filename=name, disposition="inline")


def _settle_boundaries(message: EmailMessage) -> None:
    """Give parts boundaries that follow from the Message-ID: a retry sends the same bytes."""
    multiparts: Sequence[EmailMessage] = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        digest = hashlib.sha256(f"{message['Message-ID']} {number}".encode()).hexdigest()
        part.set_boundary(f"likeness-{digest[:32]}")
