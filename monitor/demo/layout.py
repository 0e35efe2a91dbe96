"""How the four assistants set their answers on the page."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One machine or brand in an answer to "which should I buy?"; texts may end in a citation mark."""

    label: str  # "Brunnholt Kompakt"
    note: str = ""  # " (around 479 euros)"
    trait: str  # "24 cm wide"
    sentence: str  # "The Brunnholt Kompakt is 24 cm wide."
    cited: str = ""  # a mark, or nothing

    @property
    def full(self) -> str:
        return self.sentence + self.cited


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing said about the brand."""

    label: str  # "Founded"
    value: str = ""  # "2014"; empty where only the sentence says it
    sentence: str
    cited: str = ""

    @property
    def full(self) -> str:
        return self.sentence + self.cited

    @property
    def short(self) -> str:
        return (self.value or self.sentence) + self.cited


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The parts of an answer, before it is set."""

    opener: str
    heading: str = ""
    picks: tuple[Pick, ...] = ()
    points: tuple[Point, ...] = ()
    column: str = ""  # what the first column of a table holds
    aside: str = ""  # general advice
    contrast: str = ""  # one against another, or a warning
    tip: str = ""
    verdict: str = ""
    closer: str = ""


def _join(*paragraphs: str) -> str:
    return "\n\n".join(part for part in paragraphs if part)


def _prose(sentences: Sequence[str]) -> str:
    return " ".join(part for part in sentences if part)


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines)


# ---- which should I buy? ----


def _numbered_bold(draft: Draft) -> str:
    items = [f"{n}. **{p.label}**{p.note} \u2013 {p.trait}{p.cited}" for n, p in enumerate(draft.picks, 1)]
    return _join(
        _prose([draft.opener, draft.aside]),
        f"### {draft.heading}",
        _lines(items),
        draft.contrast,
        f"**Tip:** {draft.tip}",
        _prose([draft.verdict, draft.closer]),
    )


def _bold_bullets(draft: Draft) -> str:
    items = [f"- **{p.label}**{p.note}: {p.trait}{p.cited}" for p in draft.picks]
    return _join(
        _prose([f"**{draft.verdict}**", draft.opener]),
        _lines(items),
        _prose([draft.contrast, draft.aside, draft.tip]),
        draft.closer,
    )


def _two_paragraphs(draft: Draft) -> str:
    sentences = [pick.full for pick in draft.picks]
    return _join(
        _prose([draft.opener, draft.aside, *sentences[:2]]),
        _prose([*sentences[2:], draft.contrast, draft.tip]),
        draft.verdict,
    )


def _essay(draft: Draft) -> str:
    sentences = [pick.full for pick in draft.picks]
    return _join(
        _prose([draft.opener, draft.aside]),
        _prose([*sentences, draft.contrast]),
        _prose([draft.tip, draft.verdict, draft.closer]),
    )


def _verdict_first(draft: Draft) -> str:
    return _join(
        _prose([draft.verdict, draft.opener]),
        _prose([*(pick.full for pick in draft.picks), draft.contrast]),
        _prose([draft.aside, draft.tip]),
    )


def _plain_bullets(draft: Draft) -> str:
    items = [f"- {p.label}{p.note}: {p.trait}" for p in draft.picks]
    return _join(
        _prose([draft.opener, draft.aside]),
        _lines(items),
        _prose([draft.contrast, draft.verdict, draft.tip]),
        draft.closer,
    )


def _starred(draft: Draft) -> str:
    items = [f"*   **{p.label}{p.note}:** {_capital(p.trait)}.{p.cited}" for p in draft.picks]
    return _join(
        _prose([draft.opener, draft.aside]),
        f"### {draft.heading}",
        _lines(items),
        draft.contrast,
        f"**Good to know:** {draft.tip}",
        draft.verdict,
    )


def _table(draft: Draft) -> str:
    rows = [f"| **{p.label}**{p.note} | {p.trait} |" for p in draft.picks]
    table = _lines([f"| {draft.column} | What to know |", "| :--- | :--- |", *rows])
    return _join(
        _prose([draft.opener, draft.aside]), table, _prose([draft.contrast, draft.verdict, draft.tip]), draft.closer
    )


def _nested(draft: Draft) -> str:
    items = [f"{n}.  **{p.label}**{p.note}\n    *   {p.full}" for n, p in enumerate(draft.picks, 1)]
    return _join(f"## {draft.heading}", draft.opener, _lines(items), draft.contrast, draft.verdict, draft.closer)


def _dashes(draft: Draft) -> str:
    items = [f"- **{p.label}**{p.note} \u2014 {p.trait}{p.cited}" for p in draft.picks]
    return _join(draft.opener, _lines(items), _prose([draft.contrast, draft.aside, draft.tip]), draft.verdict)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- what is it, what does it cost, can I trust it? ----


def _about_bullets(draft: Draft) -> str:
    items = [f"- **{p.label}:** {p.short}" for p in draft.points]
    return _join(draft.opener, _lines(items), draft.closer)


def _about_sentences(draft: Draft) -> str:
    items = [f"*   **{p.label}:** {p.full}" for p in draft.points]
    return _join(f"### {draft.heading}", draft.opener, _lines(items), draft.closer)


def _about_prose(draft: Draft) -> str:
    sentences = [point.full for point in draft.points]
    middle = (len(sentences) + 1) // 2
    return _join(_prose([draft.opener, *sentences[:middle]]), _prose([*sentences[middle:], draft.closer]))


def _about_block(draft: Draft) -> str:
    return _prose([draft.opener, *(point.full for point in draft.points), draft.closer])


def _about_table(draft: Draft) -> str:
    rows = [f"| {p.label} | {p.value} |" for p in draft.points if p.value]
    said = [p.full for p in draft.points if not p.value]
    table = _lines(["| | |", "| :--- | :--- |", *rows]) if rows else ""
    return _join(draft.opener, table, _prose([*said, draft.closer]))


def _about_lead(draft: Draft) -> str:
    first, *rest = draft.points
    return _join(f"**{first.sentence}**{first.cited}", _prose([draft.opener, *(p.full for p in rest)]), draft.closer)


Setting = Callable[[Draft], str]
_CHOOSING: dict[str, tuple[Setting, ...]] = {
    "gpt-search": (_numbered_bold, _bold_bullets, _essay),
    "claude-memory": (_two_paragraphs, _essay, _plain_bullets),
    "gemini-search": (_starred, _table, _nested),
    "sonar": (_verdict_first, _dashes, _two_paragraphs),
}
_ABOUT: dict[str, tuple[Setting, ...]] = {
    "gpt-search": (_about_bullets, _about_prose),
    "claude-memory": (_about_prose, _about_block),
    "gemini-search": (_about_sentences, _about_table, _about_bullets),
    "sonar": (_about_block, _about_prose),
}
_LEADING = {"gpt-search", "sonar"}  # these like to open with the figure asked for, in bold


def choosing(assistant: str, draft: Draft, rng: random.Random) -> str:
    return rng.choice(_CHOOSING[assistant])(draft)


def about(assistant: str, prompt: str, draft: Draft, rng: random.Random) -> str:
    settings = _ABOUT[assistant]
    if prompt == "price" and assistant in _LEADING:
        settings = (*settings, _about_lead)
    return rng.choice(settings)(draft)
