"""Statements about the brand on watched topics that are not on its sheet: an invented recall is seen without a fact."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from monitor.analysis import kinds, lexicon, scope
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.cues import Compiled
from monitor.analysis.cutting import cut
from monitor.analysis.folding import WORD, fold
from monitor.analysis.guarded import guarded
from monitor.analysis.lexicon import Hit
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.question import Questions
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.subject import Subjects
from monitor.analysis.text import BlockKind, Document
from monitor.analysis.watchwords import Watchwords
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Claim, Mention, NewStatement, Verdict

_HYPOTHETICAL = re.compile(
    r"\b(?:would|could|might|(?<!in )(?<!since )may(?! \d)|should|in case|in the event|risk of|risks of|if"
    r"|unless|whether|possible"
    r"|potential(?:ly)?|threat(?:en)?|fears? of|avoid|prevent|protects? against|guard against|policy on"
    r"|check for|insurance against|how to|such as a|any|hypothetical\w*|example"
    r"|könnte|würde|falls|ob|mögliche\w*|im falle|pourrait|serait|au cas où|éventuel\w*|podría|sería"
    r"|si hubiera|en caso de|posible\w*)\b"
)
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nothing|without|neither|nor|n't|isn't|wasn't|hasn't|haven't|don't|doesn't"
    r"|didn't|aren't|weren't|denies|denied|deny|free of|unaware of|couldn't find|could not find"
    r"|unable to find|no record|no evidence|no reports|no known"
    r"|kein\w*|nicht|nie|niemals|ohne|bestreitet|dementiert|aucun\w*|pas|jamais|sans|dément|ningun\w*"
    r"|ningún|no|nunca|sin|desmiente)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:competitor|rival|another company|other brands|other companies|industry|sector|andere hersteller"
    r"|d'autres marques|otras marcas)\w*\b"
)
_UNFOUNDED = re.compile(
    r"\b(?:(?:never|not|nie|nicht|jamais|pas|nunca|no)\s(?:\w+\s){0,2}(?:confirmed|materiali[sz]ed|bestätigt"
    r"|bewahrheitet"
    r"|confirmé\w*|confirmad\w*|confirmó)|unfounded|baseless|unbegründet|haltlos|infondé\w*|infundad\w*)\b"
)
_UNLIKE = re.compile(
    r"\b(?:unlike|in contrast to|anders als|im gegensatz zu|im unterschied zu|contrairement à|à la différence d[e']"
    r"|a diferencia de)\s?(?:the\s)?$"
)
_BY = (" by", " von", " par", " por")
_CLOSES = re.compile(
    r"\s*(?:$|[.,;:!?)]|(?:in|for|from|last|this|on|over|after|at|by|with|to|im|für|wegen|ab|en|pour|por|a|\d+)\b)"
)
_GIST_WORDS = 6
_SMALL = lexicon.listed("not_gist")


class Watcher:
    """Made ready for one sheet; then watches any number of answers."""

    def __init__(self, sheet: FactSheet, *, today: date | None = None) -> None:
        self._sheet = sheet
        self._today = today
        self._questions = Questions(sheet)
        self._words = Watchwords(sheet.watch)
        self._subjects_only = compile_sheet(FactSheet(brand=sheet.brand, competitors=sheet.competitors), kinds.ALL)
        self._denied = frozenset(fact.id for fact in sheet.facts if fact.value is False)
        told = [fact for fact in sheet.facts if fact.id not in self._denied]
        spoken = fold("\n".join(f"{fact.about} {fact.says} {fact.value}" for fact in told))
        self._on_sheet = self._words.named_in(spoken)  # where a fact speaks of a topic, it is the checker's

    def find(
        self, document: Document, mentions: Sequence[Mention], answer: Answer, claims: Sequence[Claim]
    ) -> tuple[NewStatement, ...]:
        """Return one statement per sentence and topic, in the order of the answer."""
        hits = self._words.find(document.folded) if self._sheet.watch else []
        if not hits:
            return ()
        page = self._page(document, mentions, answer, self._subjects_only)
        places = tuple(cut(page))
        asked = self._questions.read(answer.question)
        subjects = Subjects(page=page, places=places, brand=self._sheet.brand.name, asked=asked)
        found: dict[tuple[int, str], NewStatement] = {}
        for place in places:
            for hit in (one for one in hits if place.start <= one.start and one.end <= place.end):
                if self._counts(place, hit, subjects, claims):
                    statement = _statement(page, place, hit)
                    found.setdefault((statement.start, statement.topic), statement)
        return tuple(found[key] for key in sorted(found))

    def _page(self, document: Document, mentions: Sequence[Mention], answer: Answer, compiled: Compiled) -> Page:
        day = answer.asked_at.date() if answer.asked_at else self._sheet.as_of or self._today
        return Page(
            document=document, mentions=tuple(mentions), compiled=compiled, today=day or datetime.now(UTC).date()
        )

    def _counts(self, place: Place, hit: Hit, subjects: Subjects, claims: Sequence[Claim]) -> bool:
        at = Stretch(start=hit.start, end=hit.end)
        return (
            place.block.kind is not BlockKind.HEADING
            and self._of_brand(place, hit, subjects)
            and scope.asserted(place, at)
            and not self._hypothetical(place, at)
            and not guarded(place.page.folded, place.clause(at.start).start, at.start, at.end)
            and not _as_plaintiff(place, at, self._sheet.brand.name)
            and hit.concept not in self._on_sheet
            and not any(claim.start <= hit.start and hit.end <= claim.end for claim in claims if self._settles(claim))
        )

    def _settles(self, claim: Claim) -> bool:
        """Whether a claim says all of it; where the sheet says that there was no such thing, it needs a verdict."""
        return claim.verdict is not Verdict.UNVERIFIED or claim.fact not in self._denied

    def _of_brand(self, place: Place, hit: Hit, subjects: Subjects) -> bool:
        brand = self._sheet.brand.name
        if _done_to(place, hit, brand):
            return True
        return (
            not hit.weak
            and subjects.of(place, Stretch(start=hit.start, end=hit.end)) == brand
            and not _set_apart(place, hit, brand)
        )

    def _hypothetical(self, place: Place, at: Span) -> bool:
        folded = place.page.folded
        clause = place.clause(at.start)
        before = folded[clause.start : at.start]
        if _HYPOTHETICAL.search(before) or _ELSEWHERE.search(before) or _UNFOUNDED.search(folded, at.end, clause.end):
            return True
        denials = list(_DENIED.finditer(before))
        return bool(denials) and not re.search(
            r"[,;:]|\bbut\b|\bonly\b|\baber\b|\bmais\b|\bpero\b", before[denials[-1].end() :]
        )


def _done_to(place: Place, hit: Hit, brand: str) -> bool:
    """Whether the brand is what the word is done to: "Bolt sued Acme in May", not "bought Acme's shoes"."""
    page = place.page
    if page.folded[hit.start : hit.end].endswith(_BY):
        return False
    return any(
        one.entity == brand and not page.folded[hit.end : one.start].strip() and _CLOSES.match(page.folded, one.end)
        for one in page.mentions_in(Stretch(start=hit.end, end=max(hit.end, place.end)))
    )


def _set_apart(place: Place, hit: Hit, brand: str) -> bool:
    """Whether the brand is named only as the one of whom it does not hold: "Bolt, unlike Acme, was fined"."""
    page, before = place.page, place.page.mentions_in(Stretch(start=place.start, end=max(place.start, hit.start)))
    own = [one for one in before if one.entity == brand]
    apart = (_UNLIKE.search(page.folded[max(0, one.start - 40) : one.start]) for one in own)
    return bool(own) and len(own) < len(before) and all(apart)


_SUES = re.compile(r"(?:sue[sd]|suing|klagt|filed (?:a )?suit)\b")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|gets?|got|getting)\s(?:\w+\s)?$")
_BRINGS = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )\b(?:file[sd]?|filing|brought|brings?|launched|launches|started"
    r"|initiated"
    r"|threatened|won|wins|took|takes|taking|pursue[sd]?|reichte|erhob|gewann)\s(?:\w+\s){0,4}$"
)


def _as_plaintiff(place: Place, at: Span, brand: str) -> bool:
    """Whether the one who is spoken of goes to court itself: "it sued the government"."""
    page, clause = place.page, place.clause(at.start)
    if any(one.entity == brand for one in page.mentions_in(Stretch(start=at.end, end=max(at.end, place.end)))):
        return False  # "dealers sued Acme", "a class action against Acme"
    before = page.folded[clause.start : at.start]
    if _SUES.match(page.folded, at.start):
        return bool(before.strip()) and not _PASSIVE.search(before) and not _BY_OTHERS.search(before)
    return (
        bool(_BRINGS.search(before))
        and not _BY_OTHERS.search(before)
        and bool(_OPPONENT.search(page.folded, at.end, clause.end))
    )


_OPPONENT = re.compile(r" (?:against|with) ")
_BY_OTHERS = re.compile(
    r"\b(?:dealers|customers|buyers|owners|consumers?|investors|shareholders|employees|workers|regulators?"
    r"|authorit\w+"
    r"|groups?|state|city|government|prosecutors?|plaintiffs?|users|suppliers?|who|kunden|händler|aktionäre)\b[^,]*$"
)


def _statement(page: Page, place: Place, hit: Hit) -> NewStatement:
    clause = place.clause(hit.start)
    start, end = _quoted(page.folded, min(clause.start, hit.start), max(clause.end, hit.end), hit)
    return NewStatement(start=start, end=end, topic=hit.concept, gist=_gist(page, Stretch(start=start, end=end), hit))


_LONGEST = 160  # characters of a quote; a longer clause is cut at its commas
_COMMA = re.compile(r"[,、]\s?")


def _quoted(folded: str, start: int, end: int, hit: Hit) -> tuple[int, int]:
    """The part of a long clause that says it: between the commas around the word."""
    if end - start <= _LONGEST:
        return start, end
    before = [found.end() for found in _COMMA.finditer(folded, start, hit.start)]
    after = _COMMA.search(folded, hit.end, end)
    return (before[-1] if before else start), (after.start() if after else end)


def _gist(page: Page, span: Span, hit: Hit) -> str:
    """The topic and the rarest-looking words of the statement, in order of the alphabet: what like statements share."""
    named = {one for mention in page.mentions_in(span) for one in range(mention.start, mention.end)}
    words = {
        match[0][:6]
        for match in WORD.finditer(page.folded, span.start, span.end)
        if match.start() not in named and match[0] not in _SMALL and len(match[0]) > 2  # noqa: PLR2004
        and not hit.start <= match.start() < hit.end
    }  # fmt: skip
    return " ".join([hit.concept, *sorted(words, key=lambda one: (-len(one), one))[:_GIST_WORDS]])
