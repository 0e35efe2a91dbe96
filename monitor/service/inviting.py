"""Invitations by mail, through the courier of a brand that has one."""

from email.message import EmailMessage

from monitor.domain.alerts import NoticeState
from monitor.service.desk import Desk
from reports import invitation


def send(desk: Desk, recipient: str, link: str) -> str:
    """Mail an invitation and return in a sentence what became of it; the link itself is shown beside it anyway."""
    for name in desk.names():
        house = desk.house(name)
        if house.settings.alerts is None:
            continue
        message: EmailMessage = invitation.compose(recipient, link, sender=house.settings.alerts.sender)
        delivered = house.post.send(message)
        if delivered.state is NoticeState.SENT:
            return f"The invitation went out to {recipient}."
        return f"The invitation did not go out ({delivered.detail}); give them the link yourself."
    return "No brand file names a sender, so no mail went out; give them the link yourself."
