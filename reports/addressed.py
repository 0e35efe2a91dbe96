"""A message with its addresses, as every short mail begins."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

from monitor.domain.errors import Mistake
from reports.plain import one_line


def addressed(recipient: str, *, sender: str, subject: str) -> EmailMessage:
    """Return a message without a body; Mistake for an address that no program accepts."""
    message = EmailMessage()
    try:
        message["To"] = Address(addr_spec=one_line(recipient))
        message["From"] = one_line(sender)
    except (ValueError, IndexError) as error:
        raise Mistake(f"{one_line(recipient, 80)!r} is no address that mail can be sent to.") from error
    message["Subject"] = one_line(subject)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    return message
