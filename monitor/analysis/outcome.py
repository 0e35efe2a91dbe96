"""Whether an answer answers: refused, does not know the brand, empty, or an answer."""

import re

from monitor.analysis.spans import Span
from monitor.analysis.text import Document
from monitor.analysis.wordlists import pattern
from monitor.domain.answers import Answer, Finish
from monitor.domain.readings import Outcome

_HEAD_SENTENCES = 3  # a refusal says so at once
_HEAD_LENGTH = 600  # characters
_CANT = (
    r"(?:can(?:no|')t|can not|cannot|won't|will not|(?:am|'m) not able to|(?:am|'m) unable to|(?:am"
    r"|'m) not comfortable"
    r"|must decline to|have to decline|'d rather not|(?:am|'m) not going to|can't responsibly)"
)
_HELP = (
    r"(?:help|assist|provide|give|share|write|answer|create|generate|produce|comply|fulfil|discuss|comment|offer"
    r"|do|predict"
    r"|say|tell|speculate|disclose|recommend|make|find|look up|access|browse|verify|confirm|forecast|support|continue"
    r"|engage|draft|compose|reveal|supply|invent|fabricate|impersonate)"
)
_REFUSAL = pattern("refusal", CANT=_CANT, HELP=_HELP)
_ABSENCE = pattern("absence")
# The same words as an aside in an answer that goes on to answer.
_GOES_ON = re.compile(
    r"\b(?:but|however|that said|here(?:'s| is| are)|what I can (?:tell|say|confirm)|based on (?:what|the)|as of my"
    r"|in general|typically|aber|allerdings|jedoch|mais|toutefois|pero|sin embargo)\b",
    re.IGNORECASE,
)
# "While I can't browse, Acme is ...": the limit is an aside; "..., you could ask them" answers nothing.
_CONCESSION = re.compile(
    r"\W*(?:while|although|though|even though|obwohl|bien que|aunque|si bien)\b[^,]{5,120},\s", re.IGNORECASE
)
_TURNS_AWAY = re.compile(
    r"(?:you|I|I'd|I'll|we|it's best|it is best|it may|it might|please|consider|feel free|try|the best|your best"
    r"|sie|du"
    r"|ich|bitte|vous|je|usted|puede\w*|le|te|their|its website)\b",
    re.IGNORECASE,
)
_FINISHED = {Finish.REFUSED: Outcome.REFUSAL, Finish.FILTERED: Outcome.REFUSAL}


def judge(document: Document, answer: Answer) -> tuple[Outcome, tuple[Span, ...]]:
    """Return the outcome and the words that say so."""
    if not document.plain.strip() and not document.text.strip():
        refused = _FINISHED.get(answer.finish)
        return (refused or Outcome.EMPTY), ()
    if answer.finish in _FINISHED:
        return _FINISHED[answer.finish], ()
    head = [s for s in document.sentences[:_HEAD_SENTENCES] if s.start < _HEAD_LENGTH]
    for number, sentence in enumerate(head):
        words = document.plain[sentence.start : sentence.end]
        outcome = None if _conceded(words) else _said(words)
        if outcome and (number == 0 or not _answered(document, head[:number])):
            return (outcome, (sentence,)) if not _continues(document, sentence, words) else (Outcome.ANSWER, ())
    return Outcome.ANSWER, ()


# Without one of these nothing is refused or unknown, in any of the languages: the patterns cost far more to look for.
_SAYS_NO = (
    *(
        "n't",
        " no ",
        " not ",
        " not,",
        "cannot",
        "unable",
        "sorry",
        "afraid",
        "decline",
        "against my",
        "outside",
        "never",
    ),
    *("nicht", "kein", " leid", " ne ", " n'", "aucune", "siento", " non ", "não", "niet", "ません", "ます", "申し訳"),
)


def _said(words: str) -> Outcome | None:
    lowered = f" {' '.join(words.lower().split())} "
    if not any(word in lowered for word in _SAYS_NO):
        return None
    absent = _ABSENCE.search(words)
    if absent and not _of_attribute(words, absent):
        return Outcome.ABSENCE
    return Outcome.REFUSAL if _REFUSAL.search(words) else None


def _of_attribute(words: str, found: re.Match[str]) -> bool:
    """Whether what nothing is known of is one thing about the brand: "No information on revenue is available"."""
    return bool(_IMPERSONAL.match(found[0]) and _ATTRIBUTE.search(words, found.start()))


_IMPERSONAL = re.compile(r"(?:there (?:is|are) (?:currently )?)?no\b", re.IGNORECASE)
_LEADS = "its|their|the|his|her|current|recent|exact|annual|how|when|whether|what|who|where|why"
_ATTRIBUTE = re.compile(
    rf"\b(?:on|about|regarding|concerning|of)\s(?:(?:{_LEADS})\s)*(?:"
    rf"(?!(?:{_LEADS}|an?|any|this|that|such|it|them|company|brand|firm|business|product|organi[sz]ation|entity|called"
    r"|named)\b)[a-z]{3,}|[A-Z][\w’']*(?: [A-Z][\w’']*)*['’]s [a-z])"
)


def _conceded(words: str) -> bool:
    """Whether a sentence only concedes a limit and then says something of what it is about.

    >>> _conceded("While I can't browse the web, Acme is a toy maker.")
    True
    >>> _conceded("While I can't browse the web, you could ask Acme.")
    False
    """
    found = _CONCESSION.match(words)
    if found is None or not _said(found[0]):
        return False
    return not _said(words[found.end() :]) and not _TURNS_AWAY.match(words, found.end())


def _answered(document: Document, before: list[Span]) -> bool:
    """Whether what stands before the words already says something: a sentence with a figure or of some length."""
    return any(len(document.plain[s.start : s.end].split()) > _POLITE for s in before)


_POLITE = 12  # words of a preamble such as "Thank you for asking about that."


def _continues(document: Document, sentence: Span, words: str) -> bool:
    """Whether the answer goes on to answer: "I can't browse, but here are five" with a list or table behind it."""
    following = document.plain[sentence.end : sentence.end + 160]
    turn = _GOES_ON.search(words) or _GOES_ON.match(following.lstrip(" .,\n"))
    listed = any(
        block.ordinal == 1 or block.table is not None for block in document.blocks if block.start > sentence.end
    )
    return bool(turn) and listed
