"""Words of an attribute that only relate somebody to it: "a great-grandson of the founder", "the Brinck Foundation"."""

import re

from monitor.analysis.lexicon import Hit

_ROLES = frozenset({"founder", "ceo", "chair", "cfo", "president", "officer", "design_chief", "research_chief"})
WATCHED = _ROLES | {"founding", "headquarters", "launch"}  # the concepts whose words may only relate
# "The name of the founder is", "the post of chief executive": what names the role itself.
_OF_ROLE = re.compile(
    r"\b(?P<noun>\w+) (?:of|to|for|with) (?:the |its |their |a )?(?:\w+ |\w+'s )?$"
    r"|\b(?P<other>\w+) (?:des|der|du|de la|del|de los) (?:\w+ )?$"
)
_NAMES_ROLE = frozenset(
    "name names role post job position title office identity chair seat function duties appointed promoted succeeded"
    " one some all three two four both trio pair list case time tenure term post posten amt rolle poste nom rôle cargo"
    " puesto nombre handed passed went gave left according thanks back up".split()
)
_OWNED = re.compile(r"['’]s?\s(?!name\b|job\b|post\b|role\b|position\b|chair\b|office\b|seat\b|title\b)\w")
_FAMILY = re.compile(r"[\s-](?:famil(?:y|ies|ie|le|ia)|descendants|heirs|generation|principles?)\b")
_GENITIVE = re.compile(r"gründers|gründerin?familie")
_ORGANISED = re.compile(r"(?:\b(?:the|a|charitable|family|corporate|company|non-?profit|own|its) |-)$")
_FOUNDED = re.compile(r"[\s:|*]*(?:of|in|year|date|took|by|\d|was in|goes|came)\b|\W*$|\s?\|")
# "began recording in 2011": no launch, which "began selling" and "began operating" are.
_SETS_OUT = re.compile(r"beg[ai]ns?|started|starts")
_WORKS_ON = re.compile(
    r" (?:(?:principal|initial|early|the) )?(?:recording|filming|shooting|writing|drawing|designing|developing|building"
    r"|constructing|planning|testing|rehearsing|composing|photography|construction|development|preparations?|work\b"
    r"|research|studying|training|acting|performing|his|her|(?:a|the|their) career)"
)
# "at the start of 2025", "by the start of the decade": when, not what.
_BEGIN = re.compile(r"start|beginning|beginnings|origin|birth")
_OF_TIME = re.compile(
    r" of (?:the )?(?:(?:last|this|next|new|same|following|nineteen|twenty)\S* )?(?:(?:1[5-9]|20)\d\d|year|decade"
    r"|century|month|season|week|war|pandemic|crisis|millennium|q[1-4]\b)"
)
_SINCE = re.compile(r"\b(?:its|their|since|year of|date of|before|after|from|'s|the) $")


def drops(plain: str, folded: str, hit: Hit) -> bool:
    """Whether a hit does not speak of its attribute itself."""
    if hit.concept in _ROLES:
        return _relates(folded, hit) or folded.startswith("-born", hit.start - 1)
    if hit.concept == "founding":
        if folded.startswith("foundation", hit.start):
            return _is_body(plain, folded, hit)
        if _BEGIN.fullmatch(folded, hit.start, hit.end) and _OF_TIME.match(folded, hit.end):
            return True
        return bool(_FAMILY.match(folded, hit.end)) or folded.startswith("-born", hit.start - 1)  # "Oslo-born"
    if hit.concept == "launch":
        return bool(_SETS_OUT.fullmatch(folded, hit.start, hit.end) and _WORKS_ON.match(folded, hit.end))
    return hit.concept == "headquarters" and folded.startswith("based", hit.start) and _is_made_of(plain, hit)


def _relates(folded: str, hit: Hit) -> bool:
    words = folded[hit.start : hit.end]
    if _GENITIVE.match(words) or _FAMILY.match(folded, hit.end):
        return True
    end = hit.end - 2 if words.endswith(("'s", "’s")) else hit.end
    if _OWNED.match(folded, end):
        return True
    found = _OF_ROLE.search(folded, max(0, hit.start - 40), hit.start)
    return found is not None and (found["noun"] or found["other"]) not in _NAMES_ROLE


def _is_body(plain: str, folded: str, hit: Hit) -> bool:
    """Whether a foundation is an organisation, not what happened in some year."""
    if _FOUNDED.match(folded, hit.end) and not _ORGANISED.search(folded, max(0, hit.start - 12), hit.start):
        return False
    before = plain[max(0, hit.start - 30) : hit.start].split()
    named = bool(before) and before[-1][:1].isupper() and plain[hit.start].isupper()
    return (
        named
        or bool(_ORGANISED.search(folded, max(0, hit.start - 12), hit.start))
        or not _SINCE.search(folded, max(0, hit.start - 12), hit.start)
    )


def _is_made_of(plain: str, hit: Hit) -> bool:
    """Tell "oat-based" from "Delft-based"."""
    if hit.start == 0 or plain[hit.start - 1] != "-":
        return False
    before = plain[max(0, hit.start - 30) : hit.start - 1].split()
    return not (before and before[-1][:1].isupper())
