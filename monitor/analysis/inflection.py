"""The forms of a word: what its ending may change to, so that a list need not hold each of them."""

import re

PLAIN = re.compile(r"(?:'s|s'|s|es|'|n|e|en)?(?!\w)")
_LEAST = 6  # letters: shorter words have too many look-alikes
# language -> (endings of a word, what may stand in their place), the first that fits.
_FORMS: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "fr": [(("ées", "ée", "és"), "é|ée|és|ées"), (("aux", "al"), "al|ale|aux|ales"), (("euse", "eur"), "eurs?|euses?")],
    "es": [
        (("iones", "ión"), "ión|iones"),
        (("adas", "ados", "ada", "ado"), "ad[oa]s?"),
        (("idas", "idos", "ida", "ido"), "id[oa]s?"),
        (("ora", "or"), "or|ora|ores|oras"),
    ],
    "de": [(("ern", "er"), "er|ern|ers|erin|erinnen")],
}


def of(folded: str, lang: str) -> tuple[str, re.Pattern[str]]:
    """Return a word without its ending, and the endings that it may have.

    >>> stem, endings = of("fundada", "es")
    >>> stem, bool(endings.match("fundado", 4)), bool(endings.match("fundadores", 4))
    ('fund', True, False)
    """
    last = folded.rsplit(" ", 1)[-1]
    if len(last) >= _LEAST:
        for ends, forms in _FORMS.get(lang, ()):
            found = next((end for end in ends if last.endswith(end)), None)
            if found:
                return folded.removesuffix(found), _compiled(forms)
    return folded, PLAIN


def _compiled(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{forms})(?!\w)")  # the module keeps what it compiled
