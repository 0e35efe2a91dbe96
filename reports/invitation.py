"""The mail that invites somebody to the pages."""

from email.message import EmailMessage

from reports.addressed import addressed

_TEXT = """\
You are invited to the pages of Likeness, which show how AI assistants portray your brand.

Choose a password here; the link works once, for seven days:

{link}

If you did not expect this, delete it: nothing happens.
"""


def compose(recipient: str, link: str, *, sender: str) -> EmailMessage:
    """Return the message; Mistake for an address that no program accepts."""
    message = addressed(recipient, sender=sender, subject="Your invitation to Likeness")
    message.set_content(_TEXT.format(link=link))
    return message
