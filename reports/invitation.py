"""The mail that invites somebody to the pages."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

from monitor.domain.errors import Mistake
from reports.plain import one_line

_TEXT = """\
You are invited to the pages of Likeness, which show how AI assistants portray your brand.

Choose a password here; the link works once, for seven days:

{link}

If you did not expect this, delete it: nothing happens.
"""


def compose(recipient: str, link: str, *, sender: str) -> EmailMessage:
    """Return the message; Mistake for an address that no program accepts."""
    message = EmailMessage()
    try:
        message["To"] = Address(addr_spec=one_line(recipient))
        message["From"] = one_line(sender)
    except (ValueError, IndexError) as error:
        raise Mistake(f"{one_line(recipient, 80)!r} is no address that mail can be sent to.") from error
    message["Subject"] = "Your invitation to Likeness"
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_TEXT.format(link=link))
    return message
