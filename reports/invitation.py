"""The mail that invites somebody to the pages."""

from email.message import EmailMessage

from reports import twins
from reports.addressed import addressed
from reports.plain import web_address


def compose(recipient: str, link: str, *, sender: str) -> EmailMessage:
    """Return the message; Mistake for an address that no program accepts."""
    message = addressed(recipient, sender=sender, subject="Your invitation to Likeness")
    twins.fill(message, "invitation", link=web_address(link))
    return message
