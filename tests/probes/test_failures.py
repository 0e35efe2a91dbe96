"""What each status means for the next call."""

import json
from datetime import UTC, datetime

import pytest

from monitor.domain.rounds import MissReason
from probes import failures

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def judged(status, error=None, **headers: str):
    body = json.dumps({"error": error}).encode() if error else b"<html>Sorry</html>"
    return failures.by_status(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, NOW)


@pytest.mark.parametrize(
    ("status", "reason", "retry", "pauses", "charged"),
    [
        (202, MissReason.NOT_AN_ANSWER, False, False, None),
        (204, MissReason.NOT_AN_ANSWER, False, False, None),
        (302, MissReason.REDIRECTED, False, True, False),
        (400, MissReason.BAD_REQUEST, False, False, False),
        (401, MissReason.KEY_REFUSED, False, True, False),
        (402, MissReason.QUOTA, False, True, False),
        (403, MissReason.KEY_REFUSED, False, True, False),
        (404, MissReason.MODEL_GONE, False, True, False),
        (408, MissReason.SERVER_ERROR, True, False, False),
        (413, MissReason.BAD_REQUEST, False, False, False),
        (422, MissReason.BAD_REQUEST, False, False, False),
        (429, MissReason.RATE_LIMITED, True, False, False),
        (500, MissReason.SERVER_ERROR, True, False, False),
        (503, MissReason.OVERLOADED, True, False, False),
        (504, MissReason.SERVER_ERROR, False, False, None),
        (529, MissReason.OVERLOADED, True, False, False),
        (999, MissReason.NOT_AN_ANSWER, False, False, None),
    ],
)
def test_a_status_alone_says_what_may_follow(status, reason, retry, pauses, charged):
    miss = judged(status)
    assert (miss.reason, miss.retry, miss.pauses, miss.charged) == (reason, retry, pauses, charged)
    assert str(status) in miss.detail


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (
            400,
            {"message": "Unsupported parameter for this model. It was not found."},
            MissReason.BAD_REQUEST,
        ),
        (400, {"message": "The model `x` has been decommissioned."}, MissReason.MODEL_GONE),
        (429, {"code": "insufficient_quota"}, MissReason.QUOTA),
        (429, {"code": "model_not_found"}, MissReason.RATE_LIMITED),
        (403, {"type": "insufficient_quota"}, MissReason.QUOTA),
        (500, {"code": "insufficient_quota"}, MissReason.SERVER_ERROR),
        (400, "Incorrect API key provided.", MissReason.KEY_REFUSED),
        (400, {"message": 5, "code": ["x"], "details": [{"reason": None}], "metadata": []}, MissReason.BAD_REQUEST),
    ],
)
def test_codes_and_words_say_what_the_status_does_not(status, error, reason):
    assert judged(status, error).reason is reason


def test_the_header_beats_the_delay_in_the_body():
    error = {"code": 429, "details": [{"retryDelay": "48s"}]}
    assert judged(429, error).retry_after == 48
    assert judged(429, error, retry_after="3").retry_after == 3
    assert judged(429, {"code": 429, "details": [{"retryDelay": "999999s"}]}).retry_after == 3600


def test_a_long_complaint_is_cut_and_put_on_one_line():
    detail = judged(400, {"message": "No.\n" * 100_000}).detail
    assert len(detail) < 350
    assert "\n" not in detail


def test_an_error_of_an_unknown_shape_is_shown_as_it_came():
    miss = judged(429, {"kind": "slow", "text": "Too quick for us."})
    assert "Too quick for us." in miss.detail
