"""What is believed, claimed or taken back, and not asserted: myths, rumours, "some say", "that is not true"."""

import re

from monitor.analysis.gated import Gated
from monitor.analysis.kept import once
from monitor.analysis.places import CARRIED, Place

# "Accused of false advertising" tells what somebody did, not what is believed.
_OFFENCES = (
    "advertis|label|accounting|marketing|pretens|pretenc|packaging|billing|invoic|reporting|testimon"
    "|werbung|angaben|etikett|deklar|bilanz|abrechnung|publicité|déclaration|facture|allégation"
)
BELIEF = Gated(
    rf"\b(?:myths?|rumou?rs?|rumou?red|misconception|mistaken(?:ly)?"
    rf"|false(?:ly)?(?![ -](?:{_OFFENCES}|positive|negative|alarm))"
    r"|incorrect(?:ly)?"
    r"|wrong(?:ly)?|untrue|hoax|urban legend|legend has it"
    r"|some (?:people |users |sources |sites |articles |blogs )?(?:believe|claim|say|think|assume|write)"
    r"|some (?:\w+ )?(?:guides?|guidebooks|sources|sites|articles|listings|directories|pages) (?:still )?"
    r"(?:give|list|show|state|cite|quote|report)|was (?:true|correct) until"
    r"|(?<!than )(?<!than most )(?<!than many )(?:people|users) (?:believe|think|claim|assume|sometimes)"
    r"|it(?:'s| is) (?:often|sometimes|commonly|frequently|widely) (?:claimed|said|believed|assumed|reported|stated)"
    r"|contrary to|you (?:may|might|will) (?:also )?(?:come across|read|see|hear|have (?:read|seen|heard"
    r"|come across))|not (?:correct|true|right|the case)|isn't (?:true|correct|right)"
    r"|(?:can|could)(?:n't| ?not) (?:be )?(?:trace|verif|confirm|substantiat)\w*|unable to (?:trace|verify|confirm)"
    r"|do(?:es)? the rounds|without (?:a|any) source"
    r"|no evidence|no truth|often confused|confus(?:e|ed|ing)|mix(?:es|ed)? up|supposedly|allegedly"
    r"|outdated (?:sources|articles|pages)|older (?:threads|articles|sources|pages|guides)"
    rf"|irrtum|gerücht\w*|mythos|falsch\w*(?! (?:{_OFFENCES}))|fälschlich\w*"
    r"|angeblich|irrtümlich|manche (?:glauben|behaupten)"
    r"|stimmt nicht"
    rf"|rumeurs?|mythe|idée reçue|à tort|faux|fausses?(?! (?:{_OFFENCES}))"
    r"|certains (?:croient|pensent|affirment)|contrairement (?:à (?:ce|l'idée|la croyance|une idée|la légende)"
    r"|aux (?:idées|rumeurs|croyances))"
    r"|mito|rumor(?:es)?|falso|(?<!publicidad )falsa|error|erróneamente"
    r"|algunos (?:creen|piensan|dicen)|bulo|no es cierto"
    r")\b|誤解|噂|デマ|誤って|と思われ|事実ではあり",
    [
        *("myth", "rumo", "misconception", "mistaken", "fals", "incorrect", "wrong", "untrue", "hoax", "legend"),
        *(
            "some ",
            "people ",
            "users ",
            "it's ",
            "it is ",
            "contrary to",
            "you ",
            "not correct",
            "not true",
            "not right",
        ),
        *(
            "not the case",
            "isn't ",
            "no evidence",
            "no truth",
            "confus",
            "mix up",
            "mixes up",
            "mixed up",
            "supposedly",
        ),
        *("trace", "verif", "confirm", "substantiat", "the rounds", "without a"),
        *("allegedly", "outdated ", "older ", "was true until", "was correct until"),
        *("irrtum", "gerücht", "fälschlich", "angeblich", "irrtümlich", "manche ", "stimmt nicht"),
        *("rumeur", "idée reçue", "à tort", "faux", "fausse", "certains ", "contrairement "),
        *("mito", "error", "erróneamente", "algunos ", "bulo", "no es cierto"),
        *("誤解", "噂", "デマ", "誤って", "と思われ", "事実ではあり"),
    ],
)
_CLAIM = re.compile(
    r"\W*(?:the |a )?(?:claim|myth|rumou?r|assertion|allegation|misconception|behauptung|mythos|gerücht|affirmation"
    r"|idée reçue|mythe|afirmación|bulo|mito|主張|誤解|噂)\b"
)
_CLAIMED = re.compile(
    r"\b(?:(?:often|also|widely|commonly|frequently|sometimes) (?:\w+ )?(?:claimed|repeated|alleged)"
    r"|common (?:myths|misconceptions)|häufig behauptet|souvent affirmé|se afirma a menudo)\b"
)
_TAKES_BACK = re.compile(
    r"[\s*_\"'”»)–—-]*(?:that(?:'s| is| was) (?:not true|untrue|false|wrong|a myth|incorrect|a mix-up"
    r"|not the case)|there(?:'s| is) no"
    r" (?:record|evidence|truth)|not true|untrue\b|false\b|wrong\b|no[.,;:](?! ?\d)|nope\b|not any ?more\b|no longer\b"
    r"|not any longer\b|outdated\b|nope\b|it didn't|it isn't|it wasn't"
    r"|it doesn't|incorrect"
    r"|das stimmt nicht|falsch\b|nein[.,;:]|faux\b|c'est faux|non[.,;:]|falso\b|no es (?:cierto|verdad)|違います|誤り)"
)
# "Wrong: it has 26 shops": what stands behind the verdict is asserted.
_VERDICT = re.compile(
    r"(?:[\W_]*[\"“«„][^\"”»“]{3,80}[\"”»“][\W_]*|[\W_]*)(?:(?:that(?:'s| is) )?(?:false|wrong|untrue|incorrect"
    r"|not (?:true|correct|right))"
    r"|(?:das )?(?:ist )?falsch|stimmt (?:so )?nicht|(?:c'est )?faux|falso|incorrecto|no es cierto|誤り(?:です)?"
    r"|間違い(?:です)?)"
    r"(?: (?:too|also|again|as well|auch|ebenfalls|aussi|également|también))?\s*[:;,、–—-]\s"
)
_HEADING = 0.6  # weight of a frame that is a heading


@once
def is_hearsay(place: Place) -> bool:
    """Whether a place tells what somebody believes or claims, or the next sentence takes it back."""
    words = place.text
    verdict = _VERDICT.match(words)
    return (
        bool(BELIEF.search(words[verdict.end() :] if verdict else words)) or _taken_back(place) or _told_as_claim(place)
    )


def _taken_back(place: Place) -> bool:
    """Whether the next sentence says that this one is not so: "It was founded in 1899. There's no record of that"."""
    folded = place.page.folded
    return bool(_TAKES_BACK.match(folded, place.end, place.end + 60))


def _told_as_claim(place: Place) -> bool:
    """Whether a label or the words above a list say that it is only claimed: "Claim: ...", "Often claimed online:"."""
    folded = place.page.folded
    if place.label and _CLAIM.match(folded, place.label.start, place.label.end):
        return True
    leads = (one for one in place.frames if not one.tight and CARRIED < one.weight < _HEADING)
    return any(_CLAIMED.search(folded, one.start, one.end) for one in leads)
