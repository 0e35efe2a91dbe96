"""Every HTML and CSS feature of every mail, held against the hand-tested table of what mail programs support."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from monitor.domain.alerts import Change, Cleared, Notice, NoticeReason, Signal
from monitor.domain.portrait import Portrait
from reports import invitation, mail, watch_mail
from reports.watch_mail import Told

NOW = datetime(2026, 11, 22, 8, 10, tzinfo=UTC)
PROGRAMS = {"apple-mail", "gmail", "outlook"}
# Where a program lacks one of these, the mail is plainer and says the same.
PLAINER = {
    "html-doctype": "Outlook on Windows renders all mails alike, with or without one",
    "html-body": "its style only takes away the margin; colours and letters are set on the tables inside",
    "html-role": "one old program reads layout tables aloud as tables",
    "html-style": "rules are inlined; what stays in <style> is for small screens and dark mode",
    "css-at-media": "without it small screens get the wide margins, and light colours stay",
    "css-at-media-prefers-color-scheme": "without it the mail stays light, or the program darkens it by its own rules",
    "html-meta-color-scheme": "only announces that the dark colours exist",
    "css-border-radius": "corners are square",
    "css-display-none": "the preview line is seen above the mail",
    "css-white-space": "a line may break between a number and its unit",
    "css-word-break": "a long address may reach over the margin",
    "css-selector-class": "only in <style>, see html-style",
    "css-selector-type": "only in <style>, see html-style",
    "css-selector-descendant": "only in <style>, see html-style",
    "css-selector-grouping": "only in <style>, see html-style",
}
# Pages of the table whose names differ from the names in the code.
TAGS = {
    **dict.fromkeys(("h1", "h2", "h3"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "li"), "html-lists"),
    **dict.fromkeys(("tbody", "tr", "td", "table"), "html-table"),
}
# Older than any mail program: the table has no page on them.
ANCIENT = {"html", "head", "title", "meta", "a", "br"}
PROPERTIES = {
    "color": "",  # older than any mail program
    "border-top": "css-border",
    "border-left": "css-border",
    "border-top-color": "css-border",
    "border-left-color": "css-border",
    "font-family": "css-font",
    "display": "css-display-none",
}
# A picture's own attributes are on its page of the table.
ATTRIBUTES = {"role", "align", "width", "height", "cellpadding", "cellspacing", "lang"}
HARMLESS = {"src", "alt", "class", "style", "href", "border", "charset", "name", "content"}


class _Seen(HTMLParser):
    """What a mail uses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: list[str] = []
        self.sheet = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_style = tag == "style"
        for name, value in attrs:
            self.attributes.add(name)
            if name == "style" and value:
                self.styles.append(value)

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.sheet += data

    def handle_endtag(self, _tag: str) -> None:
        self._in_style = False


def _properties(style: str) -> set[str]:
    return {part.partition(":")[0].strip().lower() for part in style.split(";") if ":" in part}


def features(html: str) -> set[str]:
    seen = _Seen()
    seen.feed(html)
    inner = re.findall(r"\{([^{}]*)\}", seen.sheet)
    properties = {name for style in [*seen.styles, *inner] for name in _properties(style)}
    unknown = seen.attributes - ATTRIBUTES - HARMLESS
    assert not unknown, f"attributes that nobody has looked up: {unknown}"
    found = {TAGS.get(tag, f"html-{tag}") for tag in seen.tags - ANCIENT}
    found |= {f"html-{name}" for name in seen.attributes & ATTRIBUTES}
    found |= {PROPERTIES.get(name, f"css-{name}") for name in properties} - {""}
    found |= {"image-png"} if "img" in seen.tags else set()
    found |= {"html-doctype", "html-comments", "html-meta-color-scheme"}
    if seen.sheet.strip():
        found |= {"css-at-media", "css-important", "css-selector-class", "css-selector-type"}
        found |= {"css-selector-descendant", "css-selector-grouping", "css-at-media-prefers-color-scheme"}
    return found


@cache
def _support(page: Path) -> dict[tuple[str, str], str]:
    """Return the newest verdict for each program and platform: 'y', 'a #1' (in part), 'n', 'u' (not known)."""
    text = page.read_text(encoding="utf-8")
    block = text[text.index("stats:") : text.index("notes") if "\nnotes" in text else None]
    verdicts: dict[tuple[str, str], dict[tuple[int, ...], str]] = {}
    path: list[str] = []
    for token in re.finditer(r'"?([\w.-]+)"?\s*:\s*(?:(\{)|"([^"]*)")|(\})', block):
        name, opens, verdict, closes = token.groups()
        if closes:
            path = path[:-1]
        elif opens:
            path = [*path, name]
        elif len(path) == 3:
            version = tuple(int(number) for number in re.findall(r"\d+", name))
            verdicts.setdefault((path[1], path[2]), {})[version] = verdict
    return {place: by_version[max(by_version)] for place, by_version in verdicts.items()}


def lacking(folder: Path, feature: str) -> set[str]:
    """Return the programs that do not support a feature, even in part."""
    page = folder / f"{feature}.md"
    assert page.is_file(), f"the table has no page {feature}.md"
    support = _support(page)
    assert len({program for program, _ in support} & PROGRAMS) == len(PROGRAMS), feature
    return {
        f"{program} {platform}"
        for (program, platform), verdict in support.items()
        if program in PROGRAMS and verdict[:1] not in {"y", "a"}
    }


@pytest.fixture
def mails(
    make_notice: Callable[..., Notice],
    make_change: Callable[..., Change],
    signals: dict[str, Signal],
    portrait: Portrait,
) -> dict[str, str]:
    opening = [make_change(signal, NoticeReason.OPENING_BALANCE) for signal in signals.values()]
    many = [make_change(signal, number=number) for number in range(4) for signal in signals.values()]
    resolved = make_change(reason=NoticeReason.RESOLVED)
    doubted = replace(signals["price"], sheet_first="Is it up to date?", confirmed="5 of 6.")
    cleared = Cleared(voices=signals["price"].voices, quotes=signals["price"].quotes)
    notices = {
        "alert": make_notice(),
        "many": make_notice(*many),
        "reminder": make_notice(make_change(reason=NoticeReason.REMINDER)),
        "resolved": make_notice(make_change(reason=NoticeReason.RESOLVED)),
        "opening": make_notice(*opening),
        "doubt": make_notice(make_change(doubted)),
        "cleared": make_notice(replace(resolved, alert=replace(resolved.alert, cleared=cleared))),
        "late": replace(make_notice(*many), since=NOW - timedelta(days=3), told_at=NOW),
    }
    site = "https://likeness.tolvane.example"
    composed = {
        name: mail.compose(notice, sender="likeness@tolvane.example", site=site) for name, notice in notices.items()
    }
    composed["report"] = mail.report(
        portrait, "<p>x", sender="a@b.example", recipient="c@d.example", made_at=notices["alert"].created_at,
        message_id="<1@b.example>", site=site,
    )  # fmt: skip
    told = [Told(what="wrong: price", quote=quote, truth="It costs more.") for quote in signals["price"].quotes]
    told += [Told(what="new statement: recall", quote=quote) for quote in signals["recall"].quotes]
    composed["watch"] = watch_mail.compose(
        "c@d.example", "Tolvane", hour=2, told=told * 5, link=f"{site}/watch", sender="a@b.example", at=NOW
    )
    composed["invitation"] = invitation.compose("c@d.example", f"{site}/welcome?key=a", sender="a@b.example")
    bodies = {name: message.get_body(("html",)) for name, message in composed.items()}
    return {name: body.get_content() for name, body in bodies.items() if body is not None}


@pytest.mark.shared
def test_every_feature_works_in_outlook_gmail_and_apple_mail_or_is_named_as_dispensable(
    mails: dict[str, str], shared: Path
) -> None:
    assert len(mails) == 11
    folder = shared / "email-caniemail" / "features"
    for name, html in mails.items():
        poor = {feature: lacking(folder, feature) for feature in features(html) - set(PLAINER)}
        assert {feature: programs for feature, programs in poor.items() if programs} == {}, name


@pytest.mark.shared
def test_no_feature_is_called_dispensable_without_need(mails: dict[str, str], shared: Path) -> None:
    folder = shared / "email-caniemail" / "features"
    used = set().union(*(features(html) for html in mails.values()))
    assert {feature for feature in PLAINER if feature not in used} == set()
    assert {feature for feature in PLAINER if not lacking(folder, feature)} <= {"css-selector-class"}


def test_styles_are_inline_and_nothing_is_fetched(mails: dict[str, str]) -> None:
    for html in mails.values():
        sheet = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
        outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet)
        assert outside.strip() == ""
        assert not re.search(r"<(?:link|script|iframe|object|video|audio|form)\b|url\(|@import", html)
        assert not re.search(r"\bsrc=(?!\"cid:chart-\d@likeness\")", html)


def test_no_mail_is_so_long_that_gmail_cuts_it(mails: dict[str, str]) -> None:
    assert max(len(html.encode()) for html in mails.values()) < 100_000
