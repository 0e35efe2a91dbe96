"""The two bodies of a mail, text and HTML, out of two templates that say the same."""

import re
from email.message import EmailMessage

import css_inline

from reports import pages

_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
_BLANK = re.compile(r"\n{3,}")


def fill(message: EmailMessage, template: str, **values: object) -> None:
    """Put both twins into a message without a body."""
    text = pages.render(f"mail/{template}.txt.j2", **values)
    message.set_content(_BLANK.sub("\n\n", text))
    html = pages.render(f"mail/{template}.html.j2", **values)
    message.add_alternative(_INLINER.inline(html), subtype="html")
