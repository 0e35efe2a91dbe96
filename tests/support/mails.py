"""Mails as they arrive: their text, and what their HTML shows."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser

SENDER = "likeness@tolvane.example"


SITE = "https://likeness.tolvane.example"


VOID = {"meta", "br", "img"}


BLOCKS = {"br", "div", "h1", "h2", "h3", "li", "p", "td"}


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "Tolvane\r\nBcc: everyone@victim.example\r\n\r\n<h1>hi</h1>",
    "nul\0inside and \ud800 lone",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "\u202etxet desrever\u202c",
    "</style></title><svg onload=alert(1)>",
    "=HYPERLINK(1)",
    "\u2028line\u2029separators\x0b\x0c\x85",
)


class Text(HTMLParser):
    """The words that a reader sees, its links, and every tag and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.marked: list[str] = []
        self._path: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.words += [" "] if tag in BLOCKS else []
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            marks = any(name == "class" and value == "wrong" for name, value in attrs)
            self._path.append("mark" if marks else tag)

    def handle_endtag(self, _tag: str) -> None:
        self._path.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self._path):
            self.words.append(data)
        if self._path and self._path[-1] == "mark":
            self.marked.append(data)


def parsed(message: EmailMessage) -> tuple[EmailMessage, str, Text]:
    """Return the message as it arrives, its text, and what its HTML shows."""
    arrived = BytesParser(policy=default).parsebytes(message.as_bytes())
    assert isinstance(arrived, EmailMessage)
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert plain is not None
    assert html is not None
    seen = Text()
    seen.feed(html.get_content())
    return arrived, plain.get_content(), seen


def flat(text: str) -> str:
    return " ".join(text.split())


def both(message: EmailMessage) -> tuple[str, str]:
    """Return the words of the text twin and of the HTML twin, white space made even."""
    _, text, seen = parsed(message)
    return flat(text), flat("".join(seen.words))
