"""How a finding is put: what a person's dismissal speaks of, so that the same words do not alarm again."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.readings import Claim, NewStatement

_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)")
_ADDRESS = re.compile(r"https?://\S+")
# A point or comma between digits is part of a number.
_MARKS = re.compile(r"(?<=\D)[^\w\s%$€£¥]+|[^\w\s%$€£¥]+(?=\D|$)|^[^\w\s%$€£¥]+|_+")


class WordingKind(StrEnum):
    FACT = "fact"  # a claim about a fact of the sheet
    TOPIC = "topic"  # a new statement on a watched topic


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Findings of one subject that are put in the same words."""

    kind: WordingKind
    subject: str  # fact id or topic
    phrase: str  # as `phrase` gives it; for new statements their gist

    def id(self, brand: str) -> str:
        """Return a short name that stays: what a person types to confirm or dismiss it."""
        told = f"{brand}\x1f{self.kind}\x1f{self.subject}\x1f{self.phrase}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:10]


def phrase(words: str) -> str:
    """Return words in a form in which case, marks, Markdown, link targets and white space make no difference.

    >>> phrase("**Acme** was founded in [1987](https://a.example/x)!")
    'acme was founded in 1987'
    >>> phrase("It costs 1,290.50 EUR.") == phrase("it costs  1,290.50 eur")
    True
    """
    flat = _ADDRESS.sub(" ", _LINK.sub(r"\1", unicodedata.normalize("NFKC", words)))
    bare = " ".join(_MARKS.sub(" ", flat.casefold()).split())
    return bare or " ".join(words.split())


def of_claim(text: str, claim: Claim) -> Wording:
    """Return how an answer puts a claim."""
    return Wording(kind=WordingKind.FACT, subject=claim.fact, phrase=phrase(text[claim.start : claim.end]))


def of_statement(text: str, statement: NewStatement) -> Wording:
    """Return how an answer puts a new statement; those with one gist say the same."""
    said = statement.gist or phrase(text[statement.start : statement.end])
    return Wording(kind=WordingKind.TOPIC, subject=statement.topic, phrase=said)


def of(text: str, found: Claim | NewStatement) -> Wording:
    """Return how an answer puts a finding of either kind."""
    return of_claim(text, found) if isinstance(found, Claim) else of_statement(text, found)
