"""Ways out of the house: an SMTP server, a folder of .eml files, a webhook."""

from reports.folder import Folder
from reports.receipt import Caller, Courier, Delivered
from reports.smtp import MailServerError, Smtp
from reports.webhook import Webhook

__all__ = ["Caller", "Courier", "Delivered", "Folder", "MailServerError", "Smtp", "Webhook"]
