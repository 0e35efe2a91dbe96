from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts import undelivered
from monitor.domain.alerts import Notice, NoticeReason, NoticeState

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
NOTICE = Notice(
    id="n",
    brand="Quillmark",
    recipient="ann@quillmark.example",
    reason=NoticeReason.OPENED,
    changes=(),
    created_at=NOW - timedelta(days=3),
    message_id="<n@quillmark.example>",
    attempts=4,
    detail="The mail server cannot be used.",
)


@pytest.mark.parametrize(
    ("notices", "said"),
    [
        ([], []),
        ([replace(NOTICE, state=NoticeState.SENT), replace(NOTICE, state=NoticeState.GATHERED)], []),
        ([replace(NOTICE, attempts=0)], []),
        ([replace(NOTICE, held_until=NOW + timedelta(hours=1))], []),
        (
            [NOTICE, replace(NOTICE, created_at=NOW)],
            [
                (
                    "2 messages to ann@quillmark.example since 2 November 2026 could not be delivered yet. "
                    "The mail server cannot be used."
                )
            ],
        ),
        (
            [replace(NOTICE, recipient="webhook:CHAT", state=NoticeState.BOUNCED, detail="")],
            ["1 message to the webhook CHAT since 2 November 2026 could not be delivered and is not tried again."],
        ),
        (
            [replace(NOTICE, state=NoticeState.UNKNOWN, detail="")],
            [
                (
                    "1 message to ann@quillmark.example since 2 November 2026 may or may not have arrived: "
                    "the answer was lost twice."
                )
            ],
        ),
    ],
)
def test_each_recipient_that_missed_something_gets_a_sentence(notices, said):
    assert undelivered.sentences(notices, NOW, "UTC") == said
