"""Personal data in a text put out of sight, each under a mask of its own length, so that every offset still fits.

Mail addresses, telephone numbers, card numbers (Luhn's check holds) and IBANs (the check of ISO 13616 holds). One value
has the same mask wherever it stands, however it is spelled; without the key nobody can tell which value it was.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")

_MAIL = r"(?<![\w.+-])[\w.!#$%&'*+/=?^{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}"
_IBAN = r"(?<![\w/=-])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])"
_CARD = r"(?<![\w/=.,+-])[0-9](?:[ -]?[0-9]){12,18}(?![\w-])"
# A plus or two noughts and a country; a nought and an area; three and three and four digits, as in North America.
_PHONE = (
    r"(?<![\w/=.,-])(?:\+|00)[1-9](?:[ .\u00a0/-]{0,2}\(?[0-9]\)?){6,14}(?![\w])"
    r"|(?<![\w/=.,+-])\(?0[0-9]{1,5}\)?[ \u00a0/-]{1,3}[0-9]{2,}(?:[ \u00a0-][0-9]{2,}){0,4}(?![\w.,-]?[0-9])"
    r"|(?<![\w/=.,+-])(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-. ])[0-9]{3}[-. ][0-9]{4}(?![\w-])"
)
_PERSONAL = re.compile(f"(?P<mail>{_MAIL})|(?P<iban>{_IBAN})|(?P<card>{_CARD})|(?P<phone>{_PHONE})")
_TELEPHONE = re.compile(_PHONE)
_DATE = re.compile(r"[0-9]{1,2}([ /-])[0-9]{1,2}\1[0-9]{2,4}")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15  # of a telephone number (E.164)
_DIGITS = 8  # of the hash, where the mask has room for them
_FILL = "•"
# Names of fields that hold our own people's addresses, or what finds something again.
_OURS = frozenset({"by", "recipient", "sender", "id", "key", "answer_id", "round_id", "message_id"})


@dataclass(frozen=True)
class Mask:
    """What masks the texts of one brand; `Mask()` leaves every text as it is."""

    of: Callable[[], bytes] | None = None  # gives the key; asked once, when the first text is masked
    besides: frozenset[str] = frozenset()  # values that stay, as `normal` writes them

    @cached_property
    def _key(self) -> bytes:
        return self.of() if self.of else b""

    def __call__(self, text: str) -> str:
        """Return the text, as long as it was."""
        return _PERSONAL.sub(self._masked, text) if self.of and text else text

    def _masked(self, found: re.Match[str]) -> str:
        kind, value = _kind(found), found[0]
        if not kind or normal(kind, value) in self.besides:
            return value
        digest = hmac.new(self._key, normal(kind, value).encode(errors="replace"), hashlib.sha256).hexdigest()[:_DIGITS]
        room = len(value) - 2
        said = f"{kind} {digest}" if room >= len(kind) + _DIGITS // 2 + 1 else digest
        return f"[{said[:room].ljust(room, _FILL)}]"

    def all(self, value: T) -> T:
        """Return a value of the domain with every text in it masked; the very same where nothing was."""
        return self._all(value) if self.of else value

    def _all(self, value: Any) -> Any:
        if isinstance(value, str):
            return value if isinstance(value, Enum) else self(value)
        if isinstance(value, tuple | list):
            made = type(value)(self._all(each) for each in value)
            return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
        if isinstance(value, Mapping):
            return {key: self._all(each) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return self._fields(value)
        return value

    def _fields(self, value: Any) -> Any:
        held = {each.name: getattr(value, each.name) for each in fields(value) if each.init and each.name not in _OURS}
        made = {name: self._all(each) for name, each in held.items()}
        changed = {name: new for name, new in made.items() if new is not held[name] and new != held[name]}
        return replace(value, **changed) if changed else value


def published(texts: Iterable[str]) -> frozenset[str]:
    """Return what stands in texts that a brand publishes itself, to be left as it is.

    >>> sorted(published(["Write to Press@acme.example or call +46 8 123 456 78."]))
    ['+46812345678', 'press@acme.example']
    """
    found = [match for text in texts for match in _PERSONAL.finditer(text)]
    return frozenset(normal(kind, each[0]) for each in found if (kind := _kind(each)))


def normal(kind: str, value: str) -> str:
    """Return a value as all its spellings have it in common.

    >>> normal("phone", "0046 (8) 123-456"), normal("iban", "GB82 WEST"), normal("mail", "Ann@Acme.example")
    ('+468123456', 'GB82WEST', 'ann@acme.example')
    """
    if kind == "mail":
        return value.lower()
    if kind == "iban":
        return value.replace(" ", "")
    digits = _digits(value)
    if kind == "card":
        return digits
    if value.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def _digits(value: str) -> str:
    return "".join(sign for sign in value if sign.isascii() and sign.isdigit())


def _kind(found: re.Match[str]) -> str:
    """Return what a match really is; empty for what only looks like it."""
    kind, value = str(found.lastgroup), found[0]
    if _is(kind, value):
        return kind
    # Long numbers of telephones are as long as short ones of cards.
    return "phone" if kind == "card" and _TELEPHONE.fullmatch(value) and _is("phone", value) else ""


def _is(kind: str, value: str) -> bool:
    """Whether what looks like such a value is one."""
    if kind == "card":
        return _luhn(_digits(value))
    if kind == "iban":
        return _iban(value.replace(" ", ""))
    if kind == "phone":
        return _LEAST_DIGITS <= len(_digits(value)) <= _MOST_DIGITS and not _DATE.fullmatch(value)
    return True


def _luhn(digits: str) -> bool:
    """Check the last digit of a card number (ISO/IEC 7812-1).

    >>> _luhn("4111111111111111"), _luhn("4111111111111112"), _luhn("0000000000000")
    (True, False, False)
    """
    doubled = [int(digit) * (1 + number % 2) for number, digit in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0 and digits.strip("0") != ""  # noqa: PLR2004  -- the digit sum


def _iban(value: str) -> bool:
    """Check the two digits behind the country (ISO 13616).

    >>> _iban("GB82WEST12345698765432"), _iban("GB82WEST12345698765431")
    (True, False)
    """
    turned = "".join(str(int(sign, 36)) for sign in value[4:] + value[:4])
    return int(turned) % 97 == 1
