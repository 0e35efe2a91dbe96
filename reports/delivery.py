"""Ways out of the house: an SMTP server, or a folder of .eml files."""

from reports.folder import Folder
from reports.receipt import Courier, Delivered
from reports.smtp import MailServerError, Smtp

__all__ = ["Courier", "Delivered", "Folder", "MailServerError", "Smtp"]
