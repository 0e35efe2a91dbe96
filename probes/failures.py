"""Every way a call can fail, as a Miss whose flags say what may follow. The only place that looks at words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.domain.answers import Finish, Reply
from monitor.domain.rounds import Miss, MissReason
from probes import retry_after
from probes.redaction import redact
from probes.shapes import fields
from probes.shapes.fields import Json

_LONGEST_DETAIL = 300  # characters of a vendor's own words that are kept
_LONGEST_LOOK = 3000  # characters of them that are looked at

# Codes and types by which vendors call the same trouble; compared in lower case.
_KEY_CODES = {"invalid_api_key", "authentication_error", "permission_error", "unauthenticated", "permission_denied"}
_KEY_CODES |= {"api_key_invalid", "invalid_authentication"}
_QUOTA_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "billing_error"}
_QUOTA_CODES |= {"insufficient_balance", "credits_exhausted"}
_MODEL_CODES = {"model_not_found", "not_found_error", "not_found", "model_decommissioned", "deploymentnotfound"}
_MODEL_CODES |= {"invalid_model"}
_FILTER_CODES = {"content_filter", "content_policy_violation", "responsibleaipolicyviolation", "data_inspection_failed"}
_LIMIT_CODES = {"rate_limit_exceeded", "rate_limit_error", "ratelimitreached", "resource_exhausted", "429"}
_BUSY_CODES = {"overloaded_error", "unavailable", "server_overloaded", "slow_down", "503", "529"}
# xAI, Anthropic and DeepSeek give these only in words.
_KEY_WORDS = re.compile(r"(?i)(invalid|incorrect)[^.]{0,20}\bapi key|\bapi key[^.]{0,20}(invalid|incorrect|not valid)")
_MODEL_WORDS = re.compile(r"(?i)\bmodel\b[^.]{0,60}\b(not exist|not found|been (deprecated|decommissioned|retired))")
_QUOTA_WORDS = re.compile(r"(?i)credit balance is too low|insufficient (balance|credits)|used all available credits")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """An error as a vendor states it."""

    codes: frozenset[str]  # its code, type, status and reasons, lower case
    message: str
    retry_delay: float | None = None  # seconds, where the body states it (Google); bounded where it is used
    flagged: bool = False  # the input was stopped by a moderation (OpenRouter)


Telling = Callable[[Json], Trouble | None]  # a body -> the error that it states; None where it states none


def stated(reply: Json) -> Trouble | None:
    """Return the error that a body states, in any vendor's shape; None where it states none."""
    error = reply.get("error")
    if not error and reply.get("type") != "error" and "detail" not in reply:
        return None
    inner = error if isinstance(error, dict) else reply
    details = fields.objects(inner.get("details"))
    metadata = fields.mapping(inner, "metadata")
    words = [inner.get(name) for name in ("code", "type", "status", "reason")]
    words += [fields.mapping(inner, "innererror").get("code"), *(detail.get("reason") for detail in details)]
    quotas = [item for detail in details for item in fields.objects(detail.get("violations"))]
    said = inner.get("message") or (error if isinstance(error, str) else reply.get("detail"))
    message = fields.text(said) or fields.text(metadata.get("raw"))
    codes = frozenset(str(word).lower() for word in words if word is not None)
    return Trouble(
        codes=codes | {"quota_per_day" for quota in quotas if "perday" in fields.text(quota.get("quotaId")).lower()},
        message=(message or _unread(error, codes))[:_LONGEST_LOOK],
        retry_delay=next((delay for detail in details if (delay := _delay(detail)) is not None), None),
        flagged="flagged_input" in metadata,
    )


def _unread(error: Any, codes: frozenset[str]) -> str:
    """Return an error in words of an unknown shape as it is: better than nothing for whoever has to mend it."""
    return fields.text(str(error)) if isinstance(error, dict) and error and not codes else ""


def _delay(detail: Json) -> float | None:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)s", fields.text(detail.get("retryDelay")))
    return float(found[1]) if found else None


def in_body(trouble: Trouble) -> Reply | Miss:
    """Judge an error that came with status 200: nobody says whether it was charged, so it is not asked again."""
    if trouble.codes & _FILTER_CODES or trouble.flagged:
        return filtered(trouble)
    statuses = [int(code) for code in trouble.codes if re.fullmatch("[45][0-9]{2}", code)]
    reason = _reason(statuses[0], trouble) if statuses else _by_code(trouble) or MissReason.NOT_AN_ANSWER
    pauses = reason in {MissReason.KEY_REFUSED, MissReason.QUOTA, MissReason.MODEL_GONE}
    detail = f"Status 200 with an error: {_short(trouble)}"
    return Miss(reason=reason, detail=detail, pauses=pauses, charged=None, retry_after=_wait(trouble))


def filtered(trouble: Trouble) -> Reply:
    """Return a prompt that a content filter stopped: an observation, not an error."""
    return Reply(text="", finish=Finish.FILTERED, refusal=_short(trouble), finish_reason="content_filter")


def _wait(trouble: Trouble) -> float | None:
    return None if trouble.retry_delay is None else retry_after.bounded(trouble.retry_delay)


def by_status(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime, *, told: Telling = stated
) -> Reply | Miss:
    """Judge a reply whose status is not 200. Headers have lower-case names; `told` reads the error in its body."""
    loaded = fields.load(body)
    trouble = told(loaded) if not isinstance(loaded, Miss) else None
    trouble = trouble or Trouble(codes=frozenset(), message="" if isinstance(loaded, Miss) else str(loaded)[:200])
    if status // 100 == _REFUSED and (trouble.codes & _FILTER_CODES or trouble.flagged):
        return filtered(trouble)
    reason = _reason(status, trouble)
    wait = retry_after.seconds(headers, now)
    maybe_charged = status in _CHARGED_MAYBE or reason is MissReason.NOT_AN_ANSWER
    may_retry = reason in _RETRIED and not maybe_charged and headers.get("x-should-retry") != "false"
    return Miss(
        reason=reason,
        detail=f"Status {status}: {_short(trouble)}",
        retry=may_retry,
        pauses=reason in _PAUSING,
        charged=None if maybe_charged else False,
        retry_after=_wait(trouble) if wait is None else wait,
    )


_RETRIED = {MissReason.RATE_LIMITED, MissReason.SERVER_ERROR, MissReason.OVERLOADED}
_PAUSING = {MissReason.KEY_REFUSED, MissReason.QUOTA, MissReason.MODEL_GONE, MissReason.REDIRECTED}
_CHARGED_MAYBE = {504, 524}  # a gateway gave up waiting: the model behind it may have answered
_REFUSED, _TOO_MANY = 4, 429  # HTTP: the family of the caller's faults, and the one for asking too often
_FAMILIES = {3: MissReason.REDIRECTED, 5: MissReason.SERVER_ERROR}
_PLAIN = {
    401: MissReason.KEY_REFUSED,
    402: MissReason.QUOTA,
    403: MissReason.KEY_REFUSED,
    404: MissReason.MODEL_GONE,
    408: MissReason.SERVER_ERROR,
    410: MissReason.MODEL_GONE,
    425: MissReason.SERVER_ERROR,
    498: MissReason.OVERLOADED,  # Groq's, when its flexible tier is full
    503: MissReason.OVERLOADED,
    529: MissReason.OVERLOADED,  # Anthropic's
}


def _reason(status: int, trouble: Trouble) -> MissReason:
    family = status // 100
    if family != _REFUSED:
        return _PLAIN.get(status) or _FAMILIES.get(family, MissReason.NOT_AN_ANSWER)
    coded = _by_code(trouble)
    if status == _TOO_MANY:
        return MissReason.QUOTA if coded is MissReason.QUOTA else MissReason.RATE_LIMITED
    return (coded if coded in _PAUSING else None) or _PLAIN.get(status, MissReason.BAD_REQUEST)


def _by_code(trouble: Trouble) -> MissReason | None:
    codes, message = trouble.codes, trouble.message
    if codes & _QUOTA_CODES or "quota_per_day" in codes or _QUOTA_WORDS.search(message):
        return MissReason.QUOTA
    if codes & _KEY_CODES or _KEY_WORDS.search(message):
        return MissReason.KEY_REFUSED
    if codes & _MODEL_CODES or _MODEL_WORDS.search(message):
        return MissReason.MODEL_GONE
    rest = {MissReason.RATE_LIMITED: _LIMIT_CODES, MissReason.OVERLOADED: _BUSY_CODES}
    return next((reason for reason, known in rest.items() if codes & known), None)


def _short(trouble: Trouble) -> str:
    said = " ".join(redact(trouble.message).split())[:_LONGEST_DETAIL]
    return said or ", ".join(sorted(trouble.codes)) or "no reason given."
