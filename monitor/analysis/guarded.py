"""Whether a risk is named as something that is prevented, sold against or ruled out, not as something that happened."""

import re

_BEFORE = re.compile(
    r"\b(?:"
    r"(?:ban|prohibit|forbid|reject|condemn|combat|fight|detect|monitor|track|prevent|avert|tolerat|exclud|outlaw"
    r"|cover)"
    r"(?:s|es|ing|e|ed)?"
    r"|bann(?:ed|ing)|fought|combat(?:ed|ing)|help(?:s|ed|ing)?(?: you| users| clients| customers)?"
    r"|test(?:s|ed|ing)? for|screen(?:s|ed|ing)? for|check(?:s|ed|ing)? for|protects? (?:\w+ )?from"
    r"|recover(?:s|y|ing)? from|zero[- ]tolerance (?:policy )?(?:on|for|towards?)|committed to ending|policy against"
    r"|verbietet|verbieten|untersagt|bekämpft|verhindert|schließt|lehnt|toleriert|überwacht|erkennt"
    r"|hilft (?:bei|nach|gegen)"
    r"|schützt (?:\w+ )?(?:vor|gegen)|interdit|proscrit|lutte(?:nt)? contre|combat|détecte|refuse|condamne|prévient"
    r"|protège (?:\w+ )?(?:de|contre)|prohíbe|prohíben|combate|lucha(?:n)? contra|detecta|rechaza|previene"
    r"|protege contra"
    r")\s(?:(?:any|all|every|the|of|use|forms?|kinds?|possible|potential|early|cases?|signs?|our|its|their"
    r"|jede\w*|form|von"
    r"|alle|toute?s?|formes?|de|du|la|le|les|el|cualquier|forma|todo|toda)\s){0,5}$"
)
_AGAINST = re.compile(
    r"\b(?:verpflichte\w*|commit\w*|pledge\w*|stand\w*|insur\w*|campaign\w*|engage\w*|compromet\w*|position\w*"
    r"|guarantee\w*)"
    r"\b[^.;:]*\b(?:against|gegen|contre|contra)\s(?:\w+\s){0,2}$"
)
_BEHIND = re.compile(
    r"[\s-](?:free|proof|resistant|detection|detector\w*|prevention|protection|insurance|cover|coverage|software"
    r"|monitoring"
    r"|alerts?|investigators?|experts?|lawyers?|attorneys?|expertise|training|awareness|response|policy|policies"
    r"|analytics"
    r"|management|tests?|testing|simulation\w*|checks?|screening|drills?)\b"
)


def guarded(folded: str, clause_start: int, start: int, end: int) -> bool:
    """Return whether the words between `start` and `end` of a folded text are what one guards against.

    >>> text = "it bans all forms of child labour"
    >>> guarded(text, 0, text.index("child"), len(text))
    True
    >>> guarded("its fraud detection software", 0, 4, 9)
    True
    >>> guarded("it was charged with fraud", 0, 20, 25)
    False
    """
    before = folded[clause_start:start]
    return bool(_BEFORE.search(before) or _AGAINST.search(before) or _BEHIND.match(folded, end))
