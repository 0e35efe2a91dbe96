"""How an answer speaks of each named entity, judged clause by clause and summed up over the answer."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.analysis import valence
from monitor.analysis.attribution import About, about, topic
from monitor.analysis.grouping import by_sentence, without_names
from monitor.analysis.recommendation import Advice
from monitor.analysis.spans import Span
from monitor.analysis.text import BlockKind, Document
from monitor.analysis.witness import heard
from monitor.analysis.wordlists import pattern
from monitor.domain.readings import Mention, Outcome, Stance, StanceLabel


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the question says before any answer."""

    text: str = ""
    entities: tuple[str, ...] = ()  # named in it


@dataclass
class _Ledger:
    good: float = 0.0
    bad: float = 0.0
    spans: list[Span] = field(default_factory=list)
    torn: bool = False  # one clause praises and the next says "but", or the other way about

    def add(self, span: Span, good: float, bad: float) -> None:
        self.good += good
        self.bad += bad
        if (good or bad) and len(self.spans) < _MOST_SPANS and span not in self.spans:
            self.spans.append(span)


_CLEAR = 1.5  # opinion of a side must weigh this much to be said at all
_CLEARER = 2.1  # likewise for those that the answer is not about
_AGAINST_ADVICE = 2.5  # what blame must weigh to spoil a recommendation
_SHARE = 0.4  # the weaker side of a mixed stance weighs at least this share of the stronger
_ADVICE = 3.0  # weight of being recommended, or advised against
_CONTEXT = 0.8  # weight of a clause that does not name its subject
_SHARED = (0.8, 0.4)  # weights for the first and for each further entity of one clause
_TESTIMONY = 2.5  # weight of what the trained model is sure of
_MOST_SPANS = 5
_HEAD = 60  # characters of a paragraph that is a head
_VERDICT_ASKED = pattern("asks_verdict")
_LEADING = r"\W*(?:(?:short answer|in short|generally|mostly|broadly|overall|largely)\W+)*"
_YES = re.compile(rf"{_LEADING}(?:yes|ja|oui|sí|definitely|absolutely)\b", re.IGNORECASE)
_NO = re.compile(rf"{_LEADING}(?:no|nope|nein|non)\b", re.IGNORECASE)
# A fault that is denied is none.
_DENIED = re.compile(
    r"\bno (?:\w+ )?(?:evidence|reports?|signs?|proof|indication|record|case)\b|\b(?:couldn't|could not) find\b"
    r"|\bnot aware of\b|\b(?:unfounded|untrue|debunked|a myth|false claims?|hoax)\b|\bno hay (?:pruebas|indicios)\b"
    r"|\bkeine (?:belege|hinweise|beweise)\b|\baucune preuve\b",
    re.IGNORECASE,
)
_ANSWERED = 2.0  # weight of a plain yes or no to "is it good?"
_GOOD_SECTION, _BAD_SECTION = pattern("good_sections"), pattern("bad_sections")
_CONTRAST = re.compile(
    r"\W*(?:but|however|yet|although|though|on the downside|cons|aber|allerdings|jedoch|doch|nachteile?|mais"
    r"|cependant"
    r"|toutefois|inconvénients?|pero|sin embargo|aunque|contras|desventajas)\b",
    re.IGNORECASE,
)
_SECTION = 0.6  # weight of a clause under such a head that judges nothing by itself


def stances(
    document: Document, mentions: Sequence[Mention], advice: Advice, asked: Asked, outcome: Outcome
) -> tuple[dict[str, Stance], dict[str, tuple[Span, ...]]]:
    """Return label and score per mentioned entity, and the clauses that carry them."""
    named = dict.fromkeys([mention.entity for mention in mentions])
    if not named or outcome is not Outcome.ANSWER:
        return dict.fromkeys(named, Stance(label=StanceLabel.NEUTRAL)), {}
    main = topic(mentions, asked.entities)
    ledgers = _weigh(document, mentions, advice, main)
    if main:
        _answer(document, ledgers[main], asked)
        _listen(document, mentions, main, ledgers[main])
    found = {
        entity: _label(
            ledgers[entity],
            clear=_CLEAR if entity == main else _CLEARER,
            against=_AGAINST_ADVICE if entity in advice.recommended else _CLEAR,
        )
        for entity in named
    }
    return found, {entity: tuple(ledgers[entity].spans) for entity in named if ledgers[entity].spans}


def _listen(document: Document, mentions: Sequence[Mention], main: str, ledger: _Ledger) -> None:
    """Ask the trained model about the answer's subject where no rule found an opinion."""
    if not ledger.spans:
        for sentence, side in heard(document, mentions, main):
            if side < 0 and _DENIED.search(document.plain, sentence.start, sentence.end):
                continue
            ledger.add(sentence, max(0, side) * _TESTIMONY, max(0, -side) * _TESTIMONY)


def _answer(document: Document, ledger: _Ledger, asked: Asked) -> None:
    """Count a plain yes or no to a question that asks whether it is any good."""
    if document.sentences and _VERDICT_ASKED.search(asked.text):
        first = document.sentences[0]
        words = document.plain[first.start : first.end]
        if _YES.match(words) or words.rstrip(" .!*").lower().endswith(" yes"):
            ledger.add(first, _ANSWERED, 0.0)
        elif _NO.match(words):
            ledger.add(first, 0.0, _ANSWERED)


def _weigh(document: Document, mentions: Sequence[Mention], advice: Advice, main: str) -> Mapping[str, _Ledger]:
    ledgers: dict[str, _Ledger] = defaultdict(_Ledger)
    heads, words = _heads(document), without_names(document.folded, mentions)
    opinions = valence.Opinions(words)
    sides: dict[tuple[int | None, str], bool] = {}  # what the clause before said in this block: True is praise
    telling = document.sentences if heads else [sentence for sentence, _ in by_sentence(document, opinions.found)]
    for one in about(document, mentions, main, telling):
        good, bad = opinions.score(one.clause.start, one.clause.end)
        if bad and _DENIED.search(words, one.clause.start, one.clause.end):
            bad = 0.0
        if heads and not good and not bad:
            good, bad = _by_head(heads, one)
        if good or bad:
            for place, entity in enumerate(one.entities):
                ledger, weight = ledgers[entity], _weight(one, place)
                ledger.add(one.clause, good * weight, bad * weight)
                where = (one.block.start if one.block else None, entity)
                if sides.get(where, good > bad) != (good > bad) and _CONTRAST.match(words, one.clause.start):
                    ledger.torn = True
                sides[where] = good > bad
    for entity, span in advice.recommended.items():
        ledgers[entity].add(span, _ADVICE, 0.0)
    for entity, span in advice.against.items():
        ledgers[entity].add(span, 0.0, _ADVICE)
    return ledgers


def _heads(document: Document) -> list[tuple[int, float]]:
    """Return where sections of praise (1) and of blame (-1) begin; 0 where another begins."""
    found: list[tuple[int, float]] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and block.end - block.start < _HEAD):
            words = document.plain[block.start : block.end]
            found.append(
                (block.start, 1.0 if _GOOD_SECTION.match(words) else -1.0 if _BAD_SECTION.match(words) else 0.0)
            )
    return found if any(value for _, value in found) else []


def _by_head(heads: Sequence[tuple[int, float]], one: About) -> tuple[float, float]:
    at = bisect_right(heads, (one.clause.start, -2.0)) - 1
    if at < 0 or not heads[at][1] or one.block is None or one.block.kind is not BlockKind.ITEM:
        return 0.0, 0.0
    return (_SECTION, 0.0) if heads[at][1] > 0 else (0.0, _SECTION)


def _weight(one: About, place: int) -> float:
    """Weigh a clause for one of those it speaks of: the first named is mostly its subject."""
    if not one.named:
        return 1.0 if one.owned else _CONTEXT
    return 1.0 if len(one.entities) == 1 else _SHARED[min(place, 1)]


def _label(ledger: _Ledger, *, clear: float, against: float) -> Stance:
    good, bad = ledger.good, ledger.bad
    if ledger.torn:
        good, bad = max(good, clear), max(bad, clear)
    score = round((good - bad) / (good + bad + 1.0), 3)
    weaker, stronger = (bad, good) if good > bad else (good, bad)
    if stronger < clear:
        return Stance(label=StanceLabel.NEUTRAL, score=score)
    if weaker >= (against if good > bad else _CLEAR) and weaker >= _SHARE * stronger:
        return Stance(label=StanceLabel.MIXED, score=score)
    return Stance(label=StanceLabel.POSITIVE if good > bad else StanceLabel.NEGATIVE, score=score)
